package ceremony

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"kawu/chip/key"
	"kawu/kit/fault"
)

var at = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// fixture is a plan for one province master with its two parts.
func fixture(t *testing.T) (plan *Plan, a, b Part, rk key.Ref) {
	t.Helper()
	a, b, check := Split()
	text := fmt.Sprintf(`
ceremony: city masters 2026
custodians: [甲, 乙]
masters:
  - {name: province/31/ssse/rk, version: 1, check: %s, parts: {甲: %s, 乙: %s}}
descend:
  - from: {name: province/31/ssse/rk, version: 1}
    city: "310000"
    to: {name: city/310000/ssse/rk, version: 1}
signing:
  - {name: ca/issuing, version: 1}
`, check, CheckValue(a), CheckValue(b))
	plan, err := Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return plan, a, b, key.Ref{Name: "province/31/ssse/rk", Version: 1}
}

func TestTwoPeopleBringKeys(t *testing.T) {
	plan, a, b, rk := fixture(t)
	v := key.NewVault(key.Rebuilt)
	s := Begin(plan, v)
	for _, err := range []error{s.Give(at, "甲", rk, a), s.Give(at, "乙", rk, b)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	acts, err := s.Finish(at)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(v.Names()); got != "[ca/issuing@1 city/310000/ssse/rk@1 province/31/ssse/rk@1]" {
		t.Error(got)
	}
	record, _ := json.Marshal(acts)
	if len(acts) != 5 || strings.Contains(strings.ToUpper(string(record)), fmt.Sprintf("%X", a[:])) {
		t.Error(string(record))
	}
	if fmt.Sprintf("%v %#v %s", a, a, a) != "[part] [part] [part]" {
		t.Error("a part prints")
	}
	// A second time the names are taken, and nothing is half done.
	plan.Signing = append(plan.Signing, key.Ref{Name: "ca/other", Version: 1})
	s = Begin(plan, v)
	s.Give(at, "甲", rk, a)
	s.Give(at, "乙", rk, b)
	if _, err := s.Finish(at); !errors.Is(fault.Of(err), key.Taken) || len(v.Names()) != 3 {
		t.Error(err, v.Names())
	}
}

func TestOnePersonIsNotEnough(t *testing.T) {
	plan, a, b, rk := fixture(t)
	v := key.NewVault(key.Rebuilt)
	s := Begin(plan, v)
	if err := s.Give(at, "甲", rk, a); err != nil {
		t.Fatal(err)
	}
	if err := s.Give(at, "甲", rk, b); !errors.Is(err, WrongPart) {
		t.Error("one person gave both parts:", err)
	}
	if err := s.Give(at, "丙", rk, b); !errors.Is(err, NotYours) {
		t.Error("a stranger:", err)
	}
	if err := s.Give(at, "甲", key.Ref{Name: "x", Version: 1}, a); !errors.Is(err, NotYours) {
		t.Error("a key that is not in the plan:", err)
	}
	if _, err := s.Finish(at); !errors.Is(fault.Of(err), Incomplete) || len(v.Names()) != 0 {
		t.Error(err)
	}
	if _, err := s.Finish(at); !errors.Is(fault.Of(err), Incomplete) {
		t.Error("the parts outlive a refused ceremony:", err)
	}
	// Two right parts of different keys.
	_, other, _ := Split()
	plan.Masters[0].Parts["乙"] = CheckValue(other)
	s = Begin(plan, v)
	s.Give(at, "甲", rk, a)
	if err := s.Give(at, "乙", rk, other); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Finish(at); !errors.Is(fault.Of(err), WrongWhole) || len(v.Names()) != 0 {
		t.Error(err)
	}
}

func TestPlansAreReadStrictly(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "unknown field": "ceremony: x\ncustodians: [a, b]\nsecret: 1\n", "one person": "ceremony: x\ncustodians: [a, a]\n",
		"no check":    "ceremony: x\ncustodians: [a, b]\nmasters: [{name: k, version: 1, parts: {a: AABBCC, b: AABBCC}}]\n",
		"third part":  "ceremony: x\ncustodians: [a, b]\nmasters: [{name: k, version: 1, check: AABBCC, parts: {a: AABBCC, c: AABBCC}}]\n",
		"twice":       "ceremony: x\ncustodians: [a, b]\nsigning: [{name: k, version: 1}, {name: k, version: 1}]\n",
		"no version":  "ceremony: x\ncustodians: [a, b]\nsigning: [{name: k}]\n",
		"city":        "ceremony: x\ncustodians: [a, b]\ndescend: [{from: {name: k, version: 1}, city: 31, to: {name: l, version: 1}}]\n",
		"not a plan":  "[1, 2]",
		"broken yaml": "a: [",
	} {
		if _, err := Parse([]byte(text)); !errors.Is(fault.Of(err), BadPlan) {
			t.Errorf("%s: %v", name, err)
		}
	}
	plan, err := Parse([]byte("ceremony: x\ncustodians: [a, b]\ndescend: [{from: {name: nobody, version: 1}, city: \"310000\", to: {name: l, version: 1}}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Begin(plan, key.NewVault(key.Rebuilt)).Finish(at); !errors.Is(fault.Of(err), key.Missing) {
		t.Error(err)
	}
}
