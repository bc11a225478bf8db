package verify

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
)

// FuzzReceipt reads receipts in which the fuzzer replaces one text by another, and receipts that it makes up. What is read is written and
// read alike; and no receipt of a job that is done holds, unless it says of the results, the candidates and the pay what the signed one says.
func FuzzReceipt(f *testing.F) {
	s := newStory(f)
	honest := s.receipt()
	file, err := json.Marshal(honest)
	require.NoError(f, err)
	f.Add(string(file), "", "")
	f.Add("", `"paid":2000006`, `"paid":2000007`)
	f.Add("", `"state":"done"`, `"state":"failed"`)
	f.Add("", `"index":1`, `"index":4294967295`)
	f.Add("", `"tasks":[0,1]`, `"tasks":[0,1,1]`)
	f.Add("", `"height":7`, `"height":8`)
	f.Add("", `"certificate":{`, `"certificate":null,"certificate":{`)
	f.Add(`{"version":1} {}`, "", "")
	f.Fuzz(func(t *testing.T, raw, old, now string) {
		if old != "" {
			raw = strings.Replace(string(file), old, now, 1)
		}
		r, err := Read(strings.NewReader(raw))
		if err != nil {
			require.NotContains(t, oneLine(err), "\n")
			return
		}
		again, err := json.Marshal(r)
		require.NoError(t, err)
		back, err := Read(bytes.NewReader(again))
		require.NoError(t, err)
		twice, err := json.Marshal(back)
		require.NoError(t, err)
		require.Equal(t, again, twice)

		rep := Receipt(t.Context(), r, Options{})
		failed := false
		for _, c := range rep.Checks {
			require.NotEmpty(t, c.Text)
			failed = failed || c.Status == Failed
		}
		require.Equal(t, failed, !rep.OK)
		if !rep.OK || r.State != market.Done.String() {
			return
		}
		require.Equal(t, honest.Job, r.Job)
		require.Equal(t, honest.Award.Block, r.Award.Block)
		require.Len(t, r.Tasks, len(honest.Tasks))
		for i, task := range r.Tasks {
			if task.Certificate != nil {
				require.Equal(t, honest.Tasks[i].Result, task.Result)
				require.Equal(t, honest.Tasks[i].Digest, task.Digest)
			}
		}
		for i, w := range r.Workers {
			require.Equal(t, honest.Workers[i].Account, w.Account)
			require.LessOrEqual(t, w.Paid, honest.Workers[i].Paid)
		}
		if r.Escrow != nil {
			require.Equal(t, honest.Spec, r.Spec)
			require.LessOrEqual(t, r.Escrow.Paid, r.Escrow.Locked)
		}
	})
}
