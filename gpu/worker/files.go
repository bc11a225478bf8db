package worker

import (
	"errors"
	"os"
	"path/filepath"
	"slices"

	"gpumesh/gpu"
)

// maxFiles bounds the files of one task: a buffer may have one that goes in and one that comes out. The child may have more open.
const maxFiles = 2*gpu.MaxBuffers + 2

// CheckpointFile is the name of the newest checkpoint in Checkpoints.Dir.
const CheckpointFile = "checkpoint"

// partFile is a checkpoint that is being written.
const partFile = CheckpointFile + ".part"

var errNotRegular = errors.New("it is not a regular file")

// files are the open files of a task, in the order in which the child takes them: inputs by name, results in program order,
// the checkpoint to resume and the file for the next one. The parent opens them and the child gets descriptors, so that
// the child needs no right to open anything.
type files []*os.File

// openFiles also reserves room on the disk, for results of up to most bytes each: a buffer that is larger than the device runs nowhere.
func openFiles(q *Request, c *Checkpoints, prog *gpu.Program, m *request, most uint64) (list files, err error) {
	defer func() {
		if err != nil {
			list.close()
			list = nil
		}
	}()
	for name := range q.Inputs {
		m.Inputs = append(m.Inputs, name)
	}
	slices.Sort(m.Inputs)
	results := prog.Results()
	for _, r := range results {
		m.Outputs = append(m.Outputs, r.Name)
	}
	m.Resume, m.Save, m.SaveEvery = c.Resume != "", c.Dir != "", c.Every
	if n := m.files(); n > maxFiles {
		return nil, gpu.Errorf(gpu.Unsupported, "the task has %d files; at most %d are possible", n, maxFiles)
	}
	for _, name := range m.Inputs {
		f, err := openRegular(q.Inputs[name])
		if err != nil {
			return list, gpu.Errorf(gpu.InvalidInput, "input %q cannot be read: %v", name, err)
		}
		list = append(list, f)
	}
	for _, r := range results {
		f, err := create(filepath.Join(q.OutDir, r.Name))
		if err == nil {
			list = append(list, f)
			if r.Size <= most {
				err = reserve(f, r.Size)
			}
		}
		if err != nil {
			return list, gpu.Errorf(gpu.Internal, "output %q cannot be written: %v", r.Name, err)
		}
	}
	if m.Resume {
		f, err := openRegular(c.Resume)
		if err != nil {
			return list, gpu.Errorf(gpu.InvalidInput, "the checkpoint cannot be read: %v", err)
		}
		list = append(list, f)
	}
	if m.Save {
		f, err := create(filepath.Join(c.Dir, partFile))
		if err != nil {
			return list, gpu.Errorf(gpu.Internal, "a checkpoint cannot be written: %v", err)
		}
		list = append(list, f)
	}
	return list, nil
}

func (l files) close() {
	for _, f := range l {
		f.Close() // what was written was written by the child
	}
}

func openRegular(path string) (*os.File, error) {
	// Looked at before it is opened: opening a fifo waits, and opening a device may do something.
	s, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !s.Mode().IsRegular() {
		return nil, errNotRegular
	}
	return os.Open(path)
}

func create(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
}
