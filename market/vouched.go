package market

import (
	"fmt"

	"gpumesh/poc"
)

// vouchedFor takes over what witnesses vouch for. What is offered already stands: it was true when it was signed.
func (m *Machine) vouchedFor(ev Vouched) error {
	if m.cfg.Network.Challenge == nil || m.cfg.Provider == nil || ev.Capability != nil && ev.Capability.Peer != m.cfg.Self {
		return ErrNotForUs
	}
	m.vouched = ev.Capability
	return nil
}

// Believed is the most that this provider may offer: all that it measured where there are no challenges, else what witnesses vouch for,
// and at least the network's floor.
func (m *Machine) Believed() poc.Capacity {
	c := m.cfg.Network.Challenge
	if c == nil {
		return poc.Capacity{Memory: ^uint64(0), Speed: ^uint64(0)}
	}
	return c.Believed(m.vouched)
}

// Believed is what a provider with this capability, or none, may offer.
func (c *Challenges) Believed(vouched *poc.Capability) poc.Capacity {
	if vouched == nil {
		return c.Floor
	}
	return poc.Capacity{Memory: max(c.Floor.Memory, vouched.Capacity.Memory), Speed: max(c.Floor.Speed, vouched.Capacity.Speed)}
}

// unvouched says in one sentence why a task is more than this provider may offer for; empty if it is not.
func (m *Machine) unvouched(memory, speed uint64) string {
	switch b := m.Believed(); {
	case memory > b.Memory:
		return fmt.Sprintf("a task needs %d bytes of device memory, and %d are vouched for here", memory, b.Memory)
	case speed > b.Speed:
		return fmt.Sprintf("the job asks for devices of at least %d i32 operations per second, and %d are vouched for here", speed, b.Speed)
	}
	return ""
}
