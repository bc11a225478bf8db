package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bufbuild/protocompile"
	"github.com/bufbuild/protocompile/linker"
	"github.com/bufbuild/protocompile/protoutil"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/pluginpb"
)

// gen runs every generator of the module: the wire formats, and the contracts with their bindings. The contracts need npm;
// -skip-contracts leaves them out, as naming files does.
func gen(ctx context.Context, root string, args []string) error {
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	check := flags.Bool("check", false, "write nothing; fail if a file would change")
	skip := flags.Bool("skip-contracts", false, "leave out the contracts, which need npm")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	if err := genWire(ctx, root, *check, flags.Args()); err != nil || *skip || flags.NArg() > 0 {
		return err
	}
	run := []string{"run", "./node/chain/evm/gen"}
	if *check {
		run = append(run, "-check")
	}
	return goTool(ctx, root, run...)
}

// genWire compiles the module's *.proto files in this process (there is no protoc) and feeds them to the plugins that go.mod
// pins as tools. Imports are relative to the module root. Files on the command line limit what is generated.
func genWire(ctx context.Context, root string, check bool, files []string) error {
	protos, old, err := findProtos(root)
	if err != nil {
		return err
	}
	if len(files) > 0 {
		protos = protos[:0]
		for _, a := range files {
			protos = append(protos, filepath.ToSlash(filepath.Clean(a)))
		}
		old = nil // what other files generate is not looked at
	}
	want, err := genProtos(ctx, root, protos)
	if err != nil {
		return err
	}

	var stale []string
	for _, name := range slices.Sorted(maps.Keys(want)) {
		have, err := os.ReadFile(filepath.Join(root, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err == nil && bytes.Equal(have, want[name]) {
			continue
		}
		stale = append(stale, name)
		if check {
			continue
		}
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, want[name], 0o644); err != nil {
			return err
		}
		fmt.Println("wrote", name)
	}
	for _, name := range old {
		if _, ok := want[name]; ok {
			continue
		}
		stale = append(stale, name)
		if check {
			continue
		}
		if err := os.Remove(filepath.Join(root, name)); err != nil {
			return err
		}
		fmt.Println("removed", name)
	}
	if check && len(stale) > 0 {
		return fmt.Errorf("out of date, run go run ./cmd/dev gen: %s", strings.Join(stale, ", "))
	}
	return nil
}

// findProtos lists the *.proto files of the module and the Go files that a plugin has generated, as sorted slash paths
// relative to root.
func findProtos(root string) (protos, generated []string, err error) {
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := d.Name(); d.IsDir() && path != root &&
			(strings.HasPrefix(name, ".") || name == "testdata" || name == "node_modules") {
			return fs.SkipDir
		}
		if d.IsDir() {
			return nil
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		switch rel = filepath.ToSlash(rel); {
		case strings.HasSuffix(rel, ".proto"):
			protos = append(protos, rel)
		case strings.HasSuffix(rel, ".pb.go"), strings.HasSuffix(rel, ".connect.go"):
			generated = append(generated, rel)
		}
		return nil
	})
	return protos, generated, err
}

// genProtos returns the generated files by slash path relative to root.
func genProtos(ctx context.Context, root string, protos []string) (map[string][]byte, error) {
	out := map[string][]byte{}
	if len(protos) == 0 {
		return out, nil
	}
	compiler := protocompile.Compiler{
		Resolver:       protocompile.WithStandardImports(&protocompile.SourceResolver{ImportPaths: []string{root}}),
		SourceInfoMode: protocompile.SourceInfoStandard, // doc comments reach the generated code
	}
	files, err := compiler.Compile(ctx, protos...)
	if err != nil {
		return nil, err
	}
	var all []*descriptorpb.FileDescriptorProto
	seen := map[string]bool{}
	var visit func(f protoreflect.FileDescriptor)
	visit = func(f protoreflect.FileDescriptor) { // dependencies first, as plugins expect
		if seen[f.Path()] {
			return
		}
		seen[f.Path()] = true
		for i := range f.Imports().Len() {
			visit(f.Imports().Get(i).FileDescriptor)
		}
		all = append(all, protoutil.ProtoFromFileDescriptor(f))
	}
	for _, f := range files {
		visit(f)
	}
	if err := plugin(ctx, root, "protoc-gen-go", protos, all, out); err != nil {
		return nil, err
	}
	if services := withServices(files); len(services) > 0 {
		if err := plugin(ctx, root, "protoc-gen-connect-go", services, all, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func withServices(files linker.Files) []string {
	var names []string
	for _, f := range files {
		if f.Services().Len() > 0 {
			names = append(names, f.Path())
		}
	}
	return names
}

// plugin runs one protoc plugin and adds its files to out.
func plugin(ctx context.Context, root, tool string, names []string, all []*descriptorpb.FileDescriptorProto, out map[string][]byte) error {
	request, err := proto.MarshalOptions{Deterministic: true}.Marshal(&pluginpb.CodeGeneratorRequest{
		FileToGenerate: names,
		Parameter:      proto.String("paths=source_relative"),
		ProtoFile:      all,
	})
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "go", "tool", tool)
	cmd.Dir, cmd.Stdin = root, bytes.NewReader(request)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	raw, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", tool, err, bytes.TrimSpace(stderr.Bytes()))
	}
	var response pluginpb.CodeGeneratorResponse
	if err := proto.Unmarshal(raw, &response); err != nil {
		return fmt.Errorf("%s: reading its answer: %w", tool, err)
	}
	if response.Error != nil {
		return fmt.Errorf("%s: %s", tool, response.GetError())
	}
	for _, f := range response.File {
		out[f.GetName()] = []byte(f.GetContent())
	}
	return nil
}
