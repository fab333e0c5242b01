package dbtest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"kawu/kit/db"
)

// Plans remembers every statement that a database gets and asks SQLite how it would find the rows.
type Plans struct {
	d    *db.DB
	one  sync.Mutex
	seen map[string]bool
}

// Watch begins to remember.
func Watch(d *db.DB) *Plans {
	p := &Plans{d: d, seen: map[string]bool{}}
	d.Watch(func(statement string) {
		p.one.Lock()
		defer p.one.Unlock()
		p.seen[statement] = true
	})
	return p
}

// Check is Some that also reports an exception that was not needed.
func (p *Plans) Check(t *testing.T, allowed string) int {
	t.Helper()
	n, permits := p.check(t, allowed)
	for a, used := range permits {
		if !used {
			t.Errorf("no longer needed: %s", a)
		}
	}
	return n
}

// Some reports every statement that would read a whole table: with parameters unknown, as they are
// when a statement is prepared, an index must lead to the rows. allowed has one exception a line,
// "table: words of the statement: reason". It gives how many statements there were.
func (p *Plans) Some(t *testing.T, allowed string) int {
	t.Helper()
	n, _ := p.check(t, allowed)
	return n
}

func (p *Plans) check(t *testing.T, allowed string) (int, map[string]bool) {
	t.Helper()
	p.d.Watch(func(string) {})
	p.one.Lock()
	defer p.one.Unlock()
	permits := map[string]bool{}
	for line := range strings.Lines(allowed) {
		if parts := strings.SplitN(strings.TrimSpace(line), ": ", 3); len(parts) == 3 {
			permits[parts[0]+": "+parts[1]] = false
		}
	}
	var bad []string
	for statement := range p.seen {
		flat := strings.Join(strings.Fields(statement), " ")
		for _, table := range p.scans(t, statement, flat) {
			if !permitted(permits, table, flat) {
				bad = append(bad, fmt.Sprintf("%s is read from end to end by\n    %s", table, flat))
			}
		}
	}
	slices.Sort(bad)
	for _, b := range bad {
		t.Error(b)
	}
	return len(p.seen), permits
}

func permitted(permits map[string]bool, table, flat string) bool {
	for a := range permits {
		of, words, _ := strings.Cut(a, ": ")
		if of == table && strings.Contains(flat, words) {
			permits[a] = true
			return true
		}
	}
	return false
}

var (
	scan      = regexp.MustCompile(`^SCAN (\w+)`)
	parameter = regexp.MustCompile(`[$?](\d+)`)
)

// scans names the tables that a statement reads from end to end. An index walked in its order up to a
// limit is no such reading.
func (p *Plans) scans(t *testing.T, statement, flat string) (tables []string) {
	t.Helper()
	rows, err := p.d.SQL().Query("explain query plan "+statement, make([]any, parameters(statement))...)
	if err != nil {
		t.Fatalf("%v: %s", err, flat)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		m := scan.FindStringSubmatch(detail)
		ordered := strings.Contains(detail, "USING INDEX") && strings.Contains(flat, "limit")
		if m == nil || ordered || strings.Contains(detail, "VIRTUAL TABLE") || strings.Contains(detail, "CONSTANT ROW") {
			continue
		}
		if name := table(flat, m[1]); name != "" {
			tables = append(tables, name)
		}
	}
	return tables
}

func parameters(statement string) (n int) {
	for _, m := range parameter.FindAllStringSubmatch(statement, -1) {
		var k int
		_, _ = fmt.Sscan(m[1], &k)
		n = max(n, k)
	}
	return n
}

// table is the table behind an alias; "" for what is none: a set of members, a subquery.
func table(flat, alias string) string {
	if m := regexp.MustCompile(`(?i)(?:from|join|update|into|,) (\w+) (?:as )?` + alias + `\b`).FindStringSubmatch(flat); m != nil && m[1] != "select" {
		return m[1]
	}
	if regexp.MustCompile(`(?i)(?:from|join|update) ` + alias + `\b`).MatchString(flat) {
		return alias
	}
	return ""
}
