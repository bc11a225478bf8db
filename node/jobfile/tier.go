package jobfile

import (
	"fmt"
	"slices"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
)

// Tier is what an owner wants to be able to compare results by.
type Tier string

// The tiers. Empty is Reproducible where every program has such a form, and else ClassExact.
const (
	Exact        Tier = "exact"        // refuse a program that is not bit for bit the same everywhere as it is written
	Reproducible Tier = "reproducible" // compute floats in the form that is the same everywhere
	Fast         Tier = "fast"         // compute floats as each driver does; only devices of one class can agree
	ClassExact   Tier = "class-exact"  // as fast, on devices of one class, whose results are equal
	Tolerance    Tier = "tolerance"    // as fast, on any devices; floats pass for equal within bounds
	Image        Tier = "image"        // as tolerance, for samples of 8 bits
)

// Tiers names those that a job file may ask for.
const Tiers = "exact, reproducible, class-exact, tolerance, image or fast"

func (t Tier) valid() bool {
	return slices.Contains([]Tier{"", Exact, Reproducible, Fast, ClassExact, Tolerance, Image}, t)
}

// asWritten reports whether programs compute floats as each driver does.
func (t Tier) asWritten() bool { return t != "" && t != Exact && t != Reproducible }

// Apply checks p and gives its modules the form that the tier asks for. The error is one sentence.
func (t Tier) Apply(p *gpu.Program) (*gpu.Report, error) {
	if t.asWritten() {
		return gpu.Check(p)
	}
	for i := range p.Modules {
		p.Modules[i].Float = ""
	}
	report, err := gpu.Check(p)
	if err != nil || report.Tier == wgsl.Exact {
		return report, err
	}
	if t == Exact {
		i := slices.IndexFunc(report.Reasons, lowers)
		r := report.Reasons[i]
		return nil, fmt.Errorf("the program is not exact: module %q, line %d: %s; ask for the tier reproducible, class-exact, tolerance or fast", r.Module, r.Line, r.Message)
	}
	if err := report.Reproducible(p); err != nil {
		if t == "" {
			return report, nil
		}
		return nil, err
	}
	for i := range p.Modules {
		m := &p.Modules[i]
		if slices.ContainsFunc(report.Reasons, func(r gpu.TierReason) bool { return r.Module == m.Name && lowers(r) }) {
			m.Float = gpu.Reproducible1
		}
	}
	return gpu.Check(p)
}

func lowers(r gpu.TierReason) bool { return !r.Note }
