package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	stdnet "net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/node"
	"gpumesh/node/home"
)

// blocks returns the README's fenced blocks of one language.
func blocks(t *testing.T, language string) []string {
	t.Helper()
	b, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	var out []string
	for _, m := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(string(b), -1) {
		out = append(out, m[1])
	}
	return out
}

// readmeShell is a directory in which the README's commands can be executed: gpumesh is the test binary.
type readmeShell struct{ dir, home string }

func newReadmeShell(t *testing.T) readmeShell {
	s := readmeShell{t.TempDir(), t.TempDir()}
	bin, err := self()
	require.NoError(t, err)
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	gpumesh := "#!/bin/sh\nexec '" + strings.Join(bin, "' '") + "' \"$@\"\n"
	// Building takes minutes with the race detector; what is built is what runs here already. The tests run, or this did not.
	fakeGo := `#!/bin/sh
case "$1 $2" in
"run ./cmd/gpumesh") shift 2; exec gpumesh "$@";;
"build -o") cp "$(dirname "$0")/gpumesh" "$3";;
"test ./...") ;;
*) echo "no such use of go: $*" >&2; exit 1;;
esac
`
	require.NoError(t, os.Mkdir(filepath.Join(s.dir, "bin"), 0o755))
	for name, text := range map[string]string{"gpumesh": gpumesh, "go": fakeGo} {
		require.NoError(t, os.WriteFile(filepath.Join(s.dir, "bin", name), []byte(text), 0o755))
	}
	require.NoError(t, os.Symlink(filepath.Join(root, "testnet"), filepath.Join(s.dir, "testnet")))
	return s
}

// run executes a script and ends whatever it left in the background. It returns what the script printed.
func (s readmeShell) run(t *testing.T, script string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*deadline) // a script has many commands
	defer cancel()
	cmd := exec.CommandContext(ctx, "bash", "-ec", "trap 'kill $(jobs -p) 2>/dev/null || true; wait || true' EXIT\n"+script)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "PATH="+filepath.Join(s.dir, "bin")+":"+os.Getenv("PATH"), "HOME="+s.home, "GPUMESH_DIR=")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return string(out)
}

// freePorts returns ports that are free, and stay so until they are used: no system gives these to who asks for any.
func freePorts(t *testing.T, n int) (ports []string) {
	for port := 20_000 + os.Getpid()%10_000; len(ports) < n; port++ {
		require.Less(t, port, 32_000)
		if l, err := stdnet.Listen("tcp", fmt.Sprint("127.0.0.1:", port)); err == nil {
			require.NoError(t, l.Close())
			ports = append(ports, fmt.Sprint(port))
		}
	}
	return ports
}

// TestReadmeCommands executes every command of the README, and its example of a job.
func TestReadmeCommands(t *testing.T) {
	t.Parallel()
	sh := blocks(t, "sh")
	require.Len(t, sh, 5, "demo, tests, playing, several machines, looking after one of them")
	s := newReadmeShell(t)

	out := s.run(t, smaller(sh[0]+sh[1]))
	for _, want := range []string{"picture.png", "receipt.json", "certificate bafy", "reward", "NLOV for", "slash", "books"} {
		require.Contains(t, out, want)
	}

	t.Cleanup(func() { // in case a command before it fails
		down := exec.Command(filepath.Join(s.dir, "bin", "gpumesh"), "testnet", "down")
		down.Env = append(os.Environ(), "HOME="+s.home, "GPUMESH_DIR=")
		_ = down.Run() // it says so when nothing is up
	})
	out = s.run(t, smaller(sh[2]))
	require.Contains(t, out, "counts.csv")
	require.FileExists(t, filepath.Join(s.dir, "out", "picture.png"))

	// The same commands on ports that are free, and then the README's own job on that network.
	ports := freePorts(t, 2)
	network := strings.NewReplacer("8546", ports[0], "7740", ports[1]).Replace(sh[3])
	jobs := blocks(t, "yaml")
	require.Len(t, jobs, 2, "a job, and settings of a node")
	settings := filepath.Join(s.dir, "settings.yaml")
	require.NoError(t, os.WriteFile(settings, []byte(jobs[1]), 0o600))
	cfg := node.Defaults()
	cfg.Dir, cfg.Network.Chain = s.dir, "any"
	cfg, err := home.ReadConfig(settings, cfg)
	require.NoError(t, err)
	require.NoError(t, cfg.Validate())
	require.True(t, cfg.Guard.Any())
	require.NoError(t, os.WriteFile(filepath.Join(s.dir, "square.yaml"), []byte(jobs[0]), 0o600))
	x := make([]uint32, 1000)
	for i := range x {
		x[i] = uint32(i * 70_001)
	}
	require.NoError(t, os.WriteFile(filepath.Join(s.dir, "x.npy"), npyU32(x), 0o600))
	s.run(t, network+sh[4]+"gpumesh run square.yaml -i x=x.npy -o squares --dir alice\n")
	for i := range x {
		x[i] *= x[i]
	}
	y, err := os.ReadFile(filepath.Join(s.dir, "squares", "y.npy"))
	require.NoError(t, err)
	require.Equal(t, npyU32(x)[128:], y[len(y)-4*len(x):])
}

// smaller gives commands less to compute, but in the long form of the test. The demo with the drivers that are here is part of .ci/run.
func smaller(script string) string {
	if os.Getenv("GPUMESH_LONG") != "" {
		return script
	}
	return strings.NewReplacer("cmd/gpumesh demo", "cmd/gpumesh demo --device eval", "--rounds 2 --workers 2 --local-steps 10", "--rounds 1 --workers 2 --local-steps 2", "--set WIDTH=320 --set HEIGHT=192", "--set WIDTH=96 --set HEIGHT=60",
		"--jobs 3", "--jobs 1", "--tokens 20", "--tokens 2").Replace(script)
}

// npyU32 is a .npy file of one dimension with a header of 128 bytes.
func npyU32(v []uint32) []byte {
	head := fmt.Sprintf("{'descr': '<u4', 'fortran_order': False, 'shape': (%d,), }", len(v))
	var b bytes.Buffer
	b.WriteString("\x93NUMPY\x01\x00")
	b.Write([]byte{118, 0})
	b.WriteString(head + strings.Repeat(" ", 117-len(head)) + "\n")
	for _, x := range v {
		b.Write(binary.LittleEndian.AppendUint32(nil, x))
	}
	return b.Bytes()
}
