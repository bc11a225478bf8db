package poc

import (
	"bytes"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func someCertificate(ranks ...int) *Certificate { return someCertificateOf("a", ranks...) }

func someCertificateOf(content string, ranks ...int) *Certificate {
	by := map[int]Attest{}
	for _, r := range ranks {
		by[r] = attestOf(r, content)
	}
	return certificateOf(content, by)
}

// certificateOf is the certificate of these attestations, by the ranks of their signers.
func certificateOf(content string, by map[int]Attest) *Certificate {
	c := &Certificate{
		Version: CertificateVersion, Job: testRef.Job, Task: testRef.Task, Award: BlockLink([]byte("award")), Result: testResult(content),
	}
	for r, a := range by {
		w := testWorker(r)
		c.Attestations = append(c.Attestations, Attestation{Peer: w.Peer, Account: w.Account, Agreed: a.Agreed, Late: a.Late, Signature: a.Signature})
	}
	slices.SortFunc(c.Attestations, func(a, b Attestation) int { return bytes.Compare(a.Peer[:], b.Peer[:]) })
	return c
}

func TestCertificate(t *testing.T) {
	c := someCertificate(0, 2, 1)
	require.NoError(t, c.Verify(testWorkers(3), Policy{Quorum: 2}, testKeys{}))
	require.NoError(t, c.Verify(testWorkers(3), Policy{Quorum: 3}, testKeys{}))
	b, err := c.Encode()
	require.NoError(t, err)
	back, err := DecodeCertificate(b)
	require.NoError(t, err)
	require.Equal(t, c, back)
	link, err := c.CID()
	require.NoError(t, err)
	require.Equal(t, BlockLink(b), link)
	require.Equal(t, goldenCertificate, link.String())
	require.Equal(t, testRef, c.Ref())
}

func TestCertificateVerifyRefuses(t *testing.T) {
	for says, change := range map[string]func(c *Certificate){
		"has version 2":                       func(c *Certificate) { c.Version = 2 },
		"names no award":                      func(c *Certificate) { c.Award = Link{} },
		"a result has 1 to 16":                func(c *Certificate) { c.Result = Result{} },
		"1 to 64 attestations, not 0":         func(c *Certificate) { c.Attestations = nil },
		"has 1 attestations, and the quorum":  func(c *Certificate) { c.Attestations = c.Attestations[:1] },
		"sorted by peer and distinct":         func(c *Certificate) { c.Attestations[1] = c.Attestations[0] },
		"must be sorted by peer":              func(c *Certificate) { slices.Reverse(c.Attestations) },
		"names at least its own seat":         func(c *Certificate) { c.Attestations[1].Agreed = 0 },
		"does not name its own seat":          func(c *Certificate) { c.Attestations[1].Agreed &^= testSeats(1) },
		"which are no candidates":             func(c *Certificate) { c.Attestations[1].Agreed |= testSeats(5) },
		"certificate is not valid: wrong sig": func(c *Certificate) { c.Attestations[0].Agreed &^= testSeats(1) },
		"signs the certificate twice":         func(c *Certificate) { c.Attestations[1].Account = c.Attestations[0].Account },
		"not its own":                         func(c *Certificate) { c.Attestations[1].Account = "account-9" },
		"is not valid: wrong signature":       func(c *Certificate) { c.Attestations[1].Signature[0] ^= 1 },
		"is not a candidate":                  func(c *Certificate) { *c = *someCertificate(0, 1, 7) },
		"signature of":                        func(c *Certificate) { c.Task++ },
		"under the certificate is not valid":  func(c *Certificate) { c.Job[0] ^= 1 },
		"the certificate is not valid: wrong": func(c *Certificate) { c.Result = testResult("b") },
		"signature has 1 to 128 bytes, not 0": func(c *Certificate) { c.Attestations[0].Signature = nil },
	} {
		c := someCertificate(0, 1, 2)
		change(c)
		require.ErrorContains(t, c.Verify(testWorkers(3), Policy{Quorum: 2}, testKeys{}), says)
	}
	require.ErrorContains(t, someCertificate(0).Verify(testWorkers(3), Policy{Quorum: 0}, testKeys{}), "quorum is 0")
}

// TestPayees names each row's signers with the ranks that they name.
func TestPayees(t *testing.T) {
	for _, c := range []struct {
		name  string
		named map[int][]int
		want  []int
		says  string // of Verify; empty: it is complete
	}{
		{"all agree", map[int][]int{0: {0, 1, 2}, 1: {0, 1, 2}, 2: {0, 1, 2}}, []int{0, 1, 2}, ""},
		{"a signature is left out", map[int][]int{0: {0, 1, 2}, 1: {0, 1, 2}}, []int{0, 1, 2}, ""},
		{"a free rider", map[int][]int{0: {0, 1}, 1: {0, 1}, 2: {0, 1, 2}}, []int{0, 1}, ""},
		{"a late reveal", map[int][]int{0: {0, 1, 2}, 1: {0, 1}, 2: {0, 1, 2}}, []int{0, 1, 2}, ""},
		{"a free rider claims with one other", map[int][]int{0: {0, 1}, 2: {0, 2}}, []int{0}, ""},
		{"a signer names nobody else", map[int][]int{0: {0, 1, 2}, 2: {2}}, []int{2}, ""},
		{"nobody in common", map[int][]int{0: {0, 1}, 2: {2, 3}}, nil, "no replica is named by 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cert := someCertificate()
			for rank, named := range c.named {
				a := attestNaming(rank, "a", named...)
				cert.Attestations = append(cert.Attestations, Attestation{Peer: testWorker(rank).Peer, Account: a.Account, Agreed: a.Agreed, Signature: a.Signature})
			}
			slices.SortFunc(cert.Attestations, func(a, b Attestation) int { return bytes.Compare(a.Peer[:], b.Peer[:]) })
			want := []uint8{}
			for _, rank := range c.want {
				want = append([]uint8{testSeat(rank)}, want...) // seats fall with the rank
			}
			require.Equal(t, want, cert.Payees(2))
			if err := cert.Verify(testWorkers(4), Policy{Quorum: 2}, testKeys{}); c.says == "" {
				require.NoError(t, err)
			} else {
				require.ErrorContains(t, err, c.says)
			}
		})
	}
}

func FuzzDecodeCertificate(f *testing.F) {
	b, err := someCertificate(0, 1).Encode()
	require.NoError(f, err)
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := DecodeCertificate(b)
		if err != nil {
			return
		}
		again, err := c.Encode()
		require.NoError(t, err)
		require.Equal(t, b, again, "a certificate has one encoding")
		_ = c.Verify(testWorkers(3), Policy{Quorum: 2}, testKeys{})
	})
}
