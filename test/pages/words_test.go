package pages

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"kawu/channel/citizen"
	"kawu/channel/employer"
	"kawu/channel/web"
	"kawu/kit/fault"
	"kawu/kit/wording"
)

// areas are the catalogues of the portals; each key belongs to one of them.
var areas = []string{"web", "citizen", "guide", "employer", "counter", "centre"}

// built are the keys that templates and code put together from a list.
func built() []string {
	var keys []string
	for _, p := range []web.Portal{web.PortalCitizen, web.PortalEmployer, web.PortalCounter, web.PortalCentre} {
		keys = append(keys, "web.brand."+string(p))
	}
	for _, k := range []fault.Kind{fault.Invalid, fault.Refused, fault.NotFound, fault.Conflict, fault.Forbidden, fault.Unsigned, fault.TooMany, fault.Outside, fault.Internal} {
		keys = append(keys, "web.trouble."+string(k), "web.trouble."+string(k)+".do")
	}
	for _, m := range employer.Modes {
		keys = append(keys, "web.pickup."+m, "employer.bank.mode."+m)
	}
	for _, r := range citizen.DeclineReasons {
		keys = append(keys, "citizen.decline."+r)
	}
	for _, o := range []citizen.Outcome{citizen.Confirmed, citizen.Corrected, citizen.Declined} {
		keys = append(keys, "citizen.done."+string(o), "citizen.done."+string(o)+".d")
	}
	for _, s := range web.CareSizes {
		keys = append(keys, "citizen.me.size."+s)
	}
	for _, s := range collecting {
		keys = append(keys, "counter.step."+s)
	}
	return keys
}

func sources(t *testing.T, globs ...string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, g := range globs {
		names, err := filepath.Glob(g)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range names {
			b, err := os.ReadFile(n)
			if err != nil {
				t.Fatal(err)
			}
			out[n] = string(b)
		}
	}
	return out
}

var (
	stem     = regexp.MustCompile(`"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*\.)"`) // what code ends with a fault's code or a state
	literal  = regexp.MustCompile(`"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)"`)
	notWords = regexp.MustCompile(`^counter\.visit$|\.(html|css|js|svg|xlsx|csv|min\.js)$|^(roster|x)\.`)
)

// Every wording that a page names exists, and every wording of the portals is named by a page.
func TestWordingsAreUsedAndExist(t *testing.T) {
	used, stems := built(), []string{}
	for file, text := range sources(t, "../../channel/*/*.go", "../../channel/web/*/*.go", "../../channel/*/*.html", "../../channel/web/layout/*.html", "*.go") {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, m := range stem.FindAllStringSubmatch(text, -1) {
			stems = append(stems, m[1])
		}
		for _, m := range literal.FindAllStringSubmatch(text, -1) {
			area, _, _ := strings.Cut(m[1], ".")
			if !slices.Contains(areas, area) || notWords.MatchString(m[1]) {
				continue
			}
			used = append(used, m[1])
			if !wording.Has(m[1]) {
				t.Errorf("%s: no wording for %q", file, m[1])
			}
		}
	}
	for _, area := range areas {
		b, err := os.ReadFile("../../kit/wording/zh-CN/" + area + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var keys map[string]string
		if err := json.Unmarshal(b, &keys); err != nil {
			t.Fatal(err)
		}
		for k := range keys {
			begins := func(s string) bool { return strings.HasPrefix(k, s) }
			if !slices.Contains(used, k) && !slices.ContainsFunc(stems, begins) {
				t.Errorf("%s.json: nobody says %q", area, k)
			}
		}
	}
}

// Words live in the catalogues: no Chinese in a template or in code, except the name of the language
// on its own switch. Comments are English too.
func TestNoChineseInTemplatesAndCode(t *testing.T) {
	for file, text := range sources(t, "../../channel/*/*.go", "../../channel/web/*/*.go", "../../channel/*/*.html", "../../channel/web/layout/*.html") {
		for i, line := range strings.Split(text, "\n") {
			line = strings.ReplaceAll(line, "中文", "")
			if j := strings.IndexFunc(line, func(r rune) bool { return unicode.Is(unicode.Han, r) }); j >= 0 && !strings.HasSuffix(file, "_test.go") {
				t.Errorf("%s:%d: %s", file, i+1, strings.TrimSpace(line))
			}
		}
	}
}
