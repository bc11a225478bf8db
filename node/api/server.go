package api

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"connectrpc.com/connect"
	"github.com/ipfs/go-cid"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/node/api/nodepb/nodepbconnect"
	"gpumesh/node/home"
	"gpumesh/p2p"
)

const (
	maxMessage  = 64 << 20 // bytes of one RPC message: a spec of many tasks
	stopTimeout = 5 * time.Second
	findTimeout = 2 * time.Minute
)

// Config is what a Server is made of.
type Config struct {
	Node     Node
	Content  Content
	Find     time.Duration // how long somebody is looked for who has a file; fetching it has no limit. 0: two minutes
	Network  market.Network
	FeeBps   uint32 // protocol fee, for estimates
	Token    string // required of every request but /healthz
	Gatherer prometheus.Gatherer
	Log      *slog.Logger
}

// Server is the API of one node.
type Server struct {
	cfg      Config
	listener net.Listener
	token    [32]byte // hash of the token, so that comparing takes equal time for all lengths
	hosts    map[string]bool
}

// Listen opens the API on a loopback address; port 0 picks a free one. The server answers once Run is called.
func Listen(address string, cfg Config) (*Server, error) {
	if cfg.Token == "" {
		return nil, errors.New("the API needs a token")
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("the API cannot listen on %s: %w", address, err)
	}
	tcp := l.Addr().(*net.TCPAddr)
	if !tcp.IP.IsLoopback() {
		return nil, errors.Join(fmt.Errorf("the API listens on loopback only, and %s is not loopback", address), l.Close())
	}
	port := strconv.Itoa(tcp.Port)
	s := &Server{cfg: cfg, listener: l, token: sha256.Sum256([]byte(cfg.Token)), hosts: map[string]bool{
		"127.0.0.1:" + port: true, "localhost:" + port: true, "[::1]:" + port: true, tcp.String(): true,
	}}
	return s, nil
}

// URL is where the server listens.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() }

// Close ends the server before it was run.
func (s *Server) Close() error { return s.listener.Close() }

// Run serves until ctx ends. Requests under way then get some seconds to end.
func (s *Server) Run(ctx context.Context) error {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true) // for gRPC clients
	server := &http.Server{
		Handler: s.handler(), Protocols: protocols, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(s.cfg.Log.Handler(), slog.LevelDebug),
		BaseContext: func(net.Listener) context.Context { return ctx }, // streams end with ctx
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(s.listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("the API: %w", err)
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	if err := server.Shutdown(stop); err != nil {
		return server.Close()
	}
	return nil
}

func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	path, rpc := nodepbconnect.NewNodeHandler(&service{s.cfg},
		connect.WithReadMaxBytes(maxMessage),
		connect.WithRecover(func(_ context.Context, spec connect.Spec, _ http.Header, v any) error {
			s.cfg.Log.Error("a request panicked", "procedure", spec.Procedure, "panic", v)
			return connect.NewError(connect.CodeInternal, errors.New("the node failed to answer; its log says why"))
		}))
	mux.Handle(path, rpc)
	mux.HandleFunc("POST /v0/add", s.add)
	mux.HandleFunc("GET /v0/cat/{cid}", s.cat)
	mux.HandleFunc("GET /v0/receipt/{job}", s.receipt)
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.cfg.Gatherer, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second}))
	guarded := s.authenticate(mux)
	outer := http.NewServeMux()
	outer.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") })
	outer.Handle("/", guarded)
	return s.checkOrigin(outer)
}

// checkOrigin refuses what a browser sends on behalf of a foreign page.
func (s *Server) checkOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.hosts[strings.ToLower(r.Host)] {
			http.Error(w, "the API answers only to its loopback address", http.StatusForbidden)
			return
		}
		if origin := r.Header.Get("Origin"); origin != "" {
			if u, err := url.Parse(origin); err != nil || u.Scheme != "http" || !strings.EqualFold(u.Host, r.Host) {
				http.Error(w, "the API does not answer to other web pages", http.StatusForbidden)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) authenticate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		hash := sha256.Sum256([]byte(given))
		if subtle.ConstantTimeCompare(hash[:], s.token[:]) != 1 {
			w.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(w, "the token from "+home.TokenFile+" in the node's directory is needed", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// added is the answer to POST /v0/add.
type added struct {
	CID  string `json:"cid"`
	Size int64  `json:"size"`
}

func (s *Server) add(w http.ResponseWriter, r *http.Request) {
	id, n, err := s.cfg.Content.Add(r.Context(), http.MaxBytesReader(w, r.Body, market.MaxTotal), market.MaxTotal, p2p.Shared)
	if err != nil {
		code := http.StatusInternalServerError
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			code = http.StatusRequestEntityTooLarge
		}
		http.Error(w, err.Error(), code)
		return
	}
	if r.URL.Query().Has("pin") {
		if err := s.cfg.Content.Pin(r.Context(), "add/"+id.String(), id); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
	}
	writeJSON(w, added{id.String(), n})
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	_ = e.Encode(v) // the client has gone
}

func (s *Server) receipt(w http.ResponseWriter, r *http.Request) {
	id, err := jobID(r.PathValue("job"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	receipt, err := s.cfg.Node.Receipt(r.Context(), id)
	switch {
	case errors.Is(err, node.ErrUnknownJob):
		http.Error(w, err.Error(), http.StatusNotFound)
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	default:
		writeJSON(w, receipt)
	}
}

func (s *Server) cat(w http.ResponseWriter, r *http.Request) {
	id, err := cid.Decode(r.PathValue("cid"))
	if err != nil {
		http.Error(w, fmt.Sprintf("%q is not a CID", r.PathValue("cid")), http.StatusBadRequest)
		return
	}
	find := cmp.Or(s.cfg.Find, findTimeout)
	ctx, cancel := context.WithTimeout(r.Context(), find)
	_, err = s.cfg.Content.Stat(ctx, id)
	late := ctx.Err() != nil
	if cancel(); err != nil && late {
		http.Error(w, fmt.Sprintf("nobody who could be asked within %v has %s", find, id), http.StatusNotFound)
		return
	}
	f, err := s.cfg.Content.Open(r.Context(), id, market.MaxTotal)
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	defer func() { _ = f.Close() }() // read only
	size, err := f.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", strconv.FormatInt(size, 10))
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = io.Copy(w, f) // a short body tells the client that it failed
}
