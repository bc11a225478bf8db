package node

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
)

// TestForgottenJobLeavesItsReceipt: when the machine forgets an old job of its owner's for newer ones, its receipt and its results stay for a while.
func TestForgottenJobLeavesItsReceipt(t *testing.T) {
	c := newCluster(t, 4, nil)
	owner := c.nodes[0]
	s, want := owner.draft(1)
	id := c.submit(owner, s)
	v := owner.wait(id, "its end", over)
	c.check(owner, v, want)
	receipt, err := owner.Receipt(t.Context(), id)
	require.NoError(t, err)
	c.until(func() bool { return stored(t, owner.store, tableReceipt) == 1 }, "its receipt")

	// What drops a job from the machine deletes its records.
	owner.stop()
	db, err := openStore(filepath.Join(owner.cfg.Dir, "db"), owner.fs, discard())
	require.NoError(t, err)
	b := db.batch()
	require.NoError(t, db.each(tableMachine, func(name string, _ []byte) error { b.del(tableMachine + name); return nil }))
	require.NoError(t, b.commit(true))
	require.NoError(t, db.close())
	owner.start()
	_, err = owner.Job(t.Context(), id)
	require.ErrorIs(t, err, ErrUnknownJob)

	kept, err := owner.Receipt(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, receipt.Tasks, kept.Tasks)
	require.Equal(t, receipt.Workers, kept.Workers)
	var grace, other = owner.cfg.Network.BidTimeout, owner.cfg.Network.BidTimeout
	require.NoError(t, owner.loop.ask(t.Context(), func(*market.Machine) {
		grace, other = owner.loop.grace(id), owner.loop.grace([32]byte{1})
	}))
	require.Equal(t, ownGrace, grace)
	require.Equal(t, owner.cfg.Network.BidTimeout, other)
	owner.archive.letGo(t.Context(), id)
	_, err = owner.Receipt(t.Context(), id)
	require.ErrorIs(t, err, ErrUnknownJob, "in the end it goes")
}
