package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"gpumesh/gpu/kernels"
)

// kernelsCommand lists the kernel library, which job files name with builtin.
func (a *app) kernelsCommand() *cobra.Command {
	return &cobra.Command{
		Use: "kernels", Short: "List the kernels that job files can name with builtin", Args: exactly(),
		RunE: func(*cobra.Command, []string) error {
			if done, err := a.emit(kernels.Names()); done {
				return err
			}
			for _, k := range kernels.Names() {
				a.printf("%s  %s\n", k.Name, k.Help)
				a.printf("    with     %s\n", strings.Join(describeParams(k.Params), ", "))
				a.printf("    inputs   %s\n", strings.Join(describePorts(k.Inputs), ", "))
				a.printf("    outputs  %s\n", strings.Join(describePorts(k.Outputs), ", "))
			}
			return nil
		},
	}
}

func describeParams(params []kernels.Param) (out []string) {
	for _, p := range params {
		text := fmt.Sprintf("%s (%s)", p.Name, p.Help)
		if !p.Required() {
			text = fmt.Sprintf("%s = %d (%s)", p.Name, p.Default, p.Help)
		}
		out = append(out, text)
	}
	return out
}

func describePorts(ports []kernels.Port) (out []string) {
	for _, p := range ports {
		text := fmt.Sprintf("%s: %s %s", p.Name, p.Type, p.Shape)
		if p.Optional {
			text += " (may be left out)"
		}
		out = append(out, text)
	}
	if len(out) == 0 {
		return []string{"none"}
	}
	return out
}
