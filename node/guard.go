package node

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"gpumesh/gpu"
	"gpumesh/gpu/guard"
	"gpumesh/market"
)

// Sensors tells what the machine measures of a device. *guard.Sensors of gpumesh/gpu/guard is one. One goroutine uses it.
type Sensors interface {
	Read(now time.Time) guard.Reading
	Close() error
}

const (
	guardEvery = 2 * time.Second  // between readings while a limit is set
	watchEvery = 15 * time.Second // and when none is: they are for people only
)

// warden keeps the machine within its owner's limits: it reads the sensors, and says when programs may run.
type warden struct {
	limits guard.Limits
	open   func(gpu.Info) Sensors // nil: there are none
	share  func(percent int)
	tell   func(market.Condition) // nil: nobody wants to know
	told   market.Condition       // belongs to decide
	log    *slog.Logger
	sensed chan struct{} // closed after the first reading of the sensors
	wake   chan struct{} // holds a token when there is something to decide at once

	mu struct {
		sync.Mutex
		decided  bool
		reading  guard.Reading
		decision guard.Decision
		fault    string    // why nothing may run on the device; empty: nothing is known against it
		since    time.Time // of the first fault
		limited  bool      // the limits pause, whatever is known against the device
		device   *gpu.Info // that has taken the place of the one whose sensors are read; nil: none
		pauses   map[guard.Kind]float64
		needs    []uint64      // bytes of device memory of what runs
		looked   chan struct{} // closed by the next decision
		// running and paused are open but for the one that says how it is; neither is closed before the first decision.
		running, paused chan struct{}
	}
}

func newWarden(l guard.Limits, open func(gpu.Info) Sensors, share func(int), log *slog.Logger) *warden {
	w := &warden{limits: l, open: open, share: share, log: log, sensed: make(chan struct{}), wake: make(chan struct{}, 1)}
	w.mu.pauses = map[guard.Kind]float64{}
	w.mu.running, w.mu.paused, w.mu.looked = make(chan struct{}), make(chan struct{}), make(chan struct{})
	return w
}

// run decides again and again until ctx ends. info waits for the device.
func (w *warden) run(ctx context.Context, info func(context.Context) (gpu.Info, error)) error {
	policy := guard.NewPolicy(w.limits)
	every := guardEvery
	if !w.limits.Any() {
		every = watchEvery
		w.decide(time.Now(), policy, nil) // nothing need be measured for that
	}
	device, err := info(ctx)
	if err != nil {
		return nil // the node stops
	}
	var sensors Sensors
	end := func() {
		if sensors == nil {
			return
		}
		if err := sensors.Close(); err != nil {
			w.log.Warn("Sensors not closed", "err", err)
		}
	}
	defer end()
	if w.open != nil {
		sensors = w.open(device)
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for first := true; ; first = false {
		if next := w.other(); next != nil && w.open != nil {
			end()
			sensors = w.open(*next)
		}
		w.decide(time.Now(), policy, sensors)
		if first {
			close(w.sensed)
		}
		select {
		case <-tick.C:
		case <-w.wake:
		case <-ctx.Done():
			return nil
		}
	}
}

// moved has the sensors of another device read from now on.
func (w *warden) moved(device gpu.Info) {
	w.mu.Lock()
	w.mu.device = &device
	w.mu.Unlock()
	w.rouse()
}

// other takes what moved was told.
func (w *warden) other() *gpu.Info {
	w.mu.Lock()
	defer w.mu.Unlock()
	device := w.mu.device
	w.mu.device = nil
	return device
}

// rouse has something decided at once.
func (w *warden) rouse() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// decide takes a reading, and tells those who wait what follows from it.
func (w *warden) decide(now time.Time, policy *guard.Policy, sensors Sensors) {
	var r guard.Reading
	if sensors != nil {
		r = sensors.Read(now)
	}
	seen := r.With(w.need())
	d := policy.Step(now, &seen)
	w.mu.Lock()
	close(w.mu.looked)
	w.mu.looked = make(chan struct{})
	w.mu.limited = d.Paused
	if w.mu.fault != "" {
		d.Paused, d.Until = true, time.Time{}
		d.Since = w.mu.since
		d.Reasons = append([]guard.Reason{{Kind: guard.ByDevice, Text: w.mu.fault, Blind: true}}, d.Reasons...)
	}
	first, was := !w.mu.decided, w.mu.decision
	w.mu.decided, w.mu.reading, w.mu.decision = true, r, d
	changed := first || was.Paused != d.Paused
	switch {
	case changed && d.Paused:
		for _, reason := range d.Reasons {
			w.mu.pauses[reason.Kind]++
		}
		if !first {
			w.mu.running = make(chan struct{})
		}
		close(w.mu.paused)
	case changed:
		if !first {
			w.mu.paused = make(chan struct{})
		}
		close(w.mu.running)
	}
	w.mu.Unlock()
	if first || was.Share != d.Share {
		w.share(d.Share)
	}
	if c := condition(d); w.tell != nil && c != w.told {
		w.told = c
		w.tell(c)
	}
	switch {
	case changed && d.Paused:
		w.log.Warn("Work for others is paused", "why", d.Why())
	case changed && !first:
		w.log.Info("Work for others goes on", "paused", now.Sub(was.Since).Round(time.Second))
	case was.Share != d.Share && !d.Paused:
		w.log.Debug("Share of the device changed", "percent", d.Share, "why", d.Why())
	}
}

// fault pauses all work for as long as there is something against the device; empty: there is nothing any more.
func (w *warden) fault(why string) {
	w.mu.Lock()
	if w.mu.fault == "" {
		w.mu.since = time.Now()
	}
	w.mu.fault = why
	w.mu.Unlock()
	w.rouse()
}

// state returns what was read and decided last; decided is false before that.
func (w *warden) state() (r guard.Reading, d guard.Decision, decided bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.mu.reading, w.mu.decision, w.mu.decided
}

// pause returns a channel that is closed once programs must not run.
func (w *warden) pause() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.mu.paused
}

// need is how much device memory what runs says that it takes, in bytes.
func (w *warden) need() (most uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, n := range w.mu.needs { // they have the device one after the other
		most = max(most, n)
	}
	return most
}

// errGrace ends a run that did not end soon enough after the machine needed a pause.
var errGrace = errors.New("the machine is paused, and the run did not end in time")

// begin counts a run of so many bytes of device memory, and returns a context that ends, with the cause errGrace, when a pause has lasted for
// the owner's grace. end must be called when the run is over.
func (w *warden) begin(ctx context.Context, need uint64) (run context.Context, end func()) {
	w.mu.Lock()
	w.mu.needs = append(w.mu.needs, need)
	w.mu.Unlock()
	run, stop := context.WithCancelCause(ctx)
	go w.endAfter(run, stop)
	return run, func() {
		stop(nil)
		w.mu.Lock()
		defer w.mu.Unlock()
		i := slices.Index(w.mu.needs, need)
		w.mu.needs = slices.Delete(w.mu.needs, i, i+1)
	}
}

func (w *warden) endAfter(run context.Context, stop context.CancelCauseFunc) {
	for {
		select {
		case <-w.pause():
		case <-run.Done():
			return
		}
		w.mu.Lock()
		running := w.mu.running
		w.mu.Unlock()
		timer := time.NewTimer(w.limits.Grace)
		select {
		case <-timer.C:
			stop(errGrace)
			return
		case <-running:
		case <-run.Done():
		}
		timer.Stop()
	}
}

// within runs what has no checkpoints while the machine's limits allow it: it waits until they do, no longer than patience, and ends it when a
// pause lasts for the grace. The error, for strangers, is then a *gpu.Error with code Paused. need is in bytes of device memory.
func (w *warden) within(ctx context.Context, need uint64, patience time.Duration, run func(context.Context) error) error {
	if err := w.wait(ctx, need, patience, false); err != nil {
		return err
	}
	bound, end := w.begin(ctx, need)
	defer end()
	err := run(bound)
	if err != nil && context.Cause(bound) == errGrace {
		return gpu.Errorf(gpu.Paused, "this provider was paused in the middle of it")
	}
	return err
}

// despite runs what a fault of the device does not keep from running: measuring the one that takes its place. It waits for the limits without an end, and ends
// what runs when they are crossed.
func (w *warden) despite(ctx context.Context, run func(context.Context) error) error {
	look := func(until bool) bool { // until the limits pause, or do not; false: ctx ended
		for {
			w.mu.Lock()
			limited, looked := w.mu.limited || !w.mu.decided, w.mu.looked
			w.mu.Unlock()
			if limited == until {
				return true
			}
			select {
			case <-looked:
			case <-ctx.Done():
				return false
			}
		}
	}
	if !look(false) {
		return ctx.Err()
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		if look(true) {
			stop()
		}
	}()
	return run(ctx)
}

// wait returns once programs may run and one that needs so many bytes of device memory has room; what goes on after a pause leaves the margin
// of the limits, too. It gives up after patience, and at once when the pause is known to last longer; the error, for strangers, is then a
// *gpu.Error with code Paused. A patience of 0 has no end.
func (w *warden) wait(ctx context.Context, need uint64, patience time.Duration, again bool) error {
	var over <-chan time.Time
	if patience > 0 {
		timer := time.NewTimer(patience)
		defer timer.Stop()
		over = timer.C
	}
	began := time.Now()
	for {
		w.mu.Lock()
		running, paused, d, decided, looked := w.mu.running, w.mu.paused, w.mu.decision, w.mu.decided, w.mu.looked
		w.mu.Unlock()
		short := decided && !d.Paused && !w.fits(need, again)
		if short { // until more memory is free
			running, paused = looked, nil
		}
		if decided && d.Paused && patience > 0 && (blind(d) || !d.Until.IsZero() && d.Until.After(began.Add(patience))) {
			return gpu.Errorf(gpu.Paused, "%s, and the pause will last", excuse(d))
		}
		if decided { // a change of reasons is no event, so it is looked at again when the pause is over or begins
			paused = nil
		}
		select {
		case <-running:
			if !short && w.fits(need, again) {
				return nil
			}
		case <-paused:
		case <-over:
			if short {
				return gpu.Errorf(gpu.Paused, "this provider has too little free memory on its device, for more than %v", patience)
			}
			return gpu.Errorf(gpu.Paused, "%s, for more than %v", excuse(d), patience)
		case <-ctx.Done():
			return gpu.Errorf(gpu.Canceled, "the task was canceled before its turn")
		}
	}
}

// sense is the newest reading of the sensors. It waits for the first.
func (w *warden) sense(ctx context.Context) guard.Reading {
	select {
	case <-w.sensed:
	case <-ctx.Done():
	}
	r, _, _ := w.state()
	return r
}

// fits reports whether a program of so many bytes of device memory leaves what the limits want free; again: with their margin.
func (w *warden) fits(need uint64, again bool) bool {
	r, _, _ := w.state()
	room, bounded := w.limits.Room(&r, again)
	return !bounded || need <= room
}

// blind reports whether a pause lasts until its owner changes something.
func blind(d guard.Decision) bool {
	return slices.ContainsFunc(d.Reasons, func(r guard.Reason) bool { return r.Blind })
}

// excuse says to strangers why this node does not work. What its owner does and when is not their business.
func excuse(d guard.Decision) string {
	var out []string
	for _, r := range d.Reasons {
		text := "its owner needs the machine"
		switch {
		case r.Kind == guard.ByDevice:
			text = "its device failed"
		case r.Blind:
			text = "it cannot measure what it has to keep to"
		case r.Kind == guard.ByTemperature:
			text = "its device is too hot"
		case r.Kind == guard.ByPower:
			text = "its device draws too much power"
		case r.Kind == guard.ByMemory || r.Kind == guard.ByFree:
			text = "too little of its device's memory is free"
		case r.Kind == guard.BySettling:
			text = "it will go on soon"
		}
		if !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return "this provider is paused: " + strings.Join(out, ", ")
}

// condition is what others hear of the machine.
func condition(d guard.Decision) market.Condition {
	switch {
	case d.Paused:
		return market.Condition{State: market.Paused, Reason: excuse(d)}
	case d.Share < 100:
		return market.Condition{State: market.Degraded, Reason: "its device may be used a part of the time only"}
	}
	return market.Condition{State: market.Healthy}
}

// admit says whether a job that needs so many bytes of device memory may be offered for now. A refusal is for its owner.
func (w *warden) admit(memory uint64) error {
	r, d, decided := w.state()
	if decided && d.Paused {
		return refuse(market.DeclinePaused, "%s", excuse(d))
	}
	if room, bounded := w.limits.Room(&r, false); bounded && memory > room {
		return refuse(market.DeclineCapacity, "a task needs %d bytes of device memory, and this provider can spare %d now", memory, room)
	}
	return nil
}

// Guard is how the limits of a provider's machine stand.
type Guard struct {
	State    string         `json:"state"`             // running, slowed or paused
	Reasons  []string       `json:"reasons,omitempty"` // of a pause or a slow-down
	Share    int            `json:"share"`             // percent of time in which programs may keep the device busy
	Since    int64          `json:"since"`             // of the last change between running and paused, in milliseconds since the epoch
	Until    int64          `json:"until,omitempty"`   // when a pause ends at the earliest; 0: it cannot be told
	Readings []GuardReading `json:"readings"`
}

// GuardReading is what one sensor says.
type GuardReading struct {
	Quantity string  `json:"quantity"`
	Value    float64 `json:"value,omitempty"` // see guard.Quantity for its unit
	Text     string  `json:"text,omitempty"`  // the value for people
	Missing  string  `json:"missing,omitempty"`
}

// status returns how the limits stand; nil before that is known. problem is what the owner has to mend.
func (w *warden) status() (g *Guard, problem string) {
	r, d, decided := w.state()
	if !decided {
		return nil, ""
	}
	g = &Guard{State: d.State(), Share: d.Share, Since: d.Since.UnixMilli()}
	if !d.Until.IsZero() {
		g.Until = d.Until.UnixMilli()
	}
	for _, reason := range d.Reasons {
		g.Reasons = append(g.Reasons, reason.Text)
		if reason.Blind && problem == "" {
			problem = "no work for others: " + reason.Text
		}
	}
	for _, q := range guard.Quantities() {
		s := GuardReading{Quantity: q.String(), Missing: r[q].Why}
		if r[q].Known {
			s.Value, s.Text = r[q].Value, q.Format(r[q].Value)
		}
		g.Readings = append(g.Readings, s)
	}
	return g, problem
}

var (
	pausedDesc  = prometheus.NewDesc("gpumesh_guard_paused", "Whether work for others is paused.", nil, nil)
	shareDesc   = prometheus.NewDesc("gpumesh_guard_share", "Part of the time in which programs may keep the device busy.", nil, nil)
	pausesDesc  = prometheus.NewDesc("gpumesh_guard_pauses_total", "Pauses by the limit that began them.", []string{"limit"}, nil)
	readingDesc = prometheus.NewDesc("gpumesh_guard_reading", "What the sensors say, in degrees Celsius, watts, bytes, seconds or as a part of 1.", []string{"quantity"}, nil)
)

// Describe and Collect make the warden a prometheus.Collector.
func (w *warden) Describe(c chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{pausedDesc, shareDesc, pausesDesc, readingDesc} {
		c <- d
	}
}

func (w *warden) Collect(c chan<- prometheus.Metric) {
	r, d, decided := w.state()
	if !decided {
		return
	}
	gauge := func(desc *prometheus.Desc, v float64, labels ...string) {
		c <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, v, labels...)
	}
	paused := 0.0
	if d.Paused {
		paused = 1
	}
	gauge(pausedDesc, paused)
	gauge(shareDesc, float64(d.Share)/100)
	for _, q := range guard.Quantities() {
		if r[q].Known {
			gauge(readingDesc, r[q].Value, q.String())
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for kind, n := range w.mu.pauses {
		c <- prometheus.MustNewConstMetric(pausesDesc, prometheus.CounterValue, n, string(kind))
	}
}
