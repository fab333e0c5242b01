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
	"kawu/kit/seal"
	"kawu/kit/sm"
	"kawu/kit/wording"
)

var at = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// fixture is a plan for one province master with its two parts.
func fixture(t *testing.T) (plan *Plan, a, b Part, rk key.Ref) {
	t.Helper()
	a, b, check := Split()
	text := fmt.Sprintf(`
ceremony: city masters 2026
custodians: [li.01, zhao.02]
masters:
  - {name: province/31/ssse/rk, version: 1, check: %s, parts: {li.01: %s, zhao.02: %s}}
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
	for _, err := range []error{s.Give(at, "li.01", rk, a), s.Give(at, "zhao.02", rk, b)} {
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
	s.Give(at, "li.01", rk, a)
	s.Give(at, "zhao.02", rk, b)
	if _, err := s.Finish(at); !errors.Is(fault.Of(err), key.Taken) || len(v.Names()) != 3 {
		t.Error(err, v.Names())
	}
}

func TestOnePersonIsNotEnough(t *testing.T) {
	plan, a, b, rk := fixture(t)
	v := key.NewVault(key.Rebuilt)
	s := Begin(plan, v)
	if err := s.Give(at, "li.01", rk, a); err != nil {
		t.Fatal(err)
	}
	if err := s.Give(at, "li.01", rk, b); !errors.Is(err, WrongPart) {
		t.Error("one person gave both parts:", err)
	}
	if err := s.Give(at, "丙", rk, b); !errors.Is(err, NotYours) {
		t.Error("a stranger:", err)
	}
	if err := s.Give(at, "li.01", key.Ref{Name: "x", Version: 1}, a); !errors.Is(err, NotYours) {
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
	plan.Masters[0].Parts["zhao.02"] = CheckValue(other)
	s = Begin(plan, v)
	s.Give(at, "li.01", rk, a)
	if err := s.Give(at, "zhao.02", rk, other); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Finish(at); !errors.Is(fault.Of(err), WrongWhole) || len(v.Names()) != 0 {
		t.Error(err)
	}
}

const good = "masters: [{name: good, version: 1, check: AABBCC, parts: {a: AABBCC, b: AABBCC}}]\n"

func TestPlansAreReadStrictly(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "unknown field": "ceremony: x\ncustodians: [a, b]\nsecret: 1\n" + good, "one person": "ceremony: x\ncustodians: [a, a]\nmasters: [{name: good, version: 1, check: AABBCC, parts: {a: AABBCC}}]\n",
		"nothing in parts": "ceremony: x\ncustodians: [a, b]\n", "a person's name": "ceremony: x\ncustodians: [张三, b]\n" + strings.ReplaceAll(good, "a:", "张三:"),
		"no tries":    "ceremony: x\ncustodians: [a, b]\nuse: {version: 1, transport: {name: good, version: 1}}\n" + good,
		"no check":    "ceremony: x\ncustodians: [a, b]\nmasters: [{name: k, version: 1, parts: {a: AABBCC, b: AABBCC}}]\n",
		"third part":  "ceremony: x\ncustodians: [a, b]\nmasters: [{name: k, version: 1, check: AABBCC, parts: {a: AABBCC, c: AABBCC}}]\n",
		"twice":       "ceremony: x\ncustodians: [a, b]\nsigning: [{name: k, version: 1}, {name: k, version: 1}]\n" + good,
		"no version":  "ceremony: x\ncustodians: [a, b]\nsigning: [{name: k}]\n" + good,
		"city":        "ceremony: x\ncustodians: [a, b]\ndescend: [{from: {name: k, version: 1}, city: 31, to: {name: l, version: 1}}]\n" + good,
		"not a plan":  "[1, 2]",
		"broken yaml": "a: [",
	} {
		if _, err := Parse([]byte(text)); !errors.Is(fault.Of(err), BadPlan) {
			t.Errorf("%s: %v", name, err)
		}
	}
	plan, _, _, _ := fixture(t)
	plan.Descend[0].From.Name = "nobody"
	if err := Begin(plan, key.NewVault(key.Rebuilt)).Ready(); !errors.Is(fault.Of(err), key.Missing) {
		t.Error(err)
	}
}

// The second custodian comes on another day, to another process.
func TestOneAfterTheOther(t *testing.T) {
	plan, a, b, rk := fixture(t)
	plan.digest = strings.Repeat("0", 64)
	box, err := seal.New(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	v := key.NewVault(key.Rebuilt)
	first := Begin(plan, v)
	if _, err := first.Leave("li.01", box); !errors.Is(err, Incomplete) {
		t.Error("nothing was given, yet it is left:", err)
	}
	if err := first.Give(at, "li.01", rk, a); err != nil {
		t.Fatal(err)
	}
	left, err := first.Leave("li.01", box)
	if err != nil || strings.Contains(strings.ToUpper(left), fmt.Sprintf("%X", a[:])) {
		t.Fatal("a part lies open:", left, err)
	}
	other, _, _, _ := fixture(t)
	other.digest = strings.Repeat("1", 64)
	if err := Begin(other, v).Rejoin(box, left); !errors.Is(err, seal.Broken) {
		t.Error("a part was taken for another plan:", err)
	}
	second := Begin(plan, v)
	if err := second.Rejoin(box, left); err != nil {
		t.Fatal(err)
	}
	if _, err := second.Finish(at); !errors.Is(fault.Of(err), Incomplete) || len(v.Names()) != 0 {
		t.Error("one person alone:", err)
	}
	second = Begin(plan, v)
	later := at.AddDate(0, 0, 1)
	for _, err := range []error{second.Rejoin(box, left), second.Give(later, "zhao.02", rk, b)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	acts, err := second.Finish(later)
	if err != nil || len(acts) != 5 || len(v.Names()) != 3 {
		t.Fatal(acts, err)
	}
	signer, err := sm.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewRecord(plan.Name, plan.Digest(), plan.Custodians, later, acts, signer)
	if err != nil || !r.Verify(signer.Public()) {
		t.Fatal("the record does not verify:", err)
	}
	text, _ := json.Marshal(r)
	var read Record
	if err := json.Unmarshal(text, &read); err != nil || !read.Verify(signer.Public()) {
		t.Error("the record does not verify when it is read back:", err)
	}
	read.Acts[0].Who = "somebody"
	if read.Verify(signer.Public()) {
		t.Error("a changed record verifies")
	}
}

func TestSheets(t *testing.T) {
	names := []key.Ref{{Name: "city/310000/ssse/rk", Version: 1}, {Name: "bank/icbc/debit/mk", Version: 2}}
	sheets, masters := SplitAll(names, [2]string{"li.01", "zhao.02"})
	plan := Plan{Name: "x", Custodians: []string{"li.01", "zhao.02"}, Masters: masters}
	if err := plan.check(); err != nil {
		t.Fatal(err)
	}
	v := key.NewVault(key.Rebuilt)
	s := Begin(&plan, v)
	for i, who := range plan.Custodians {
		text, err := sheets[i].Write()
		if err != nil {
			t.Fatal(err)
		}
		sheet, err := ReadSheet(text)
		if err != nil || len(sheet) != len(names) {
			t.Fatal(err)
		}
		for r, p := range sheet {
			if err := s.Give(at, who, r, p); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := s.Finish(at); err != nil || len(v.Names()) != 2 {
		t.Error(err)
	}
	list, err := v.List(t.Context())
	if err != nil || len(list) != 2 || list[0].Check != masters[1].Check {
		t.Error("the vault's check values are not the plan's:", list, err)
	}
	secret := "00112233 44556677 8899AABB CCDDEEF" // a digit is missing
	for _, text := range []string{"", "- a", "city/310000/ssse/rk@1: " + secret, "City@1: " + secret + "F", "x: " + secret + "F"} {
		if _, err := ReadSheet([]byte(text)); err == nil && text != "" || err != nil && strings.Contains(err.Error(), "0011") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// A plan that cannot be read says at which line; a wrong part says whose it is.
func TestSaysWhere(t *testing.T) {
	for text, want := range map[string]string{"ceremony: a\nbogus: 1\n": "line 2", "ceremony: a\ncustodians: {x: y}\n": "line 2"} {
		if _, err := Parse([]byte(text)); err == nil || !strings.Contains(wording.Of(wording.EN, fault.Of(err)), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	plan, _, b, rk := fixture(t)
	err := Begin(plan, key.NewVault(key.Rebuilt)).Give(at, "li.01", rk, b)
	if said := wording.Of(wording.EN, fault.Of(err)); !strings.Contains(said, "from li.01") {
		t.Error(said)
	}
}
