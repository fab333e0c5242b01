package cal

import (
	"errors"
	"strings"
	"testing"
	"time"

	"kawu/kit/clock"
	"kawu/kit/fault"
	"kawu/kit/wording"

	"github.com/6tail/lunar-go/HolidayUtil"
	"pgregory.net/rapid"
)

func day(s string) time.Time {
	d, err := parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func eachDay(f func(time.Time)) {
	for d := day("2018-01-01"); d.Year() <= 2026; d = d.AddDate(0, 0, 1) {
		f(d)
	}
}

// lunar-go v1.3.14 holds the notices up to 2024. All days to the end of 2026 were compared once with
// its JavaScript sister, lunar-javascript 1.7.7: 3,287 days, no difference.
func TestEveryDayAgainstLunarGo(t *testing.T) {
	eachDay(func(d time.Time) {
		if d.Year() > 2024 {
			return
		}
		got, err := IsWorkday(d)
		if err != nil {
			t.Fatal(err)
		}
		want := d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
		if h := HolidayUtil.GetHoliday(d.Format(time.DateOnly)); h != nil {
			want = h.IsWork()
		}
		if got != want {
			t.Errorf("%s (%s): work %v, lunar-go says %v", d.Format(time.DateOnly), d.Weekday(), got, want)
		}
	})
}

// The notices also name weekdays and lengths, which were copied here from their text and not from
// the data: first day off, its weekday, days off, and the weekdays of the days worked.
func TestWeekdaysAndLengthsOfTheNotices(t *testing.T) {
	const sa, su = time.Saturday, time.Sunday
	for _, c := range []struct {
		from    string
		weekday time.Weekday
		days    int
	}{
		{"2025-01-01", 3, 1}, {"2025-01-28", 2, 8}, {"2025-04-04", 5, 3}, {"2025-05-01", 4, 5}, {"2025-05-31", 6, 3}, {"2025-10-01", 3, 8},
		{"2026-01-01", 4, 3}, {"2026-02-15", 0, 9}, {"2026-04-04", 6, 3}, {"2026-05-01", 5, 5}, {"2026-06-19", 5, 3}, {"2026-09-25", 5, 3}, {"2026-10-01", 4, 7},
	} {
		d := day(c.from)
		n := 0
		for ; special[d.AddDate(0, 0, n)].Holiday != ""; n++ {
		}
		if d.Weekday() != c.weekday || n != c.days || special[d.AddDate(0, 0, -1)].Holiday != "" {
			t.Errorf("%s is a %s and begins %d days off", c.from, d.Weekday(), n)
		}
	}
	for s, weekday := range map[string]time.Weekday{
		"2025-01-26": su, "2025-02-08": sa, "2025-04-27": su, "2025-09-28": su, "2025-10-11": sa,
		"2026-01-04": su, "2026-02-14": sa, "2026-02-28": sa, "2026-05-09": sa, "2026-09-20": su, "2026-10-10": sa,
	} {
		if d := day(s); d.Weekday() != weekday || !special[d].MakeUp {
			t.Errorf("%s is a %s, worked %v", s, d.Weekday(), special[d].MakeUp)
		}
	}
	worked := 0
	for d, s := range special {
		if s.MakeUp && d.Year() >= 2025 {
			worked++
		}
	}
	if worked != 11 {
		t.Errorf("%d weekends are worked in 2025 and 2026, the notices name 11", worked)
	}
}

func TestDays(t *testing.T) {
	for s, c := range map[string]struct {
		work    bool
		holiday string
		makeUp  bool
	}{
		"2024-02-09": {true, "", false}, // New Year's Eve 2024 was worked
		"2024-02-10": {false, "春节", false},
		"2024-02-18": {true, "", true},
		"2018-12-29": {true, "", true},
		"2018-12-31": {false, "元旦", false},
		"2020-02-01": {false, "春节", false}, // first announced as worked, then the holiday was extended
		"2024-02-24": {false, "", false},
		"2026-02-23": {false, "春节", false},
		"2026-12-31": {true, "", false},
	} {
		d, err := On(day(s))
		if err != nil || d.Workday != c.work || d.Holiday != c.holiday || d.MakeUp != c.makeUp {
			t.Errorf("%s: %+v %v", s, d, err)
		}
		if (d.Source != "") != (c.holiday != "" || c.makeUp) {
			t.Errorf("%s: source %q", s, d.Source)
		}
	}
}

func TestUnpublishedYears(t *testing.T) {
	_, err2017 := IsWorkday(day("2017-12-31"))
	_, err2027 := IsWorkday(day("2027-01-01"))
	_, errOver := AddWorkingDays(day("2026-12-25"), 10)
	_, errBetween := Between(day("2026-12-25"), day("2027-01-05"), Working)
	for _, err := range []error{err2017, err2027, errOver, errBetween} {
		if !errors.Is(err, Unpublished) || !wording.Has(fault.Of(err).Code) {
			t.Errorf("%v", err)
		}
	}
	if _, err := Add(day("2026-12-25"), 30, "weeks"); !errors.Is(err, UnknownKind) {
		t.Error(err)
	}
	if d, err := Add(day("2026-12-25"), 30, Calendar); err != nil || d != day("2027-01-24") {
		t.Errorf("%v %v: calendar days need no notice", d, err)
	}
}

func TestAddWorkingDays(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2024-02-09", 1, "2024-02-18"}, // over the Spring Festival to a worked Sunday
		{"2024-02-15", 30, "2024-03-28"},
		{"2024-02-15", 0, "2024-02-15"},
		{"2024-09-30", 1, "2024-10-08"},
		{"2024-10-08", -1, "2024-09-30"},
		{"2018-12-28", 2, "2019-01-02"},
	} {
		got, err := AddWorkingDays(day(c.from).Add(17*time.Hour), c.n)
		if err != nil || got != day(c.want) {
			t.Errorf("%s %+d: %s, want %s (%v)", c.from, c.n, got.Format(time.DateOnly), c.want, err)
		}
	}
	utc := time.Date(2024, 2, 8, 16, 30, 0, 0, time.UTC) // already 9 February in China
	if got, _ := AddWorkingDays(utc, 1); got != day("2024-02-18") {
		t.Errorf("%s", got)
	}
}

// Adding and counting are inverse, and land on working days.
func TestAddAndBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := day("2018-01-01").AddDate(0, 0, rapid.IntRange(0, 3000).Draw(t, "from"))
		n := rapid.IntRange(1, 120).Draw(t, "n")
		for _, k := range []Kind{Working, Calendar} {
			to, err := Add(from, n, k)
			if err != nil {
				t.Fatal(err)
			}
			if back, err := Between(from, to, k); back != n || err != nil {
				t.Fatalf("%s + %d %s = %s, between %d %v", from, n, k, to, back, err)
			}
			if w, _ := IsWorkday(to); k == Working && !w {
				t.Fatalf("%s is no working day", to)
			}
			if back, _ := Between(to, from, k); back != 0 {
				t.Fatalf("backwards: %d", back)
			}
		}
	})
}

func TestReadRefusesBrokenNotices(t *testing.T) {
	for in, want := range map[string]string{
		`{`:                                     "unexpected end",
		`[{"year":2018},{"year":2020}]`:         "2020 follows 2018",
		`[{"year":2018,"work":["2018-02-30"]}]`: "out of range",
		`[{"year":2018,"off":[["a","x","2018-01-01"]]}]`:                                "cannot parse",
		`[{"year":2018,"off":[["a","2018-01-01","x"]]}]`:                                "cannot parse",
		`[{"year":2018,"off":[["a","2018-01-01","2018-01-02"]],"work":["2018-01-02"]}]`: "stands twice",
	} {
		if _, _, _, err := read([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", in, err)
		}
	}
}

// Every make-up day is a weekend, every notice came out before its year, every day off runs forward.
func TestNoticesMakeSense(t *testing.T) {
	for d, s := range special {
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		if s.MakeUp && !weekend {
			t.Errorf("%s is made up for and no weekend", d.Format(time.DateOnly))
		}
		if d.Location() != clock.Zone {
			t.Errorf("%s is not in China's time", d)
		}
	}
	if a, b := Years(); a != 2018 || b != 2026 {
		t.Errorf("%d to %d", a, b)
	}
}
