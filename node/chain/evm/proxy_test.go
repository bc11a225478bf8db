package evm_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/gorilla/websocket"
)

// request is one JSON-RPC request as it passes through a proxy.
type request struct {
	ID     json.RawMessage   `json:"id"`
	Method string            `json:"method"`
	Params []json.RawMessage `json:"params"`
}

// proxy is a WebSocket endpoint in front of another. It shows every message to hooks that can spoil it.
type proxy struct {
	server *httptest.Server
	target string

	mu struct {
		sync.Mutex
		conns map[*websocket.Conn]bool
		down  bool
		// before sees requests on their way in. It returns false to lose them, and the connection with them.
		before func(reqs []request) bool
		// swallow answers requests itself, in place of the endpoint; nil: it does not.
		swallow func(reqs []request) []byte
		// after sees answers on their way out, and what they answer. It returns what is sent instead; nil loses the connection.
		after func(reqs []request, answer []byte) []byte
	}
}

func newProxy(target string) *proxy {
	p := &proxy{target: target}
	p.mu.conns = map[*websocket.Conn]bool{}
	p.server = httptest.NewServer(http.HandlerFunc(p.serve))
	return p
}

// proxied starts a proxy for a test.
func proxied(t *testing.T, target string) *proxy {
	p := newProxy(target)
	t.Cleanup(p.close)
	return p
}

func (p *proxy) url() string { return "ws" + strings.TrimPrefix(p.server.URL, "http") }

func (p *proxy) close() {
	p.setDown(true)
	p.server.Close()
}

// setDown makes the endpoint refuse, and lose all its connections, or takes it back up.
func (p *proxy) setDown(down bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mu.down = down
	if down {
		for c := range p.mu.conns {
			_ = c.Close()
		}
	}
}

// hook replaces the hooks.
func (p *proxy) hook(before func([]request) bool, after func([]request, []byte) []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mu.before, p.mu.after = before, after
}

func (p *proxy) serve(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	down := p.mu.down
	p.mu.Unlock()
	if down {
		http.Error(w, "down", http.StatusServiceUnavailable)
		return
	}
	server, _, err := websocket.DefaultDialer.DialContext(r.Context(), p.target, nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	client, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		_ = server.Close()
		return
	}
	p.mu.Lock()
	p.mu.conns[client] = true
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		delete(p.mu.conns, client)
		p.mu.Unlock()
	}()
	var asked sync.Map // by id of the first request
	var pumps sync.WaitGroup
	var writing sync.Mutex // to the client
	pumps.Go(func() {
		defer func() { _ = server.Close() }()
		for {
			_, msg, err := client.ReadMessage()
			if err != nil {
				return
			}
			reqs := parseRequests(msg)
			if len(reqs) > 0 {
				asked.Store(string(reqs[0].ID), reqs)
			}
			p.mu.Lock()
			before, swallow := p.mu.before, p.mu.swallow
			p.mu.Unlock()
			if swallow != nil {
				if answer := swallow(reqs); answer != nil {
					writing.Lock()
					err := client.WriteMessage(websocket.TextMessage, answer)
					writing.Unlock()
					if err != nil {
						return
					}
					continue
				}
			}
			if before != nil && !before(reqs) || server.WriteMessage(websocket.TextMessage, msg) != nil {
				return
			}
		}
	})
	pumps.Go(func() {
		defer func() { _ = client.Close() }()
		for {
			_, msg, err := server.ReadMessage()
			if err != nil {
				return
			}
			p.mu.Lock()
			after := p.mu.after
			p.mu.Unlock()
			if answers := parseRequests(msg); after != nil && len(answers) > 0 {
				if reqs, ok := asked.LoadAndDelete(string(answers[0].ID)); ok {
					msg = after(reqs.([]request), msg)
				}
			}
			if msg == nil {
				return
			}
			writing.Lock()
			err = client.WriteMessage(websocket.TextMessage, msg)
			writing.Unlock()
			if err != nil {
				return
			}
		}
	})
	pumps.Wait()
}

// parseRequests reads one message: a request or a batch of them.
func parseRequests(msg []byte) []request {
	var many []request
	if json.Unmarshal(msg, &many) == nil {
		return many
	}
	var one request
	if json.Unmarshal(msg, &one) == nil {
		return []request{one}
	}
	return nil
}
