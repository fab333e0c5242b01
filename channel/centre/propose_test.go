package centre

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kawu/city"
	"kawu/kit/clock"
)

// A draft made of any city's edition has an id and a first day of its own, and says of the notice what it
// said before: where it spoke of its first day, that day stands.
func TestStart(t *testing.T) {
	day := time.Date(2031, 5, 6, 0, 0, 0, 0, clock.Zone)
	for _, c := range cities(t) {
		for _, e := range c.Editions() {
			data, err := city.Files.ReadFile(c.ID + "/" + e.ID + ".yaml")
			if err != nil {
				t.Fatal(err)
			}
			old, fresh := strings.Split(string(data), "\n"), strings.Split(start(string(data), day), "\n")
			var changed []string
			for i := range old {
				if len(old) != len(fresh) || old[i] == fresh[i] {
					continue
				}
				if fresh[i] == strings.ReplaceAll(old[i], "{from}", e.InForce.From.String()) {
					continue // one of the two languages of the first clause
				}
				changed = append(changed, strings.TrimSpace(fresh[i]))
			}
			if len(changed) != 2 || changed[0] != "id: edition-2031-05-06" || !strings.HasPrefix(changed[1], "from: 2031-05-06") {
				t.Errorf("%s: %q", e.ID, changed)
			}
			if e.ID == "2024-pilot" && !slices.Contains(fresh, `    zh: "第三代社保卡换发试点时间为2024-01-31至{to}。"`) {
				t.Error("the pilot began another day than it did")
			}
		}
	}
	draft := start("id: a\nin_force:\n  from: 2024-01-31 # first\n  say: {zh: \"自{from}\"}\nwindows:\n  - say: \"{from}\"\n    from: 2024-01-31\n", day)
	if draft != "id: edition-2031-05-06\nin_force:\n  from: 2031-05-06 # first\n  say: {zh: \"自2024-01-31\"}\nwindows:\n  - say: \"{from}\"\n    from: 2024-01-31\n" {
		t.Errorf("%s", draft)
	}
}
