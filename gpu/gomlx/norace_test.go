//go:build !race

package gomlx_test

const raced = false
