package verify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ipfs/go-cid"

	"gpumesh/gpu"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// Content finds programs and files. What it returns is checked against its CID, so it need not be trusted. Errors are one
// sentence.
type Content interface {
	Block(ctx context.Context, id cid.Cid) ([]byte, error)       // a DAG-CBOR block
	File(ctx context.Context, id cid.Cid) (io.ReadCloser, error) // UnixFS
}

// Dir is a folder in which programs and files are named by their CIDs.
type Dir string

// Block implements Content.
func (d Dir) Block(ctx context.Context, id cid.Cid) ([]byte, error) {
	f, err := d.File(ctx, id)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // read only
	return io.ReadAll(io.LimitReader(f, gpu.MaxProgram+1))
}

// File implements Content.
func (d Dir) File(_ context.Context, id cid.Cid) (io.ReadCloser, error) {
	f, err := os.Open(filepath.Join(string(d), id.String()))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is not in %s", id, string(d))
	}
	return f, err
}

// errContent marks content that is not what its CID says, whoever gave it.
var errContent = errors.New("its content is another one's")

// program returns a block whose CID is id.
func (v *verifier) program(ctx context.Context, id poc.Link) ([]byte, error) {
	b, err := v.opts.Content.Block(ctx, id.Cid)
	if err != nil {
		return nil, err
	}
	if poc.BlockLink(b) != id {
		return nil, fmt.Errorf("program %s: %w", id, errContent)
	}
	return b, nil
}

// copyFile appends the file of a CID to w. It is checked while it is read; a file of another size is another file.
func (v *verifier) copyFile(ctx context.Context, w io.Writer, id poc.Link, size uint64) error {
	f, err := v.opts.Content.File(ctx, id.Cid)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // read only
	have, err := p2p.FileCID(io.TeeReader(io.LimitReader(f, int64(size)+1), w))
	if err != nil {
		return fmt.Errorf("file %s cannot be read: %w", id, err)
	}
	if have != id.Cid {
		return fmt.Errorf("file %s: %w", id, errContent)
	}
	return nil
}

// Keep returns content that also saves in dir what is read from it, so that the same check can be made without a node. The
// directory must exist.
func Keep(from Content, dir string) Content { return keeper{from, dir} }

type keeper struct {
	from Content
	dir  string
}

func (k keeper) Block(ctx context.Context, id cid.Cid) ([]byte, error) {
	b, err := k.from.Block(ctx, id)
	if err != nil {
		return nil, err
	}
	return b, k.save(id, bytes.NewReader(b))
}

func (k keeper) File(ctx context.Context, id cid.Cid) (io.ReadCloser, error) {
	f, err := k.from.File(ctx, id)
	if err != nil {
		return nil, err
	}
	err = k.save(id, f)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return nil, err
	}
	return Dir(k.dir).File(ctx, id)
}

// save writes a file that appears only when it is complete.
func (k keeper) save(id cid.Cid, r io.Reader) (err error) {
	f, err := os.CreateTemp(k.dir, ".save.*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // the first error counts
		}
	}()
	_, err = io.Copy(f, r)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(k.dir, id.String()))
	}
	return err
}
