package term

import (
	"errors"
	"time"

	"kawu/kit/clock"
)

// Date is a calendar day in China as days since 1970-01-01. Zero means "not told": no rule of a
// card is that old.
type Date int32

const dateForm = "2006-01-02"

// DateOf is the calendar day of t in clock.Zone.
func DateOf(t time.Time) Date {
	y, m, d := t.In(clock.Zone).Date()
	return Date(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDate takes 2024-01-31.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(dateForm, s)
	if err != nil {
		return 0, errors.New("a date is written 2024-01-31")
	}
	return Date(t.Unix() / 86400), nil
}

// Time is midnight of the day in clock.Zone.
func (d Date) Time() time.Time {
	y, m, n := time.Unix(int64(d)*86400, 0).UTC().Date()
	return time.Date(y, m, n, 0, 0, 0, 0, clock.Zone)
}

func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return time.Unix(int64(d)*86400, 0).UTC().Format(dateForm)
}

// MarshalJSON writes null for a day that is not known.
func (d Date) MarshalJSON() ([]byte, error) {
	if d == 0 {
		return []byte("null"), nil
	}
	return []byte(`"` + d.String() + `"`), nil
}

// UnmarshalText takes 2024-01-31.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}
