package cal

import (
	_ "embed" // notices.json
	"encoding/json"
	"fmt"
	"time"

	"kawu/kit/clock"
)

//go:embed notices.json
var file []byte

// notice is one year's arrangement. Off holds name, first and last day, weekends included.
type notice struct {
	Year      int         `json:"year"`
	Source    string      `json:"source"`
	Published string      `json:"published"`
	Off       [][3]string `json:"off"`
	Work      []string    `json:"work"`
}

var special, first, last = mustRead(file)

// mustRead stops the program: with a broken calendar every promise would be wrong.
func mustRead(b []byte) (map[time.Time]Day, int, int) {
	days, from, to, err := read(b)
	if err != nil {
		panic(fmt.Errorf("cal: notices.json: %w", err))
	}
	return days, from, to
}

// read turns the notices into days; years must follow each other, and no day may stand twice.
func read(b []byte) (days map[time.Time]Day, from, to int, err error) {
	var notices []notice
	if err := json.Unmarshal(b, &notices); err != nil {
		return nil, 0, 0, err
	}
	days = map[time.Time]Day{}
	for i, n := range notices {
		if i == 0 {
			from = n.Year
		} else if n.Year != to+1 {
			return nil, 0, 0, fmt.Errorf("%d follows %d", n.Year, to)
		}
		to = n.Year
		if err := n.into(days); err != nil {
			return nil, 0, 0, fmt.Errorf("%d: %w", n.Year, err)
		}
	}
	return days, from, to, nil
}

func (n notice) into(days map[time.Time]Day) error {
	put := func(d Day) error {
		if _, twice := days[d.Date]; twice {
			return fmt.Errorf("%s stands twice", d.Date.Format(time.DateOnly))
		}
		days[d.Date] = d
		return nil
	}
	for _, o := range n.Off {
		a, err := parse(o[1])
		if err != nil {
			return err
		}
		b, err := parse(o[2])
		if err != nil {
			return err
		}
		for d := a; !d.After(b); d = d.AddDate(0, 0, 1) {
			if err := put(Day{Date: d, Holiday: o[0], Source: n.Source}); err != nil {
				return err
			}
		}
	}
	for _, w := range n.Work {
		d, err := parse(w)
		if err != nil {
			return err
		}
		if err := put(Day{Date: d, Workday: true, MakeUp: true, Source: n.Source}); err != nil {
			return err
		}
	}
	return nil
}

func parse(s string) (time.Time, error) { return time.ParseInLocation(time.DateOnly, s, clock.Zone) }

// Years are the first and the last year that the calendar holds.
func Years() (int, int) { return first, last }
