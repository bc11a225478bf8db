package sim

import (
	"fmt"

	"gpumesh/market"
	"gpumesh/poc"
)

// server is BOINC's adaptive replication, for comparison (https://boinc.berkeley.edu/trac/wiki/AdaptiveReplication): one
// trusted server hands out tasks and compares results. It counts the consecutive valid results of every host. A host with fewer
// than ten is not trusted; one with CV of them is trusted with probability 1 - 1/CV. A trusted host's result stands alone, any
// other task needs two equal results. The same nodes answer, with the same strategies, speeds and sessions; messages to the
// server take as long as between nodes, and there is neither stake nor chain. Of bytes the tasks and results are counted, and no envelope. A
// host lies or does not: strategies of messages, attestations and claims do not exist.
type server struct {
	w     *world
	todo  []*instance
	valid map[*node]int
	left  int
}

// instance is one task on the server.
type instance struct {
	ref     poc.TaskRef
	need    int // equal results
	out     int // executions under way
	answers map[string][]*node
	done    bool
}

const (
	boincTrust = 10 // consecutive valid results
	boincMost  = 10 // results of one task
)

// serve plans a run with a server instead of the market.
func (w *world) serve() {
	s := &server{w: w, valid: map[*node]int{}}
	w.open, s.left = 1, w.s.Jobs.Count*w.s.Jobs.Tasks
	at := epoch.Add(1_000)
	for i := range w.s.Jobs.Count {
		w.at(at, func() { s.submit(i) })
		at = at.Add(poc.Millis(w.rng.ExpFloat64() * float64(w.s.Jobs.Every.millis())))
	}
	for _, n := range w.nodes {
		if !n.owner() {
			if w.s.Known > 0 {
				s.valid[n] = int(w.s.Known)
			}
			w.after(w.latency(), func() { s.ask(n) })
		}
	}
}

// submit adds a job's tasks.
func (s *server) submit(i int) {
	w := s.w
	j := &jobRun{
		id: poc.BlockHash([]byte(fmt.Sprint("boinc ", w.s.Seed, i))), certified: map[uint32]bool{}, settled: map[uint32]bool{}, wrong: map[uint32]bool{}, unpaid: map[*node]int{}, over: true,
		owner: w.nodes[i%w.s.Jobs.Owners], spec: market.Spec{Tasks: make([]market.Task, w.s.Jobs.Tasks)}, submitted: w.now,
	}
	w.jobs[j.id] = j
	w.order = append(w.order, j)
	for t := range w.s.Jobs.Tasks {
		j.spec.Tasks[t] = w.task(t)
		s.todo = append(s.todo, &instance{ref: poc.TaskRef{Job: j.id, Task: uint32(t)}, need: 1, answers: map[string][]*node{}})
	}
}

// ask gives a host that is idle its next task.
func (s *server) ask(n *node) {
	if s.left == 0 {
		return
	}
	if n.gone {
		s.w.after(60_000, func() { s.ask(n) })
		return
	}
	var in *instance
	for len(s.todo) > 0 && in == nil {
		if first := s.todo[0]; first.done {
			s.todo = s.todo[1:]
			continue
		}
		for k, x := range s.todo {
			if !x.done && !s.answered(x, n) {
				in = x
				s.todo = append(s.todo[:k:k], s.todo[k+1:]...)
				break
			}
			if k > 50 {
				break
			}
		}
		break
	}
	if in == nil {
		s.w.after(1_000, func() { s.ask(n) })
		return
	}
	if cv := s.valid[n]; in.need == 1 && len(in.answers) == 0 && (cv < boincTrust || s.w.chance(1/float64(cv))) {
		in.need = 2
		s.todo = append([]*instance{in}, s.todo...) // the second instance goes out next
	}
	in.out++
	task := s.w.jobs[in.ref.Job].spec.Tasks[in.ref.Task]
	s.w.tally.messages += 2
	s.w.tally.bytes += uint64(len(poc.MustEncode(task)) + len(poc.MustEncode(resultOf(market.Run{Ref: in.ref, Outputs: task.Outputs}, ""))))
	lie := ""
	if n.act.lie != nil {
		lie = n.act.lie(n)
	}
	took := poc.Millis(50)
	if lie != "" {
		n.acted++
	} else {
		n.worked++
		took = poc.Millis(float64(s.w.operations()) / n.speed * 1000)
	}
	s.w.after(took+2*s.w.latency(), func() {
		if n.gone { // its result is lost
			in.out--
			s.todo = append([]*instance{in}, s.todo...)
		} else {
			n.executed++
			s.w.tally.executions++
			s.answer(in, n, lie)
		}
		s.ask(n)
	})
}

func (s *server) answered(x *instance, n *node) bool {
	for _, ns := range x.answers {
		for _, o := range ns {
			if o == n {
				return true
			}
		}
	}
	return false
}

// answer compares a result with the others, as the validator does.
func (s *server) answer(in *instance, n *node, lie string) {
	in.out--
	in.answers[lie] = append(in.answers[lie], n)
	if in.done {
		return
	}
	total := 0
	for _, ns := range in.answers {
		total += len(ns)
	}
	if len(in.answers[lie]) < in.need {
		if total >= boincMost {
			in.done = true
			s.finish()
		} else if in.out+len(in.answers[lie]) < in.need {
			s.todo = append([]*instance{in}, s.todo...)
		}
		return
	}
	in.done = true
	j := s.w.jobs[in.ref.Job]
	j.settled[in.ref.Task] = true
	if lie != "" {
		s.w.tally.wrong++
	}
	s.w.tally.latencies = append(s.w.tally.latencies, poc.Millis(s.w.now-s.w.jobs[in.ref.Job].submitted))
	for answer, ns := range in.answers {
		for _, o := range ns {
			if answer == lie {
				o.income += s.w.s.Price
			}
			switch {
			case in.need == 1: // says nothing about the host
			case answer == lie:
				s.valid[o]++
			default:
				s.valid[o] = 0
			}
		}
	}
	s.finish()
}

func (s *server) finish() {
	if s.left--; s.left == 0 {
		s.w.open = 0
	}
}
