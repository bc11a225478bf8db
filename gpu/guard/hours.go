package guard

import (
	"fmt"
	"strings"
	"time"
)

// Window is a part of the week in local time, such as "22:00-07:00", "mon-fri 18:30-23:00" or "sat,sun". It may go over
// midnight; the days are those on which it begins.
type Window struct {
	days     [7]bool // by time.Weekday
	from, to int     // minutes of the day, 0 to 1440; to <= from: it ends on the next day
}

const day = 24 * 60

var dayNames = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// ParseWindow reads a window.
func ParseWindow(s string) (Window, error) {
	bad := func() (Window, error) {
		return Window{}, fmt.Errorf("%q is no window of time; write it like 22:00-07:00, mon-fri 18:30-23:00 or sat,sun", s)
	}
	w := Window{to: day}
	fields := strings.Fields(strings.ToLower(s))
	if len(fields) == 0 || len(fields) > 2 {
		return bad()
	}
	if first := fields[0]; first[0] >= 'a' && first[0] <= 'z' {
		for part := range strings.SplitSeq(first, ",") {
			a, b, isRange := strings.Cut(part, "-")
			from, to := weekday(a), weekday(b)
			if !isRange {
				to = from
			}
			if from < 0 || to < 0 {
				return bad()
			}
			for d := from; ; d = (d + 1) % 7 {
				w.days[d] = true
				if d == to {
					break
				}
			}
		}
		if fields = fields[1:]; len(fields) == 0 {
			return w, nil
		}
	} else {
		for d := range w.days {
			w.days[d] = true
		}
	}
	if len(fields) != 1 {
		return bad()
	}
	a, b, ok := strings.Cut(fields[0], "-")
	var err error
	if w.from, err = minutes(a); err != nil || !ok {
		return bad()
	}
	if w.to, err = minutes(b); err != nil || w.from == w.to || w.from == day {
		return bad()
	}
	return w, nil
}

func weekday(s string) int {
	for d, name := range dayNames {
		if s == name {
			return d
		}
	}
	return -1
}

// minutes reads a time of day; 24:00 is the end of it.
func minutes(s string) (int, error) {
	var h, m int
	if len(s) != 5 || s[2] != ':' {
		return 0, fmt.Errorf("%q is not hh:mm", s)
	}
	for i, c := range s {
		if i != 2 && (c < '0' || c > '9') {
			return 0, fmt.Errorf("%q is not hh:mm", s)
		}
	}
	h, m = int(s[0]-'0')*10+int(s[1]-'0'), int(s[3]-'0')*10+int(s[4]-'0')
	if m > 59 || h*60+m > day {
		return 0, fmt.Errorf("%q is not a time of day", s)
	}
	return h*60 + m, nil
}

// MarshalText returns what ParseWindow reads.
func (w Window) MarshalText() ([]byte, error) {
	var days []string
	for i, n := 0, 0; i < 7; i += n + 1 { // from monday, as people count
		name := func(i int) string { return dayNames[(i+1)%7] }
		for n = 0; i+n < 7 && w.days[(i+n+1)%7]; n++ {
		}
		if n > 2 {
			days = append(days, name(i)+"-"+name(i+n-1))
			continue
		}
		for d := range n {
			days = append(days, name(i+d))
		}
	}
	if len(days) == 0 {
		return nil, fmt.Errorf("the window has no days")
	}
	hours := fmt.Sprintf("%02d:%02d-%02d:%02d", w.from/60, w.from%60, w.to/60, w.to%60)
	if w.days == [7]bool{true, true, true, true, true, true, true} {
		return []byte(hours), nil
	}
	return []byte(strings.Join(days, ",") + " " + hours), nil
}

// UnmarshalText is ParseWindow.
func (w *Window) UnmarshalText(b []byte) (err error) {
	*w, err = ParseWindow(string(b))
	return err
}

func (w Window) String() string {
	b, err := w.MarshalText()
	if err != nil {
		return "never"
	}
	return string(b)
}

// Contains reports whether t is in the window, by the clock on the wall at t's location.
func (w Window) Contains(t time.Time) bool {
	d, m := t.Weekday(), t.Hour()*60+t.Minute()
	if w.from < w.to {
		return w.days[d] && m >= w.from && m < w.to
	}
	return w.days[d] && m >= w.from || w.days[(d+6)%7] && m < w.to
}

// opens returns when the window begins next, after t.
func (w Window) opens(t time.Time) (time.Time, bool) {
	for d := range 15 { // the one of this week may be skipped
		at := time.Date(t.Year(), t.Month(), t.Day()+d, w.from/60, w.from%60, 0, 0, t.Location())
		if !w.Contains(at) {
			continue // not its day; or a change of the clocks skips all of it, and time.Date took a time after it
		}
		if at.Hour()*60+at.Minute() != w.from { // the clocks skip its begin only
			for before := at.Add(-time.Minute); w.Contains(before); before = at.Add(-time.Minute) {
				at = before
			}
		}
		if at.After(t) {
			return at, true
		}
	}
	return time.Time{}, false
}
