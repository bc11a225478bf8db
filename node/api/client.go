package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"connectrpc.com/connect"

	"gpumesh/node"
	"gpumesh/node/api/nodepb/nodepbconnect"
)

// Client talks to a node. Its methods are safe for concurrent use. Errors are one sentence for a person.
type Client struct {
	nodepbconnect.NodeClient
	url  string
	http *http.Client
}

// Dial returns a client of the node at a URL such as http://127.0.0.1:7741. Nothing is sent yet.
func Dial(address, token string) (*Client, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" || u.Host == "" || strings.Trim(u.Path, "/") != "" {
		return nil, fmt.Errorf("%q is not the URL of a node, such as http://127.0.0.1:7741", address)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.Proxy = nil // it is this machine
	transport.DialContext = (&net.Dialer{Timeout: 5 * time.Second}).DialContext
	c := &Client{url: "http://" + u.Host, http: &http.Client{Transport: bearer{token, transport}}}
	c.NodeClient = nodepbconnect.NewNodeClient(c.http, c.url, connect.WithReadMaxBytes(maxMessage))
	return c, nil
}

// URL is the address that the client talks to.
func (c *Client) URL() string { return c.url }

// Close ends idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

type bearer struct {
	token string
	next  http.RoundTripper
}

func (b bearer) CloseIdleConnections() {
	if c, ok := b.next.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+b.token)
	return b.next.RoundTrip(r)
}

// Add stores what r holds as a file and returns its CID and size. What is neither pinned nor part of a job is deleted some
// time after it was last wanted.
func (c *Client) Add(ctx context.Context, r io.Reader, pin bool) (string, int64, error) {
	target := c.url + "/v0/add"
	if pin {
		target += "?pin"
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, io.NopCloser(r)) // closing r is the caller's
	if err != nil {
		return "", 0, err
	}
	resp, err := c.do(req)
	if err != nil {
		return "", 0, err
	}
	defer func() { _ = resp.Body.Close() }() // read to its end
	var a added
	if err := json.NewDecoder(io.LimitReader(resp.Body, 4<<10)).Decode(&a); err != nil {
		return "", 0, fmt.Errorf("the node at %s answered with something else than a CID: %w", c.url, err)
	}
	return a.CID, a.Size, nil
}

// Cat returns a file and its size. The reader fails when less comes than that.
func (c *Client) Cat(ctx context.Context, id string) (io.ReadCloser, int64, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url+"/v0/cat/"+url.PathEscape(id), nil)
	if err != nil {
		return nil, 0, err
	}
	resp, err := c.do(req)
	if err != nil {
		return nil, 0, err
	}
	return resp.Body, resp.ContentLength, nil
}

// Receipt returns the receipt of a job: as it is to be kept, and decoded.
func (c *Client) Receipt(ctx context.Context, job string) ([]byte, *node.Receipt, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url+"/v0/receipt/"+url.PathEscape(job), nil)
	if err != nil {
		return nil, nil, err
	}
	resp, err := c.do(req)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = resp.Body.Close() }() // read to its end
	text, err := io.ReadAll(io.LimitReader(resp.Body, maxMessage))
	if err != nil {
		return nil, nil, c.Explain(err)
	}
	r := new(node.Receipt)
	if err := json.Unmarshal(text, r); err != nil {
		return nil, nil, fmt.Errorf("the node at %s answered with something else than a receipt: %w", c.url, err)
	}
	return text, r, nil
}

func (c *Client) do(req *http.Request) (*http.Response, error) {
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, c.Explain(err)
	}
	if resp.StatusCode == http.StatusOK {
		return resp, nil
	}
	text, _ := io.ReadAll(io.LimitReader(resp.Body, 4<<10))
	_ = resp.Body.Close() // the request has failed already
	return nil, errors.New(strings.TrimSpace(string(text)))
}

// Explain turns an error of any of the client's methods into one sentence.
func (c *Client) Explain(err error) error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*net.OpError](err); ok && e.Op == "dial" {
		return fmt.Errorf("no node answers at %s; start one with gpumesh node or gpumesh testnet up", c.url)
	}
	if e, ok := errors.AsType[*connect.Error](err); ok {
		switch {
		case e.Code() == connect.CodeCanceled && errors.Is(err, context.Canceled):
			return context.Canceled
		case e.Code() == connect.CodeUnauthenticated && e.Message() == "401 Unauthorized":
			return fmt.Errorf("the node at %s refuses the token; give --token, or --dir with the node's directory", c.url)
		}
		return errors.New(e.Message())
	}
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}
