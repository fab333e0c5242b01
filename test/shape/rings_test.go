package shape

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// ring says what the packages under a folder may import: folders of ours, each with what is under
// it. A package may always import what stands below itself and beside it in its own first folder
// when own is set.
type ring struct {
	folder string
	own    int // how many leading folders count as "itself": partner/bank and its sim are one
	may    []string
}

// rings is the table of docs/ARCHITECTURE.md. The first folder that fits decides.
var rings = []ring{
	{"kit/db/dbtest", 3, []string{"kit", "migration"}}, // the one helper of tests in kit
	{"kit", 1, nil},
	{"migration", 1, []string{"kit"}},
	{"chip", 1, []string{"kit"}},
	{"policy", 1, []string{"kit"}},
	{"plan", 1, []string{"kit", "policy"}},
	{"city", 2, []string{"kit", "policy"}},
	{"domain", 2, []string{"kit", "policy", "domain/ref"}},
	{"partner/bank", 2, []string{"kit", "chip", "partner/wire", "domain/ref", "domain/account", "domain/card"}},
	{"partner/ca", 2, []string{"kit", "chip", "partner/wire", "domain/ref", "domain/certificate"}},
	{"partner/courier", 2, []string{"kit", "chip", "partner/wire", "domain/ref", "domain/parcel"}},
	{"partner/factory", 2, []string{"kit", "chip", "partner/wire", "domain/ref", "domain/production"}},
	{"partner/insurer", 2, []string{"kit", "chip", "partner/wire", "domain/ref"}},
	{"partner/population", 2, []string{"kit", "chip", "partner/wire", "domain/ref", "domain/person", "domain/portrait"}},
	{"partner/province", 2, []string{"kit", "chip", "partner/wire", "domain/ref", "domain/card"}},
	{"partner/sms", 2, []string{"kit", "chip", "partner/wire", "domain/ref", "domain/notice"}},
	{"partner/wire", 2, []string{"kit"}},
	{"flow", 2, []string{"kit", "policy", "chip", "domain", "flow/desk"}},
	{"channel", 2, []string{"kit", "policy", "domain", "flow", "channel/web"}},
	{"app", 1, []string{"kit", "policy", "chip", "plan", "city", "domain", "flow", "partner", "channel", "migration"}},
	{"cmd", 1, []string{"app", "kit", "policy", "chip", "plan", "city", "domain"}}, // commands that only read ask the rooms themselves
	{"test", 1, []string{"kit", "policy", "chip", "plan", "city", "domain", "flow", "partner", "channel", "app", "migration", "cmd"}},
}

func under(p, folder string) bool { return p == folder || strings.HasPrefix(p, folder+"/") }

func ringOf(dir string) (ring, bool) {
	for _, r := range rings {
		if under(dir, r.folder) {
			return r, true
		}
	}
	return ring{}, false
}

func itself(dir string, n int) string {
	parts := strings.Split(dir, "/")
	return strings.Join(parts[:min(n, len(parts))], "/")
}

// checkRings objects to imports that the table does not allow. Tests are free, except that nobody
// imports test.
func checkRings(tree []*file) (out []string) {
	for _, f := range tree {
		r, ok := ringOf(f.dir)
		if !ok {
			out = append(out, f.path+": its folder is not in the table of rings")
			continue
		}
		ours, _ := f.imports()
		for _, p := range ours {
			allowed := under(p, itself(f.dir, r.own)) || slices.ContainsFunc(r.may, func(m string) bool { return under(p, m) }) ||
				f.test && !under(p, "test")
			if !allowed {
				out = append(out, fmt.Sprintf("%s: %s may not import %s", f.path, f.dir, p))
			}
		}
	}
	return out
}

func TestRings(t *testing.T) {
	example := checkRings(bad(t, map[string]string{
		"kit/a/a.go":            `package a; import _ "kawu/domain/card"`,
		"domain/card/c.go":      `package card; import (_ "kawu/domain/ref"; _ "kawu/domain/person")`,
		"domain/card/c_test.go": `package card; import (_ "kawu/domain/person"; _ "kawu/test/story")`,
		"flow/x/x.go":           `package x; import (_ "kawu/flow/desk"; _ "kawu/domain/card"; _ "kawu/partner/bank"; _ "kawu/flow/y")`,
		"partner/bank/b.go":     `package bank; import (_ "kawu/partner/wire"; _ "kawu/domain/account"; _ "kawu/domain/parcel"; _ "kawu/flow/x")`,
		"partner/bank/sim/s.go": `package sim; import (_ "kawu/partner/bank"; _ "kawu/partner/factory")`,
		"channel/citizen/c.go":  `package citizen; import (_ "kawu/channel/web"; _ "kawu/flow/x"; _ "kawu/channel/centre"; _ "kawu/partner/sms")`,
		"city/beijing/b.go":     `package beijing; import (_ "kawu/policy"; _ "kawu/city/shanghai")`,
		"policy/p.go":           `package policy; import _ "kawu/city/beijing"`,
		"chip/c.go":             `package chip; import _ "kawu/policy"`,
		"app/a.go":              `package app; import (_ "kawu/flow/x"; _ "kawu/test/story")`,
		"stray/s.go":            `package stray`,
	}))
	holds(t, example, checkRings(house(t)), "app may not import test/story", "channel/citizen may not import channel/centre",
		"channel/citizen may not import partner/sms", "chip may not import policy", "city/beijing may not import city/shanghai",
		"domain/card may not import domain/person", "domain/card may not import test/story", "flow/x may not import partner/bank", "flow/x may not import flow/y",
		"kit/a may not import domain/card", "partner/bank may not import domain/parcel", "partner/bank may not import flow/x",
		"partner/bank/sim may not import partner/factory", "policy may not import city/beijing", "stray/s.go: its folder")
}
