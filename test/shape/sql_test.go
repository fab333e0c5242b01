package shape

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	section = regexp.MustCompile(`(?m)^-- ((?:kit|domain|flow|channel|app)/[a-z]+)`)
	created = regexp.MustCompile(`(?i)create table (?:if not exists )?([a-z_]+) ?\(`)
	named   = regexp.MustCompile(`(?i)\b(?:from|join|into|update|delete from|truncate|table)\s+([a-z_]+)`)
	isSQL   = regexp.MustCompile(`(?is)^\s*(?:select|insert|update|delete|with|from|join|where|left join|create|drop|and|or|on|union|exists|case|order|group|set)\b`)
)

// owners reads from the migrations which room a table belongs to: the comment above it says so.
func owners(migrations map[string]string) (map[string]string, []string) {
	out, problems := map[string]string{}, []string{}
	for name, text := range migrations {
		owner := ""
		for _, line := range strings.Split(text, "\n") {
			if m := section.FindStringSubmatch(line); m != nil {
				owner = m[1]
			}
			if m := created.FindStringSubmatch(line); m != nil {
				if out[m[1]] = owner; owner == "" {
					problems = append(problems, name+": table "+m[1]+" stands under no room")
				}
			}
		}
	}
	return out, problems
}

// reader is the room that may read every table, and writes none.
const reader = "domain/report"

// checkSQL objects to SQL that names a table of another room.
func checkSQL(tree []*file, owner map[string]string) (out []string) {
	for _, f := range tree {
		if f.test || under(f.dir, "migration") || under(f.dir, "test") {
			continue
		}
		for _, s := range f.literals() {
			for _, m := range named.FindAllStringSubmatch(s.text, -1) {
				table := strings.ToLower(m[1])
				room, known := owner[table]
				writes := !strings.HasPrefix(strings.ToLower(m[0]), "from") && !strings.HasPrefix(strings.ToLower(m[0]), "join")
				switch {
				case !known || under(f.dir, room):
				case f.dir == reader && !writes:
				default:
					out = append(out, fmt.Sprintf("%s: table %s belongs to %s", f.at(s.pos), table, room))
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func TestSQLStaysInItsRoom(t *testing.T) {
	owner, problems := owners(map[string]string{"1.sql": "-- domain/card\ncreate table card (\n-- domain/person: who\ncreate table person (id text);"})
	example := append(problems, checkSQL(bad(t, map[string]string{
		"domain/card/a.go":      "package card\nconst a = `select c.id from card c join person p on true`\nconst prose = `a letter from person to person`",
		"domain/card/b.go":      "package card\nfunc f() { x(\"update person set a = 1\"); x(\"insert into card values (1)\"); x(y + \" join person on true\") }",
		"domain/report/r.go":    "package report\nconst a = `select 1 from card join person on true`\nconst b = `delete from card`",
		"flow/x/x.go":           "package x\nconst a = `select 1 from card`",
		"domain/card/c_test.go": "package card\nconst a2 = `select 1 from person`",
	}), owner)...)
	_, orphan := owners(map[string]string{"2.sql": "create table stray (id text);"})
	real, problems := owners(read(t, ".sql"))
	holds(t, append(example, orphan...), append(problems, checkSQL(house(t), real)...),
		"domain/card/a.go:2: table person belongs to domain/person", "domain/card/b.go:2: table person",
		"domain/report/r.go:3: table card", "flow/x/x.go:2: table card belongs to domain/card", "table stray stands under no room")
	if len(real) < 20 {
		t.Errorf("only %d tables were found", len(real))
	}
}
