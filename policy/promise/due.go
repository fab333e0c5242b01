package promise

import (
	"encoding/json"
	"time"

	"kawu/policy/notice"
	"kawu/policy/term"
)

// Due is the promise with its last day, as if the clock started on the day of the question. The zero
// value promises nothing and is written as null.
type Due struct {
	Days     int             `json:"days"`
	Kind     term.DayKind    `json:"kind"`
	Starts   term.ClockStart `json:"starts"`
	Excludes []string        `json:"excludes"`
	Due      term.Date       `json:"due"`                   // null when it cannot be known yet
	Unknown  *notice.Text    `json:"due_unknown,omitempty"` // why not: the working days of a year are not published
	Reading  *notice.Text    `json:"reading,omitempty"`     // where the notice can be read otherwise: how it is read here
}

// MarshalJSON writes null for no promise.
func (d Due) MarshalJSON() ([]byte, error) {
	if d.Kind == 0 {
		return []byte("null"), nil
	}
	type plain Due
	return json.Marshal(plain(d))
}

// Calendar knows the State Council's working days. An unpublished year is an error, and then the
// due date stays unknown: it is never guessed.
type Calendar interface {
	AddWorkingDays(day time.Time, n int) (time.Time, error)
}

// By is the promise made on a day. cal may be nil; then the last of working days stays unknown.
func By(m *notice.Promise, on term.Date, cal Calendar) Due {
	d := Due{Days: m.Days, Kind: m.Kind, Starts: m.Starts, Excludes: m.Excludes, Reading: m.Reading}
	switch {
	case m.Days == 0:
		d.Due = on
	case m.Kind == term.CalendarDays:
		d.Due = on + term.Date(m.Days)
	case cal != nil:
		if t, err := cal.AddWorkingDays(on.Time(), m.Days); err == nil {
			d.Due = term.DateOf(t)
		} else {
			d.Unknown = &unpublished
		}
	}
	return d
}

// unpublished is why the last day of a promise in working days is not known.
var unpublished = notice.Label("due", "unpublished")
