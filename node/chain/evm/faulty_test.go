package evm_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// faulty is a JSON-RPC endpoint over HTTP in front of another one. Its rule says what goes wrong.
type faulty struct {
	server *httptest.Server
	target string

	mu struct {
		sync.Mutex
		rule  func(asked) spoil
		calls map[string]int // by method
	}
}

// asked is one JSON-RPC request as it passes.
type asked struct {
	ID     json.RawMessage   `json:"id"`
	Method string            `json:"method"`
	Params []json.RawMessage `json:"params"`
	Count  int               `json:"-"` // of requests with this method, from 1
}

// spoil is what becomes of a request. The zero value lets it pass.
type spoil struct {
	lose   bool            // the request never arrives
	mute   bool            // it arrives, and its answer is lost
	status int             // the answer is this HTTP status
	result any             // the answer is this, and the request never arrives
	error  string          // the answer is this JSON-RPC error
	wait   <-chan struct{} // the answer comes when this is closed
}

func newFaulty(t *testing.T, target string) *faulty {
	f := &faulty{target: target}
	f.mu.calls = map[string]int{}
	f.server = httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(f.server.Close)
	return f
}

func (f *faulty) url() string { return f.server.URL }

// rule sets what goes wrong from now on; nil: nothing.
func (f *faulty) rule(r func(asked) spoil) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.mu.rule = r
}

// calls returns how many requests with a method have come.
func (f *faulty) calls(method string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.mu.calls[method]
}

// verdict is the first thing that goes wrong with any request of a batch.
func (f *faulty) verdict(reqs []asked) spoil {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out spoil
	for _, r := range reqs {
		f.mu.calls[r.Method]++
		r.Count = f.mu.calls[r.Method]
		if s := f.mu.rule; s != nil && out == (spoil{}) {
			if v := s(r); v != (spoil{}) {
				out = v
			}
		}
	}
	return out
}

func (f *faulty) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	reqs, batch := parseAsked(body)
	v := f.verdict(reqs)
	if v.wait != nil {
		select {
		case <-v.wait:
		case <-r.Context().Done():
			return
		}
	}
	switch {
	case v.lose:
		panic(http.ErrAbortHandler)
	case v.status != 0:
		http.Error(w, "no", v.status)
		return
	case v.result != nil || v.error != "":
		var answers []map[string]any
		for _, q := range reqs {
			a := map[string]any{"jsonrpc": "2.0", "id": q.ID}
			if v.error != "" {
				a["error"] = json.RawMessage(v.error)
			} else {
				a["result"] = v.result
			}
			answers = append(answers, a)
		}
		w.Header().Set("content-type", "application/json")
		if batch {
			_ = json.NewEncoder(w).Encode(answers)
		} else {
			_ = json.NewEncoder(w).Encode(answers[0])
		}
		return
	}
	req, err := http.NewRequestWithContext(r.Context(), http.MethodPost, f.target, bytes.NewReader(body))
	if err != nil {
		return
	}
	req.Header.Set("content-type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || v.mute {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("content-type", "application/json")
	w.WriteHeader(resp.StatusCode)
	_, _ = w.Write(answer)
}

func parseAsked(body []byte) (reqs []asked, batch bool) {
	if json.Unmarshal(body, &reqs) == nil {
		return reqs, true
	}
	var one asked
	if json.Unmarshal(body, &one) != nil {
		return nil, false
	}
	return []asked{one}, false
}

func onMethod(method string, s spoil) func(asked) spoil {
	return func(a asked) spoil {
		if a.Method == method {
			return s
		}
		return spoil{}
	}
}

func TestFaultyPasses(t *testing.T) {
	f := newFaulty(t, dev.URL())
	c := bootstrap(t)
	s := open(t, f.url(), c, 0)
	_, wei, err := s.Balance(testContext(t), s.Account())
	require.NoError(t, err)
	require.NotEqual(t, "0", wei)
	require.Positive(t, f.calls("eth_call"))
}
