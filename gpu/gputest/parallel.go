package gputest

import (
	"flag"
	"fmt"
)

// Parallel has so many parallel tests of a package run at once that wait more than they compute, unless -parallel says how many. It is for TestMain.
func Parallel(n int) {
	flag.Parse()
	said := false
	flag.Visit(func(f *flag.Flag) { said = said || f.Name == "test.parallel" })
	if said {
		return
	}
	if err := flag.Set("test.parallel", fmt.Sprint(n)); err != nil {
		panic(err)
	}
}
