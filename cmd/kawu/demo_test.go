package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A roster that `roster check` finds good goes the whole way: its people need not be of the demo's
// world.
func TestDemoOwnRoster(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "own.csv")
	text := "姓名,证件号码,手机号码\n张明远,110105198804120016,13800000001\n李思齐,320102199001010029,13800000002\n王一帆,510104198506070039,13800000003\n"
	text += "李四,110102199001010012,13800000009\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, errs, code := ran(t, filepath.Join(dir, "data"), "demo", "--once", "--json", "--people", "6", "--roster", path)
	var sum struct {
		People, Rows, Confirmed int
		Refused                 int `json:"rows_refused"`
		Enabled                 int `json:"social_security_enabled"`
	}
	if err := json.Unmarshal([]byte(out), &sum); err != nil || code != done {
		t.Fatal(code, err, out, errs)
	}
	good := strings.Count(text, "\n") - 2
	if sum.People != good || sum.Rows != good+1 || sum.Refused != 1 || sum.Confirmed != good || sum.Enabled != good {
		t.Errorf("of %d good rows: %+v", good, sum)
	}
}

// Where no row can go on, every reason is said with its row; --json says it as `roster check` does.
func TestDemoNoGoodRow(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "own.csv")
	if err := os.WriteFile(path, []byte("姓名,证件号码,手机号码\n李四,110102199001010012,13800000009\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, errs, code := ran(t, filepath.Join(dir, "data"), "demo", "--once", "--people", "3", "--roster", path, "--lang", "en")
	if code != failed || !strings.Contains(out, "B2: The last character") || !strings.Contains(errs, "(roster.nothing_good)") {
		t.Error(code, out, errs)
	}
	var doc struct {
		Faults []struct{ Row int }
	}
	out, _, code = ran(t, filepath.Join(dir, "data"), "demo", "--once", "--people", "3", "--roster", path, "--json")
	if err := json.Unmarshal([]byte(out), &doc); err != nil || code != failed || len(doc.Faults) != 1 || doc.Faults[0].Row != 2 {
		t.Error(code, err, out)
	}
}
