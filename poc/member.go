package poc

import "fmt"

// Member binds the result of one task to that of a unit of several tasks, whose trace is the Merkle root over the results of all.
type Member struct {
	Task, Tasks int // which of the unit's tasks, and how many it has
	Result      Result
	Path        []Hash
}

// UnitTree is the tree over the results of a unit's tasks.
func UnitTree(results []Result) Tree {
	leaves := make([]Hash, len(results))
	for i, r := range results {
		d := r.Digest()
		leaves[i] = Leaf(d[:])
	}
	return NewTree(leaves)
}

// ProveMember binds the i-th of a unit's results to the unit's.
func ProveMember(results []Result, i int) Member {
	return Member{Task: i, Tasks: len(results), Result: results[i], Path: UnitTree(results).Path(i)}
}

// Check reports whether unit, as a result of so many tasks, holds this one.
func (m Member) Check(unit Result) error {
	if err := m.Result.Validate(); err != nil {
		return err
	}
	if d := m.Result.Digest(); !InTree(unit.Trace, Leaf(d[:]), m.Task, m.Tasks, m.Path) {
		return fmt.Errorf("%w: the result of the unit's task", ErrNotThere)
	}
	return nil
}
