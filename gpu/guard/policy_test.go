package guard

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// of makes a reading; what is not named is absent.
func of(values map[Quantity]float64) *Reading {
	var r Reading
	for q := range r {
		r[q] = absent("nothing tells it")
	}
	for q, v := range values {
		r[q] = known(v)
	}
	return &r
}

// moment is one step of a story: after so many seconds, a reading, and what the policy says to it.
type moment struct {
	after  int
	values map[Quantity]float64
	want   string // state and share, and for pauses the kinds of the reasons
}

func TestPolicy(t *testing.T) {
	hot := func(v float64) map[Quantity]float64 { return map[Quantity]float64{Temperature: v} }
	type m = map[Quantity]float64
	for _, c := range []struct {
		name   string
		limits func(*Limits)
		story  []moment
	}{
		{"nothing is limited", func(*Limits) {}, []moment{{0, nil, "running 100"}, {5, hot(200), "running 100"}}},
		{"a share", func(l *Limits) { l.Share = 30 }, []moment{{0, nil, "running 30"}}},
		{"heat slows down, pauses at once, and goes on after a while with a margin", func(l *Limits) { l.Temperature = Limit{80, 70} }, []moment{
			{0, hot(60), "running 100"}, {2, hot(71), "slowed 90"}, {2, hot(75), "slowed 50"}, {2, hot(80), "slowed 20"},
			{2, hot(80.5), "paused [temperature]"}, {2, hot(75), "paused [temperature]"}, {2, hot(70), "paused [settling]"},
			{29, hot(70), "paused [settling]"}, {1, hot(65), "running 100"},
		}},
		{"what breaks a limit while it settles begins the wait anew", func(l *Limits) { l.Temperature = Limit{80, 70} }, []moment{
			{0, hot(90), "paused [temperature]"}, {2, hot(60), "paused [settling]"}, {25, hot(71), "paused [temperature]"},
			{2, hot(60), "paused [settling]"}, {29, hot(60), "paused [settling]"}, {1, hot(60), "running 100"},
		}},
		{"pauses that follow each other get longer, until there is calm", func(l *Limits) { l.Temperature = Limit{80, 70} }, []moment{
			{0, hot(90), "paused [temperature]"}, {1, hot(60), "paused [settling]"}, {30, hot(60), "running 100"},
			{1, hot(90), "paused [temperature]"}, {1, hot(60), "paused [settling]"}, {59, hot(60), "paused [settling]"}, {1, hot(60), "running 100"},
			{301, hot(90), "paused [temperature]"}, {1, hot(60), "paused [settling]"}, {30, hot(60), "running 100"},
		}},
		{"the owner's share is slowed, too", func(l *Limits) { l.Share, l.Power = 50, Limit{200, 100} }, []moment{
			{0, m{Power: 150}, "slowed 25"}, {1, m{Power: 201}, "paused [power]"},
		}},
		{"a limit that cannot be measured pauses", func(l *Limits) { l.Temperature = Limit{Pause: 80} }, []moment{{0, nil, "paused [temperature?]"}, {100, nil, "paused [temperature?]"}}},
		{"a sensor that fails for a moment does not pause", func(l *Limits) { l.Temperature = Limit{Pause: 80} }, []moment{
			{0, hot(50), "running 100"}, {14, nil, "running 100"}, {2, nil, "paused [temperature?]"},
		}},
		{"memory in use", func(l *Limits) { l.Memory = Limit{Pause: 8e9} }, []moment{
			{0, m{MemoryUsed: 7.9e9}, "running 100"}, {1, m{MemoryUsed: 8.1e9}, "paused [memory]"}, {1, m{MemoryUsed: 7.7e9}, "paused [memory]"}, {1, m{MemoryUsed: 7.5e9}, "paused [settling]"},
		}},
		{"free memory", func(l *Limits) { l.Free = Limit{2e9, 3e9} }, []moment{
			{0, m{MemoryUsed: 7e9, MemoryTotal: 9.5e9}, "running 100"}, {1, m{MemoryUsed: 8e9, MemoryTotal: 9.5e9}, "paused [free]"},
			{1, m{MemoryUsed: 7e9, MemoryTotal: 9.5e9}, "paused [free]"}, {1, m{MemoryUsed: 6e9, MemoryTotal: 9.5e9}, "paused [settling]"},
		}},
		{"almost all memory free", func(l *Limits) { l.Free = Limit{Pause: 9e9} }, []moment{
			{0, m{MemoryUsed: 0.4e9, MemoryTotal: 9.5e9}, "running 100"}, {1, m{MemoryUsed: 0.6e9, MemoryTotal: 9.5e9}, "paused [free]"},
			{1, m{MemoryUsed: 0.46e9, MemoryTotal: 9.5e9}, "paused [free]"}, {1, m{MemoryUsed: 0.4e9, MemoryTotal: 9.5e9}, "paused [settling]"},
		}},
		{"other programs", func(l *Limits) { l.Others = Limit{Pause: 30} }, []moment{
			{0, m{Others: 0.29}, "running 100"}, {1, m{Others: 0.31}, "paused [others]"}, {1, m{Others: 0.2}, "paused [others]"}, {1, m{Others: 0.1}, "paused [settling]"},
		}},
		{"only while nobody is there", func(l *Limits) { l.Idle = 10 * time.Minute }, []moment{
			{0, m{Idle: 599}, "paused [idle]"}, {1, m{Idle: 600}, "paused [settling]"}, {30, m{Idle: 630}, "running 100"}, {1, m{Idle: 0}, "paused [idle]"},
		}},
		{"not on battery, nor at once when the mains are back", func(l *Limits) { l.Battery = true }, []moment{
			{0, m{Battery: 0}, "running 100"}, {1, m{Battery: 1}, "paused [battery]"}, {1, m{Battery: 0}, "paused [settling]"}, {29, m{Battery: 1}, "paused [battery]"},
			{1, m{Battery: 0}, "paused [settling]"}, {29, m{Battery: 0}, "paused [settling]"}, {1, m{Battery: 0}, "running 100"},
		}},
		{"power goes on with a margin, the owner's or a tenth", func(l *Limits) { l.Power = Limit{Pause: 200} }, []moment{
			{0, m{Power: 180}, "running 100"}, {1, m{Power: 190}, "slowed 50"}, {1, m{Power: 201}, "paused [power]"}, {1, m{Power: 181}, "paused [power]"},
			{1, m{Power: 180}, "paused [settling]"}, {29, m{Power: 185}, "paused [power]"}, {1, m{Power: 150}, "paused [settling]"}, {30, m{Power: 150}, "running 100"},
		}},
		{"no sensor of power", func(l *Limits) { l.Power = Limit{Pause: 200} }, []moment{{0, nil, "paused [power?]"}, {60, m{Power: 100}, "paused [settling]"}, {30, m{Power: 100}, "running 100"}}},
		{"no sensor of memory", func(l *Limits) { l.Memory = Limit{Pause: 8e9} }, []moment{{0, m{MemoryTotal: 9e9}, "paused [memory?]"}, {60, nil, "paused [memory?]"}}},
		{"what is free is not told without the whole", func(l *Limits) { l.Free = Limit{Pause: 2e9} }, []moment{
			{0, m{MemoryUsed: 1e9}, "paused [free?]"}, {20, m{MemoryTotal: 9e9}, "paused [free?]"}, {1, m{MemoryUsed: 1e9, MemoryTotal: 9e9}, "paused [settling]"},
		}},
		{"no sensor of the battery", func(l *Limits) { l.Battery = true }, []moment{{0, nil, "paused [battery?]"}, {60, nil, "paused [battery?]"}}},
		{"no sensor of other programs", func(l *Limits) { l.Others = Limit{Pause: 30} }, []moment{{0, m{Busy: 0.1}, "paused [others?]"}}},
		{"hours", func(l *Limits) { l.Hours = []Window{window(t, "22:00-07:00"), window(t, "12:00-13:00")} }, []moment{
			{0, nil, "running 100"}, {3599, nil, "running 100"}, {1, nil, "paused [hours]"}, {9 * 3600, nil, "paused [settling]"}, {30, nil, "running 100"},
		}},
		{"several at once", func(l *Limits) { l.Battery, l.Temperature, l.Idle = true, Limit{Pause: 80}, time.Hour }, []moment{
			{0, m{Temperature: 90, Battery: 1}, "paused [temperature idle? battery]"},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := Defaults()
			c.limits(&l)
			require.NoError(t, l.Validate(""))
			p, now := NewPolicy(l), start
			for i, s := range c.story {
				now = now.Add(time.Duration(s.after) * time.Second)
				d := p.Step(now, of(s.values))
				got := fmt.Sprintf("%s %d", d.State(), d.Share)
				if d.Paused {
					var kinds []string
					for _, r := range d.Reasons {
						k := string(r.Kind)
						if r.Blind {
							k += "?"
						}
						kinds = append(kinds, k)
						require.NotEmpty(t, r.Text)
					}
					got = fmt.Sprint("paused ", kinds)
				}
				require.Equal(t, s.want, got, "moment %d: %s", i, d.Why())
			}
		})
	}
}

func TestReasonsAreSentences(t *testing.T) {
	l := Defaults()
	l.Temperature, l.Free, l.Idle, l.Others = Limit{80, 72}, Limit{Pause: 2 << 30}, 10*time.Minute, Limit{Pause: 20}
	l.Hours = []Window{window(t, "mon-fri 22:00-07:00")}
	p := NewPolicy(l)
	r := of(map[Quantity]float64{Temperature: 86, MemoryUsed: 15 << 30, MemoryTotal: 16 << 30, Idle: 12})
	d := p.Step(start, r)
	require.Equal(t, "the device's temperature is at 86 °C, the limit is 80 °C, and work goes on at 72 °C; "+
		"1.0 GiB of device memory are free, the limit is 2.0 GiB, and work goes on at 2.2 GiB; "+
		"a limit of 20 % for other programs' use of the device is set, and that cannot be measured here: nothing tells it; "+
		"somebody used the machine 12s ago, and it works for others only after 10m0s; "+
		"it is outside the hours mon-fri 22:00-07:00, which begin next on Wed 22:00", d.Why())
	require.Equal(t, time.Date(2026, 3, 4, 22, 0, 30, 0, time.UTC), d.Until)
}

func TestLimitsValidate(t *testing.T) {
	require.NoError(t, Defaults().Validate("guard."))
	l := Limits{
		Temperature: Limit{10, 0}, Power: Limit{200, 200}, Memory: Limit{0, 5}, Free: Limit{1 << 30, 1 << 20}, Others: Limit{math.NaN(), 0},
		Share: 101, Idle: time.Millisecond, Hours: make([]Window, 65), Settle: 0, Grace: time.Hour,
	}
	err := l.Validate("guard.")
	for _, field := range []string{"temperature.pause is 10", "power.resume is 200", "memory.resume is 5", "free.resume", "others.pause is NaN", "share is 101", "idle is 1ms", "hours has 65", "settle is 0s", "grace is 1h"} {
		require.ErrorContains(t, err, "guard."+field)
	}
}

func TestRoom(t *testing.T) {
	r := of(map[Quantity]float64{MemoryUsed: 6e9, MemoryTotal: 10e9})
	_, bounded := Limits{}.Room(r, false)
	require.False(t, bounded)
	n, bounded := Limits{Memory: Limit{Pause: 9e9}, Free: Limit{Pause: 2e9}}.Room(r, false)
	require.True(t, bounded)
	require.Equal(t, uint64(2e9), n)
	n, bounded = Limits{Memory: Limit{Pause: 9e9}, Free: Limit{Pause: 2e9}}.Room(r, true)
	require.True(t, bounded)
	require.Equal(t, uint64(1.8e9), n, "what goes on leaves the margin, too: a tenth of what must be free")
	n, bounded = Limits{Memory: Limit{Pause: 8e9, Resume: 7.5e9}}.Room(r, true)
	require.True(t, bounded)
	require.Equal(t, uint64(1.5e9), n)
	own := of(map[Quantity]float64{MemoryUsed: 6e9, MemoryTotal: 10e9, MemoryOwn: 5e9})
	n, bounded = Limits{Memory: Limit{Pause: 9e9}, Free: Limit{Pause: 2e9}}.Room(own, false)
	require.True(t, bounded)
	require.Equal(t, uint64(7e9), n, "what a program of this node has will be free when the next one runs")
	with := own.With(3e9)
	require.Equal(t, 4e9, with[MemoryUsed].Value, "others' 1 GB, and what the program says")
	with = r.With(3e9)
	require.Equal(t, 6e9, with[MemoryUsed].Value, "nothing tells whose it is")
	n, bounded = Limits{Memory: Limit{Pause: 5e9}}.Room(r, false)
	require.True(t, bounded)
	require.Zero(t, n)
	_, bounded = Limits{Memory: Limit{Pause: 5e9}}.Room(of(nil), false)
	require.False(t, bounded, "the policy pauses for that")
}

// Whatever sensors say, a machine changes between running and pausing only so often in an hour.
func TestNoFlapping(t *testing.T) {
	const most = 44 // with the default settings: 2 changes per pause of 30 s that is twice as long each time, and calm after 5 min
	noise := map[string]func(rng *rand.Rand, now time.Duration, paused bool) float64{
		"noise around the limit":  func(rng *rand.Rand, _ time.Duration, _ bool) float64 { return 80 + rng.NormFloat64()*3 },
		"noise around the margin": func(rng *rand.Rand, _ time.Duration, _ bool) float64 { return 72 + rng.NormFloat64()*8 },
		"cold when paused, hot at once": func(_ *rand.Rand, _ time.Duration, paused bool) float64 {
			if paused {
				return 20
			}
			return 90
		},
		"anything": func(rng *rand.Rand, _ time.Duration, _ bool) float64 { return rng.Float64() * 120 },
		"a wave":   func(_ *rand.Rand, now time.Duration, _ bool) float64 { return 75 + 20*math.Sin(now.Seconds()/20) },
	}
	for period := 1; period <= 400; period += 19 { // hot once it has run for so long: the worst for a wait that calm ends
		noise[fmt.Sprintf("hot after %d s", period)] = nil
	}
	// Each limit sees the noise as a level, of which 80 is the limit and 72 the margin.
	type m = map[Quantity]float64
	one := func(over bool) float64 {
		if over {
			return 1
		}
		return 0
	}
	limits := []struct {
		name string
		set  func(*Limits)
		at   func(level float64) m
	}{
		{"temperature", func(l *Limits) { l.Temperature = Limit{80, 72} }, func(v float64) m { return m{Temperature: v} }},
		{"power", func(l *Limits) { l.Power = Limit{160, 144} }, func(v float64) m { return m{Power: 2 * v} }},
		{"memory", func(l *Limits) { l.Memory = Limit{8e9, 7.2e9} }, func(v float64) m { return m{MemoryUsed: v * 1e8} }},
		{"free", func(l *Limits) { l.Free = Limit{2e9, 2.8e9} }, func(v float64) m { return m{MemoryUsed: v * 1e8, MemoryTotal: 10e9} }},
		{"others", func(l *Limits) { l.Others = Limit{80, 72} }, func(v float64) m { return m{Others: v / 100} }},
		{"idle", func(l *Limits) { l.Idle = time.Minute }, func(v float64) m { return m{Idle: 3600 * one(v <= 80)} }},
		{"battery", func(l *Limits) { l.Battery = true }, func(v float64) m { return m{Battery: one(v > 80)} }},
		{"a sensor that fails", func(l *Limits) { l.Power = Limit{160, 144} }, func(v float64) m {
			if v > 80 {
				return nil
			}
			return m{Power: 100}
		}},
	}
	for name, f := range noise {
		for _, limit := range limits {
			testNoFlapping(t, most, name+", "+limit.name, limit.set, limit.at, f)
		}
	}
}

func testNoFlapping(t *testing.T, most int, name string, set func(*Limits), at func(float64) map[Quantity]float64, f func(*rand.Rand, time.Duration, bool) float64) {
	t.Run(name, func(t *testing.T) {
		l := Defaults()
		set(&l)
		p, rng := NewPolicy(l), rand.New(rand.NewPCG(1, 2))
		var after int
		if f == nil {
			_, err := fmt.Sscanf(name, "hot after %d s", &after)
			require.NoError(t, err)
		}
		changes, paused, since := []time.Duration{}, false, time.Duration(0)
		for now := time.Duration(0); now < 3*time.Hour; now += 2 * time.Second {
			v := 20.0
			if f != nil {
				v = f(rng, now, paused)
			} else if !paused && now-since >= time.Duration(after)*time.Second {
				v = 90
			}
			if d := p.Step(start.Add(now), of(at(v))); d.Paused != paused {
				paused, since = d.Paused, now
				changes = append(changes, now)
			}
		}
		for i := range changes {
			n := 0
			for _, at := range changes[i:] {
				if at-changes[i] < time.Hour {
					n++
				}
			}
			require.LessOrEqual(t, n, most)
		}
	})
}

// FuzzPolicy: no reading over a limit goes with a run, shares stay in range, reasons are given, and a pause lasts.
func FuzzPolicy(f *testing.F) {
	f.Add(uint64(1), uint8(1))
	f.Add(uint64(99), uint8(60))
	f.Fuzz(func(t *testing.T, seed uint64, every uint8) {
		rng := rand.New(rand.NewPCG(seed, 0))
		l := Defaults()
		l.Share = 1 + rng.IntN(100)
		maybe := func(v Limit) Limit {
			if rng.IntN(2) == 0 {
				return Limit{}
			}
			return v
		}
		l.Temperature, l.Power = maybe(Limit{40 + 60*rng.Float64(), 0}), maybe(Limit{100, 50})
		l.Free, l.Others = maybe(Limit{Pause: 1 << 30}), maybe(Limit{Pause: 50})
		if rng.IntN(2) == 0 {
			l.Idle = time.Minute
		}
		if err := l.Validate(""); err != nil {
			t.Fatal(err)
		}
		p, now := NewPolicy(l), start
		was := Decision{}
		for range 300 {
			now = now.Add(time.Duration(rng.IntN(1+int(every))) * time.Second)
			var r Reading
			for q := range r {
				if r[q] = absent("gone"); rng.IntN(10) > 0 {
					r[q] = known(rng.Float64() * []float64{1, 120, 1 << 32, 3600}[rng.IntN(4)])
				}
			}
			d := p.Step(now, &r)
			switch {
			case d.Share < 1 || d.Share > l.Share:
				t.Fatalf("share %d of %d", d.Share, l.Share)
			case d.Paused && len(d.Reasons) == 0:
				t.Fatal("a pause without a reason")
			case !d.Paused && l.Temperature.set() && r[Temperature].Known && r[Temperature].Value > l.Temperature.Pause:
				t.Fatal("it runs above the limit")
			case !d.Paused && was.Paused && now.Sub(was.Since) < l.Settle:
				t.Fatal("the pause did not last")
			}
			was = d
		}
	})
}
