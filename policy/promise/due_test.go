package promise_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"kawu/kit/cal"
	"kawu/policy/notice"
	"kawu/policy/promise"
	"kawu/policy/term"
)

type workdays struct{}

func (workdays) AddWorkingDays(d time.Time, n int) (time.Time, error) {
	return cal.AddWorkingDays(d, n)
}

// TestBy: the last day of each kind of promise, and what is written where there is none.
func TestBy(t *testing.T) {
	working := notice.Promise{Days: 30, Kind: term.WorkingDays, Starts: term.Accepted}
	for _, x := range []struct {
		m    *notice.Promise
		on   string
		cal  promise.Calendar
		want []string
		not  string
	}{
		{&notice.Promise{Days: 30, Kind: term.CalendarDays, Starts: term.Submitted}, "2024-02-15", nil, []string{`"due":"2024-03-16"`}, "due_unknown"},
		{&notice.Promise{Kind: term.WorkingDays, Starts: term.Accepted}, "2030-07-01", workdays{}, []string{`"due":"2030-07-01"`}, "due_unknown"},
		{&working, "2019-11-20", workdays{}, []string{`"due":"2020-01-02"`}, "due_unknown"},
		{&working, "2030-07-01", workdays{}, []string{`"due":null`, `"due_unknown":{"zh-CN":"按工作日计算`, "not published"}, "2030"},
		{&working, "2019-11-20", nil, []string{`"due":null`}, "due_unknown"},
	} {
		on, err := term.ParseDate(x.on)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(promise.By(x.m, on, x.cal))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range x.want {
			if !strings.Contains(string(text), want) || strings.Contains(string(text), x.not) {
				t.Errorf("%s: %s", x.on, text)
			}
		}
	}
	if text, err := json.Marshal(promise.Due{}); err != nil || string(text) != "null" {
		t.Errorf("no promise is %s, %v", text, err)
	}
}
