package report_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"syscall"
	"testing"

	"kawu/domain/report"
	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
)

var ctx = context.Background()

// cards is the size of the city: a million, or what KAWU_CARDS says.
func cards() int {
	if n, err := strconv.Atoi(os.Getenv("KAWU_CARDS")); err == nil {
		return n
	}
	return 1_000_000
}

// city fills a database with people whose cases ended within the last 300 days: one in eight waits
// for a card, one in a hundred of them is late. One statement a table, so that a million takes a minute.
func city(t testing.TB, d *db.DB, n int) {
	t.Helper()
	start, day := dbtest.Noon.AddDate(0, 0, -300).UnixMicro(), int64(86_400_000_000)
	numbers := fmt.Sprintf("with recursive m(i) as (select 1 union all select i + 1 from m where i < %d) ", n)
	at := fmt.Sprintf("(%d + i %% 300 * %d)", start, day)
	for _, into := range []string{
		`insert into application (id, city, collective, employer, person, reason, channel, edition, bank, mode, outlet, state, rev, number_seal,
			name_seal, mobile_seal, address_seal, code_mark, code_until, corrected, confirmed_at, submitted_at, due_day, made_at, closed_at, opened_at) ` +
			numbers + `select 'app_' || i, 'beijing', 'col_' || i % 1000, 'emp_' || i % 1000, 'psn_' || i, '', 'web', '2024-pilot', 'b' || i % 8,
			'outlet', 'out_' || i % 300, case when i % 8 = 0 then 'making' else 'enabled' end, 0, '', '', '', '', '', 0, 0, ` + at + `, ` + at + `,
			case when i % 800 = 0 then '2024-01-15' else '2024-03-0' || (1 + i % 9) end,
			case when i % 8 = 0 then 0 else ` + at + ` + 864000000000 end, case when i % 8 = 0 then 0 else ` + at + ` + 1728000000000 end, ` + at + ` from m`,
		`insert into account (id, application, person, bank, state, rev, reason, class, number_seal, tail, asked_at, answered_at) ` +
			numbers + `select 'acc_' || i, 'app_' || i, 'psn_' || i, 'b' || i % 8, 'opened', 0, '', '1', '', '', 1, 1 from m`,
		`insert into card (id, city, number, person, application, batch, bank, generation, product, state, rev, remakes, chip, atr, made_at, expires_day) ` +
			numbers + `select 'crd_' || i, 'beijing', '', 'psn_' || i, 'app_' || i, 'bat_' || i % 500, 'b' || i % 8, 3, '',
			case when i % 8 = 0 then 'at_factory' else 'handed' end, 0, 0, '', '', 1, '2034-01-01' from m`,
		`insert into social (card, person, state, rev, enabled_at, voided_at) ` +
			numbers + `select 'crd_' || i, 'psn_' || i, case when i % 8 = 0 then '0' else '1' end, 0, case when i % 8 = 0 then 0 else 1 end, 0 from m`,
		`insert into financial (card, person, state, rev, told, told_at, active_at, active_told) ` +
			numbers + `select 'crd_' || i, 'psn_' || i, 'active', 0, '', 1, 1, 1 from m`,
		`insert into custody (card, seq, holder_kind, holder, place, since, until, handover) ` +
			numbers + `select 'crd_' || i, 1, case when i % 8 = 0 then 'factory' else 'person' end, 'h' || i % 8, '', 1, 0, '' from m`,
	} {
		dbtest.Write(t, d, func(tx *db.Tx) error { _, err := tx.Exec(ctx, into); return err })
	}
	if d.Engine == db.Postgres { // as its own cleaner does in time
		if _, err := d.SQL().ExecContext(ctx, "vacuum analyze"); err != nil {
			t.Fatal(err)
		}
	}
}

// parts are what the console's overview asks, by name.
func parts(d *db.DB) map[string]func() error {
	today := clock.Day(dbtest.Noon).Format("2006-01-02")
	return map[string]func() error{
		"count":    func() error { _, err := report.Count(ctx, d, "beijing", today); return err },
		"daily":    func() error { _, err := report.Daily(ctx, d, "beijing", report.Submitted); return err },
		"average":  func() error { _, err := report.Average(ctx, d, "beijing"); return err },
		"overdue":  func() error { _, err := report.OverdueBy(ctx, d, "beijing", today); return err },
		"promises": func() error { _, err := report.Promises(ctx, d, "beijing", ""); return err },
		"district": func() error { _, err := report.ByDistrict(ctx, d, "beijing"); return err },
	}
}

// What the loader makes is what the benchmark says it is.
func TestOverviewCountsACity(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		city(t, d, 1600)
		s, err := report.Count(ctx, d, "beijing", "2024-02-01")
		if err != nil {
			t.Fatal(err)
		}
		if s.Accepted != 1600 || s.Made != 1400 || s.Enabled != 1400 || s.Accounts != 1600 || s.Overdue != 2 {
			t.Errorf("%+v", s)
		}
		for name, ask := range parts(d) {
			if err := ask(); err != nil {
				t.Error(name, err)
			}
		}
	})
}

// processor is the time that this process has computed, in nanoseconds, whatever else the machine
// does. PostgreSQL's server is not in it.
func processor(t testing.TB) int64 {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return u.Utime.Nano() + u.Stime.Nano()
}

// BenchmarkOverview times each part of the console's overview over a city of a million cards.
func BenchmarkOverview(b *testing.B) {
	for _, e := range dbtest.Engines {
		b.Run(string(e), func(b *testing.B) {
			d := dbtest.Open(b, dbtest.Made(b, e))
			city(b, d, cards())
			for name, ask := range parts(d) {
				b.Run(name, func(b *testing.B) {
					before := processor(b)
					for b.Loop() {
						if err := ask(); err != nil {
							b.Fatal(err)
						}
					}
					b.ReportMetric(float64(processor(b)-before)/1e6/float64(b.N), "cpu-ms/op")
				})
			}
		})
	}
}
