package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"connectrpc.com/connect"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"

	"gpumesh/node"
	"gpumesh/node/api"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/chain/evm"
	"gpumesh/node/verify"
)

// contentTimeout bounds the wait for one program or file of a job that is computed again.
const contentTimeout = 2 * time.Minute

func (a *app) verifyCommand() *cobra.Command {
	var rerun int
	var content, keep, rpc string
	cmd := a.conn.flags(&cobra.Command{
		Use: "verify RECEIPT.json", Short: "Check the receipt of a job, trusting nobody", Args: exactly("RECEIPT.json"),
		Long: `Checks that a quorum of the workers drawn for each task signed its result, and where the money went. Nothing but the receipt is
needed for that. Some tasks, chosen at random, are computed again on the reference evaluator: their programs and inputs come
from a node, or from a folder in which --keep saved them. With --rpc, what happened on chain is compared with the chain.

The exit status is 1 when anything is wrong.`,
		Example: "  gpumesh verify out/receipt.json --rerun 3 --keep evidence\n  gpumesh verify out/receipt.json --content evidence --rpc https://rpc.example.org",
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case rerun < 0:
				return usagef("--rerun is %d; it must be 0 or more", rerun)
			case keep != "" && content != "":
				return usagef("--keep saves what comes from a node; it cannot go with --content")
			}
			o := verify.Options{Rerun: rerun, Required: cmd.Flags().Changed("rerun")}
			if _, err := rand.Read(o.Seed[:]); err != nil {
				return err
			}
			r, err := readReceipt(args[0])
			if err != nil {
				return err
			}
			if content != "" {
				if s, err := os.Stat(content); err != nil || !s.IsDir() {
					return fmt.Errorf("--content %s is not a folder", content)
				}
				o.Content = verify.Dir(content)
			} else if client, err := a.conn.client(); err != nil {
				o.NoContent = fmt.Errorf("the content of the job is not at hand: %w; --content DIR names a folder with it", err)
			} else {
				defer client.Close()
				o.Content = nodeContent{client}
			}
			if keep != "" && o.Content != nil {
				if err := os.MkdirAll(keep, 0o755); err != nil {
					return fmt.Errorf("--keep %s cannot be made: %w", keep, cause(err))
				}
				o.Content = verify.Keep(o.Content, keep)
			}
			if rpc != "" {
				c, err := dialChain(cmd.Context(), rpc, r.Network.Chain)
				if err != nil {
					return err
				}
				defer func() { _ = c.Close() }() // only reads
				o.Chain = c
			}
			return a.printReport(args[0], verify.Receipt(cmd.Context(), r, o))
		},
	})
	f := cmd.Flags()
	f.IntVar(&rerun, "rerun", 1, "tasks to compute again; when given, that this is not possible is a failure")
	f.StringVar(&content, "content", "", "folder with the programs and files of the job, named by their CIDs")
	f.StringVar(&keep, "keep", "", "folder in which to save the programs and files that are read")
	f.StringVar(&rpc, "rpc", "", "JSON-RPC URL of the chain, to compare the receipt with it")
	return cmd
}

func readReceipt(path string) (*node.Receipt, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", path, cause(err))
	}
	defer func() { _ = f.Close() }() // read only
	r, err := verify.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}

// printReport prints a line for each check, and fails if any did.
func (a *app) printReport(path string, r verify.Report) error {
	if _, err := a.emit(r); err != nil {
		return err
	}
	failed := 0
	for _, c := range r.Checks {
		a.printf("%-5s %-13s %s\n", c.Status, c.Name, c.Text)
		if c.Status == verify.Failed {
			failed++
		}
	}
	for _, n := range r.Notes {
		a.printf("note  %s\n", n)
	}
	if !r.OK {
		return fmt.Errorf("%s does not hold: %d of %d checks failed", path, failed, len(r.Checks))
	}
	return nil
}

// dialChain connects to the marketplace of a network's manifest. It reads with an account of its own, which has no money.
func dialChain(ctx context.Context, url, name string) (*evm.Client, error) {
	parts := strings.Split(name, ":")
	if len(parts) != 3 || parts[0] != "evm" || !common.IsHexAddress(parts[2]) {
		return nil, fmt.Errorf("the receipt's network is on %q, which is not evm:<chain id>:<marketplace>", name)
	}
	key, err := crypto.GenerateKey()
	if err != nil {
		return nil, err
	}
	return evm.Dial(ctx, evm.Config{URL: url, Key: key, Contracts: evm.Contracts{Marketplace: common.HexToAddress(parts[2])}})
}

// nodeContent is what a node has, or gets from its peers.
type nodeContent struct{ client *api.Client }

// Block implements verify.Content.
func (n nodeContent) Block(ctx context.Context, id cid.Cid) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, contentTimeout)
	defer cancel()
	answer, err := n.client.GetBlock(ctx, connect.NewRequest(&nodepb.GetBlockRequest{Cid: id.String()}))
	if err != nil {
		return nil, n.missing(ctx, id, n.client.Explain(err))
	}
	return answer.Msg.Data, nil
}

// File implements verify.Content.
func (n nodeContent) File(ctx context.Context, id cid.Cid) (io.ReadCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, contentTimeout)
	body, _, err := n.client.Cat(ctx, id.String())
	if err != nil {
		defer cancel()
		return nil, n.missing(ctx, id, err)
	}
	return download{body, cancel}, nil
}

func (n nodeContent) missing(ctx context.Context, id cid.Cid, err error) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("the node at %s could not get %s within %v", n.client.URL(), id, contentTimeout)
	}
	return err
}

// download ends its request when it is closed.
type download struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (d download) Close() error {
	defer d.cancel()
	return d.ReadCloser.Close()
}
