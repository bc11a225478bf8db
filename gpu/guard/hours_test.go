package guard

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func window(t testing.TB, s string) Window {
	w, err := ParseWindow(s)
	require.NoError(t, err)
	return w
}

func TestWindow(t *testing.T) {
	at := func(s string) time.Time { // 2026-03-02 is a Monday
		x, err := time.Parse("Mon 2 15:04", s)
		require.NoError(t, err)
		return time.Date(2026, 3, x.Day(), x.Hour(), x.Minute(), 0, 0, time.UTC)
	}
	for _, c := range []struct {
		window  string
		in, out []string
	}{
		{"22:00-07:00", []string{"Mon 2 22:00", "Mon 2 23:59", "Tue 3 00:00", "Tue 3 06:59"}, []string{"Mon 2 21:59", "Tue 3 07:00", "Tue 3 12:00"}},
		{"mon-fri 18:30-23:00", []string{"Mon 2 18:30", "Fri 6 22:59"}, []string{"Mon 2 18:29", "Mon 2 23:00", "Sat 7 20:00", "Sun 8 20:00"}},
		{"sat,sun", []string{"Sat 7 00:00", "Sun 8 23:59"}, []string{"Fri 6 23:59", "Mon 9 00:00"}},
		{"fri 22:00-04:00", []string{"Fri 6 22:00", "Sat 7 03:59"}, []string{"Fri 6 03:00", "Sat 7 22:30", "Sat 7 04:00"}},
		{"sat-mon 08:00-24:00", []string{"Sun 8 08:00", "Mon 9 23:59"}, []string{"Tue 10 00:00", "Tue 10 09:00"}},
		{"00:00-24:00", []string{"Mon 2 00:00", "Sun 8 23:59"}, nil},
	} {
		w := window(t, c.window)
		for _, s := range c.in {
			require.True(t, w.Contains(at(s)), "%s has %s", c.window, s)
		}
		for _, s := range c.out {
			require.False(t, w.Contains(at(s)), "%s lacks %s", c.window, s)
		}
		again, err := ParseWindow(w.String())
		require.NoError(t, err)
		require.Equal(t, w, again)
	}
	for _, s := range []string{"", "22-7", "22:00", "25:00-07:00", "22:60-07:00", "07:00-07:00", "24:00-07:00", "mon-", "foo 22:00-07:00", "mon 22:00-07:00 tue", "mon 22:00 -07:00", "22:00-07:0x"} {
		_, err := ParseWindow(s)
		require.Error(t, err, s)
	}
	opens, ok := window(t, "fri 22:00-04:00").opens(at("Fri 6 22:00"))
	require.True(t, ok)
	require.Equal(t, at("Fri 13 22:00"), opens)
}

// The clock on the wall counts, also where an hour is skipped or comes twice.
func TestWindowWhenClocksChange(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("this machine has no time zones")
	}
	w := window(t, "22:00-07:00")
	for _, night := range []time.Time{time.Date(2026, 3, 28, 22, 0, 0, 0, berlin), time.Date(2026, 10, 24, 22, 0, 0, 0, berlin)} {
		n := 0
		for m := range 12 * 60 {
			at := night.Add(time.Duration(m) * time.Minute)
			if w.Contains(at) {
				n++
			}
			opens, ok := w.opens(at)
			require.True(t, ok)
			require.True(t, opens.After(at) && w.Contains(opens))
		}
		require.Contains(t, []int{8 * 60, 10 * 60}, n, "a night of the change is an hour shorter or longer")
	}
}

// A window that begins in the hour that is skipped begins after it, and one that lies in it begins on the next day.
func TestWindowInTheSkippedHour(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("this machine has no time zones")
	}
	evening := time.Date(2026, 3, 28, 20, 0, 0, 0, berlin)
	for s, want := range map[string]time.Time{
		"02:15-02:45":     time.Date(2026, 3, 30, 2, 15, 0, 0, berlin),
		"02:30-06:00":     time.Date(2026, 3, 29, 3, 0, 0, 0, berlin),
		"sun 02:30-02:40": time.Date(2026, 4, 5, 2, 30, 0, 0, berlin),
		"03:00-04:00":     time.Date(2026, 3, 29, 3, 0, 0, 0, berlin),
	} {
		w := window(t, s)
		at, ok := w.opens(evening)
		require.True(t, ok, s)
		require.True(t, at.Equal(want), "%s opens at %v", s, at)
		require.True(t, w.Contains(at), s)
		require.False(t, w.Contains(at.Add(-time.Minute)), s)
	}
}

func FuzzWindow(f *testing.F) {
	for _, s := range []string{"22:00-07:00", "mon-fri 18:30-23:00", "sat,sun", "x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, err := ParseWindow(s)
		if err != nil {
			return
		}
		again, err := ParseWindow(w.String())
		if err != nil || again != w {
			t.Fatalf("%q becomes %q: %v", s, w, err)
		}
		at, ok := w.opens(start)
		if !ok || !at.After(start) || !w.Contains(at) {
			t.Fatalf("%q opens at %v", s, at)
		}
	})
}
