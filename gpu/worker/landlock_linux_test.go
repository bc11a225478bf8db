package worker

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What the environment says of drivers opens no home directory and nothing of the node's.
func TestEnvironmentOpensNothingPrivate(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	in := func(p ...string) string { return filepath.Join(append([]string{root}, p...)...) }
	for _, dir := range []string{"people/me/drivers", "people/me/.ssh", "node/keys", "opt/lib"} {
		require.NoError(t, os.MkdirAll(in(dir), 0o700))
	}
	require.NoError(t, os.Symlink(in("node"), in("opt/lib/link")))
	require.NoError(t, os.Symlink(in("people"), in("others")))
	t.Setenv("HOME", in("others/me"))
	for _, name := range []string{"LD_LIBRARY_PATH", "VK_DRIVER_FILES", "VK_LAYER_PATH"} {
		for entry, open := range map[string]bool{
			in("opt/lib"): true, in("people/me/drivers"): true, in("people/me/drivers/"): true, in("node-of-others"): true, "/opt/none": true,
			"/": false, root: false, in("people"): false, in("people/me"): false, in("others/me"): false, in("people/me/drivers/.."): false,
			in("node"): false, in("node/keys"): false, in("opt/lib/link"): false, in("opt/lib/link/keys"): false, "": false, "drivers": false,
		} {
			paths := allowed("/bin/gpumesh", []string{"A=B", name + "=" + strings.Join([]string{entry, "/srv/x"}, ":")}, []string{in("node")})
			require.Contains(t, paths, "/srv/x")
			if _, found := paths[entry]; found != open {
				t.Errorf("%s=%s: %v, want %v", name, entry, found, open)
			}
		}
	}
}
