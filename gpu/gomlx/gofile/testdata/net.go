// A network of one hidden layer, in GoMLX, for a training file that says "model: net.go".
package main

import (
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"

	"gpumesh/gpu/gomlx"
	"gpumesh/gpu/gomlx/gofile"
	"gpumesh/gpu/gomlx/zoo"
)

func main() { gofile.Main(net) }

func net(sizes map[string]int) (gomlx.Model, error) {
	predict := func(scope *model.Scope, in []*graph.Node) *graph.Node {
		hidden := graph.Tanh(layers.Dense(scope.In("hidden"), in[0], true, sizes["hidden"]))
		return layers.Dense(scope.In("classes"), hidden, true, 2)
	}
	x := gomlx.Port{Name: "x", DType: dtypes.Float32, Dims: []int{3}}
	return zoo.Classifier(gomlx.Model{Inputs: []gomlx.Port{x}, Classes: 2, Predict: predict}, false), nil
}
