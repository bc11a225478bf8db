package wgsl

import "github.com/gogpu/naga/ir"

func (o *outline) order(mod *ir.Module) *Error { return nil }
