package wgslgen

import "gpumesh/gpu"

// Program is a program that dispatches the kernel once, in the given form of floats (gpu.Module.Float), with its inputs. Its read-write
// buffers are kept state, so that all that it writes counts.
func (k *Kernel) Program(float string) (*gpu.Program, map[string][]byte) {
	p := &gpu.Program{Version: gpu.ProgramVersion, Steps: 1, Segment: 1, Modules: []gpu.Module{{Name: "main", WGSL: k.Source(), Float: float}}}
	c := gpu.Command{Op: gpu.Dispatch, Entry: "main", Grid: k.Grid}
	inputs := map[string][]byte{}
	for i, b := range k.Buffers {
		buffer := gpu.Buffer{Name: b.Name, Kind: gpu.Const, Type: gpu.U32, Len: uint64(len(b.Content))}
		if b.Access == "read_write" {
			buffer.Kind, buffer.Keep = gpu.State, true
		}
		p.Buffers = append(p.Buffers, buffer)
		c.Bind = append(c.Bind, gpu.Binding{Buffer: uint32(i)})
		inputs[b.Name] = b.Content
	}
	p.Step = []gpu.Command{c}
	return p, inputs
}
