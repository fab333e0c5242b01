package cal

import (
	"time"

	"kawu/kit/clock"
	"kawu/kit/fault"
)

// Kind says which days a term counts.
type Kind string

// The kinds of terms. "30天" in a notice is calendar days, "30个工作日" working days.
const (
	Calendar Kind = "calendar"
	Working  Kind = "working"
)

// The faults of this package.
var (
	Unpublished = fault.New(fault.Refused, "cal.year_unpublished", "the State Council's arrangement for {year} is not in the calendar, which holds {first} to {last}")
	UnknownKind = fault.New(fault.Invalid, "cal.kind", "a term counts \"working\" or \"calendar\" days")
)

// Day is what the calendar says of one day.
type Day struct {
	Date    time.Time // midnight in clock.Zone
	Workday bool
	Holiday string // "春节"; "" on other days, and on weekends worked for a holiday
	MakeUp  bool   // a weekend that is worked
	Source  string // number of the notice when the day is other than its weekday says; else ""
}

// On says what day it is; the fault is Unpublished.
func On(t time.Time) (Day, error) {
	date := clock.Day(t)
	if y := date.Year(); y < first || y > last {
		return Day{}, fault.New(Unpublished.Kind, Unpublished.Code, Unpublished.Message, "year", y, "first", first, "last", last)
	}
	if d, ok := special[date]; ok {
		return d, nil
	}
	weekend := date.Weekday() == time.Saturday || date.Weekday() == time.Sunday
	return Day{Date: date, Workday: !weekend}, nil
}

// IsWorkday says whether offices work on t's calendar day; the fault is Unpublished.
func IsWorkday(t time.Time) (bool, error) {
	d, err := On(t)
	return d.Workday, err
}

// AddWorkingDays is midnight of the n-th working day after t's day, which itself does not count: a
// term runs from the day after the event. n = 0 is t's day, worked or not; a negative n goes back.
func AddWorkingDays(t time.Time, n int) (time.Time, error) {
	date, step := clock.Day(t), 1
	if n < 0 {
		n, step = -n, -1
	}
	for n > 0 {
		date = date.AddDate(0, 0, step)
		work, err := IsWorkday(date)
		if err != nil {
			return time.Time{}, err
		}
		if work {
			n--
		}
	}
	return date, nil
}

// AddCalendarDays is midnight of the day n days after t's day.
func AddCalendarDays(t time.Time, n int) time.Time { return clock.Day(t).AddDate(0, 0, n) }

// Add adds days of a kind. Calendar days need no notice and never fail.
func Add(t time.Time, n int, k Kind) (time.Time, error) {
	switch k {
	case Calendar:
		return AddCalendarDays(t, n), nil
	case Working:
		return AddWorkingDays(t, n)
	}
	return time.Time{}, UnknownKind
}

// Between counts the days of a kind after from's day up to and with to's day, so that
// Add(from, Between(from, to, k), k) is to when to is such a day. It is 0 when to lies before from.
func Between(from, to time.Time, k Kind) (int, error) {
	a, b := clock.Day(from), clock.Day(to)
	switch k {
	case Calendar:
		return max(0, int(b.Sub(a)/(24*time.Hour))), nil
	case Working:
		n := 0
		for d := a.AddDate(0, 0, 1); !d.After(b); d = d.AddDate(0, 0, 1) {
			work, err := IsWorkday(d)
			if err != nil {
				return 0, err
			}
			if work {
				n++
			}
		}
		return n, nil
	}
	return 0, UnknownKind
}
