package shape

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

var columnOf = regexp.MustCompile(`^\s*([a-z_]+) text\b`)

// checkColumns objects to text columns that are neither sealed (*_seal), nor a keyed digest (*_mark),
// nor on the list of plain columns, where each has the reason why it holds no personal data. A line
// is "table.column" or "*.column" for a column that means the same in every table.
func checkColumns(migrations map[string]string, plain list) (out []string) {
	used := map[string]bool{}
	for name, text := range migrations {
		for _, m := range created.FindAllStringSubmatchIndex(text, -1) {
			table := text[m[2]:m[3]]
			for _, c := range definitions(text[m[1]:]) {
				found := columnOf.FindStringSubmatch(c)
				if found == nil || strings.HasSuffix(found[1], "_seal") || strings.HasSuffix(found[1], "_mark") {
					continue
				}
				exact, everywhere := table+"."+found[1], "*."+found[1]
				if used[exact], used[everywhere] = true, true; plain[exact] == "" && plain[everywhere] == "" {
					out = append(out, name+": "+exact+" is plain text and not on the list")
				}
			}
		}
	}
	slices.Sort(out)
	return append(out, plain.unused(used)...)
}

// definitions splits what stands between the parentheses of a create table, whose first one is read
// already.
func definitions(s string) (out []string) {
	depth, from := 1, 0
	for i, r := range s {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 || depth == 1 && r == ',' {
			out = append(out, s[from:i])
			from = i + 1
		}
		if depth == 0 {
			break
		}
	}
	return out
}

func TestPersonalDataIsSealed(t *testing.T) {
	example := checkColumns(map[string]string{"1.sql": "create table p (id text primary key,\n    name_seal text not null, mobile text not null,\n n bigint,\n primary key (id, mobile));\ncreate table q (id text, address text);"},
		list{"*.id": "an id", "p.gone": "was there", "q.address": "of an office"})
	holds(t, example, checkColumns(read(t, ".sql"), readList(t, "columns.txt")), "p.mobile is plain", "no longer needed: p.gone")
}
