package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// browser is a headless Chromium with one page, driven by the DevTools protocol over two pipes: no port is opened.
type browser struct {
	cmd     *exec.Cmd
	stop    context.CancelFunc
	to      *os.File
	from    *bufio.Reader
	dir     string // profile and page
	last    int
	session string
}

const maxMessage = 256 << 20

var errEnded = errors.New("the browser ended")

func findChromium() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", absent("apt-get install chromium")
}

// startBrowser opens a page that runs the script.
func startBrowser(ctx context.Context, script []byte) (*browser, error) {
	path, err := findChromium()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "gpumesh-chromium-")
	if err != nil {
		return nil, err
	}
	b := &browser{dir: dir}
	if err := b.start(ctx, path, script); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

func (b *browser) start(ctx context.Context, path string, script []byte) error {
	page := filepath.Join(b.dir, "page.html") // WebGPU is there in secure contexts only, and a file is one
	if err := os.WriteFile(page, fmt.Appendf(nil, "<!doctype html><title>stacks</title><script>%s</script>", script), 0o600); err != nil {
		return err
	}
	read, to, err := os.Pipe()
	if err != nil {
		return err
	}
	defer read.Close()
	b.to = to
	from, write, err := os.Pipe()
	if err != nil {
		return err
	}
	defer write.Close()
	b.from = bufio.NewReaderSize(from, 1<<20)
	ctx, b.stop = context.WithCancel(ctx)
	cmd := exec.CommandContext(ctx, path, "--headless", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-extensions", "--no-default-browser-check", "--enable-unsafe-webgpu",
		"--use-webgpu-adapter=swiftshader", "--remote-debugging-pipe", "--user-data-dir="+b.dir, "about:blank")
	cmd.ExtraFiles = []*os.File{read, write} // descriptors 3 and 4
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Start(); err != nil {
		return err
	}
	b.cmd = cmd
	timer := time.AfterFunc(jobTime, b.stop)
	defer timer.Stop()
	var target struct{ TargetID string }
	if err := b.call("Target.createTarget", map[string]any{"url": "file://" + page}, &target); err != nil {
		return err
	}
	var session struct{ SessionID string }
	if err := b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &session); err != nil {
		return err
	}
	b.session = session.SessionID
	for { // until the page is there; what comes before it may go away while it is asked
		var ready bool
		err := b.evaluate("new Promise(done => setTimeout(() => done(typeof call === 'function'), 5))", &ready)
		if ready || errors.Is(err, errEnded) {
			return err
		}
	}
}

// call sends one command and waits for its answer.
func (b *browser) call(method string, params, answer any) error {
	b.last++
	message := map[string]any{"id": b.last, "method": method, "params": params}
	if b.session != "" {
		message["sessionId"] = b.session
	}
	raw, err := json.Marshal(message)
	if err != nil {
		return err
	}
	if _, err := b.to.Write(append(raw, 0)); err != nil {
		return fmt.Errorf("%w: %w", errEnded, err)
	}
	for {
		raw, err := b.receive()
		if err != nil {
			return fmt.Errorf("%w: %w", errEnded, err)
		}
		var m struct {
			ID     int
			Result json.RawMessage
			Error  *struct{ Message string }
		}
		if err := json.Unmarshal(raw, &m); err != nil {
			return err
		}
		switch {
		case m.ID != b.last: // an event
		case m.Error != nil:
			return fmt.Errorf("%s: %s", method, m.Error.Message)
		default:
			return json.Unmarshal(m.Result, answer)
		}
	}
}

func (b *browser) receive() ([]byte, error) {
	var message []byte
	for {
		part, err := b.from.ReadSlice(0)
		if message = append(message, part...); len(message) > maxMessage {
			return nil, errors.New("its message is too long")
		}
		switch {
		case err == nil:
			return bytes.TrimSuffix(message, []byte{0}), nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, errors.Join(err, io.ErrUnexpectedEOF)
		}
	}
}

// evaluate runs an expression in the page, waits for its promise and decodes its value.
func (b *browser) evaluate(expression string, value any) error {
	var answer struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	err := b.call("Runtime.evaluate", map[string]any{"expression": expression, "awaitPromise": true, "returnByValue": true}, &answer)
	if err != nil {
		return err
	}
	if e := answer.ExceptionDetails; e != nil {
		return fmt.Errorf("the page failed: %s %s", e.Text, e.Exception.Description)
	}
	return json.Unmarshal(answer.Result.Value, value)
}

func (b *browser) close() {
	if b.cmd != nil {
		b.session = ""
		timer := time.AfterFunc(10*time.Second, b.stop)
		b.call("Browser.close", map[string]any{}, &struct{}{})
		b.cmd.Wait()
		timer.Stop()
	}
	if b.stop != nil {
		b.stop()
	}
	if b.to != nil {
		b.to.Close()
	}
	os.RemoveAll(b.dir)
}
