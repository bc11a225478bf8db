package poc

// phaseTransitions lists the transitions of a task. Done is terminal. So is Failed, but for a certificate: a failure is one node's
// view, which nobody signed, and who was cut off takes a result that is proven.
var phaseTransitions = map[Phase][]Phase{
	Waiting:   {Computing, Certified, Failed},            // a node whose inputs are late may still see the quorum of the others
	Computing: {Revealing, Attesting, Certified, Failed}, // Attesting: a reveal that was thought withheld came in a later round
	Revealing: {Computing, Attesting, Certified, Failed}, // Computing: a dissent drew further replicas
	Attesting: {Certified, Failed},
	Certified: {Done},
	Failed:    {Certified},
}

func canTransition(from, to Phase) bool {
	for _, p := range phaseTransitions[from] {
		if p == to {
			return true
		}
	}
	return false
}

// over reports whether this node looks for nothing more.
func (p Phase) over() bool { return p == Done || p == Failed }

// open reports whether the task still looks for a quorum.
func (p Phase) open() bool { return p < Certified }
