package main

import (
	"context"
	"encoding/gob"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"gpumesh/gpu"
	"gpumesh/gpu/webgpu"
)

// childMark is set in the environment of a child process.
const childMark = "GPUMESH_STACKS_CHILD"

// hello is the first message of a child.
type hello struct {
	Info gpu.Info
	Err  string
}

// serve is the main function of a child: it opens the only driver that it sees and runs jobs from stdin until that ends.
func serve() int {
	ctx := context.Background()
	out := gob.NewEncoder(os.Stdout)
	os.Stdout = os.Stderr // drivers print
	d, err := webgpu.Open(ctx, webgpu.Options{})
	if err != nil {
		out.Encode(hello{Err: err.Error()})
		return 1
	}
	if err := out.Encode(hello{Info: d.Info()}); err != nil {
		return 1
	}
	in := gob.NewDecoder(os.Stdin)
	for {
		var j job
		if err := in.Decode(&j); err != nil {
			return 0 // the parent has gone
		}
		jobCtx, cancel := context.WithTimeout(ctx, jobTime)
		r := j.do(jobCtx, d)
		cancel()
		if err := out.Encode(r); err != nil {
			return 1
		}
		if jobCtx.Err() == context.DeadlineExceeded {
			return 1 // the device may be busy for ever
		}
	}
}

// child is a runner in a process of its own. After a crash or a hang it starts another one.
type child struct {
	env  []string
	info gpu.Info

	cmd  *exec.Cmd
	in   io.WriteCloser
	enc  *gob.Encoder
	dec  *gob.Decoder
	stop context.CancelFunc
}

func startChild(ctx context.Context, env []string) (*child, error) {
	c := &child{env: env}
	if err := c.start(ctx); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *child) start(ctx context.Context) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	cmd := exec.CommandContext(ctx, self)
	cmd.Env = append(append(os.Environ(), c.env...), childMark+"=1")
	cmd.WaitDelay = 5 * time.Second
	in, err := cmd.StdinPipe()
	if err != nil {
		stop()
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		stop()
		return err
	}
	if err := cmd.Start(); err != nil {
		stop()
		return err
	}
	c.cmd, c.in, c.stop = cmd, in, stop
	c.enc, c.dec = gob.NewEncoder(in), gob.NewDecoder(out)
	timer := time.AfterFunc(jobTime, stop)
	defer timer.Stop()
	var h hello
	if err := c.dec.Decode(&h); err != nil {
		c.end()
		return fmt.Errorf("the child process ended before it had opened a device: %w", err)
	}
	if h.Err != "" {
		c.end()
		return fmt.Errorf("%s", h.Err)
	}
	c.info = h.Info
	return nil
}

func (c *child) Info() gpu.Info { return c.info }

func (c *child) Run(ctx context.Context, j *job) result {
	if c.cmd == nil {
		if err := c.start(ctx); err != nil {
			return result{Err: err.Error()}
		}
	}
	var r result
	timer := time.AfterFunc(jobTime+10*time.Second, c.stop)
	defer timer.Stop()
	err := c.enc.Encode(j)
	if err == nil {
		err = c.dec.Decode(&r)
	}
	if err != nil {
		state := c.end()
		return result{Err: fmt.Sprintf("the driver ended the process (%v)", state)}
	}
	return r
}

// end ends the process and says how it ended.
func (c *child) end() error {
	if c.cmd == nil {
		return nil
	}
	c.in.Close()
	timer := time.AfterFunc(5*time.Second, c.stop)
	defer timer.Stop()
	err := c.cmd.Wait()
	c.stop()
	c.cmd = nil
	return err
}

func (c *child) Close() error { c.end(); return nil }
