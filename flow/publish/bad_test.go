package publish_test

import (
	"fmt"
	"strings"
	"testing"

	"kawu/domain/edition"
	"kawu/kit/fault"
)

// Whatever is wrong with a text is named with file, line and key, all at once, nothing is stored, and
// the edition in force stays.
func TestBadTexts(t *testing.T) {
	bomb := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'i'; c++ {
		bomb += fmt.Sprintf("%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n", c, c, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1)
	}
	good := text(t, "2025-next", "2025-06-01")
	cut := func(from, to string) string {
		if !strings.Contains(good, from) {
			t.Fatalf("no %q", from)
		}
		return strings.Replace(good, from, to, 1)
	}
	each(t, func(t *testing.T, n *node) {
		for code, c := range map[string]struct{ text, at string }{
			"policy.unknown_key":  {cut("fee_bearer: recipient", "fee_bearers: recipient"), "fee_bearers:"},
			"policy.never_opens":  {cut("to: 2025-12-31", "to: 2025-02-28"), "  - id: campaign"},
			"policy.twice":        {cut("banks: [icbc, ccb, psbc]", "banks: [icbc, ccb, icbc]"), "banks: [icbc, ccb, icbc]"},
			"policy.no_rule":      {cut("  - id: free\n    rules: [SP-17]\n", "  - id: free\n"), "  - id: free"},
			"policy.missing_key":  {cut("    phrase: 有效期届满前30日内可换卡。\n", ""), "  - id: renewal"},
			"policy.no_notice":    {cut("notice: practice ", "notice: habit "), "notice: habit"},
			"policy.alias":        {bomb, "a: &a"},
			"policy.syntax":       {cut("households: [local]", "households: [local"), "households: [local"},
			"policy.too_big":      {good + strings.Repeat("# 占地方\n", 40_000), ""},
			"policy.too_deep":     {"id: 2025-deep\nroutes: " + strings.Repeat("[", 200) + strings.Repeat("]", 200), "routes:"},
			"policy.wrong_value":  {cut("from: 2025-06-01", "from: 2025-06-31"), "  from: 2025-06-31"},
			"policy.unknown_bank": {cut("banks: [icbc, ccb, psbc]", "banks: [icbc, ccb, cmb]"), "[icbc, ccb, cmb]"},
			"publish.id_form":     {cut("id: 2025-next ", "id: Edition_2025 "), "id: Edition_2025"},
		} {
			_, err := n.Propose(ctx, anna, c.text, "理由", "")
			line := 0
			if c.at != "" {
				line = 1 + strings.Count(c.text[:strings.Index(c.text, c.at)], "\n")
			}
			hit := false
			for _, f := range findings(err) {
				hit = hit || f.Code == code && f.Line == line && strings.HasPrefix(f.File, "sample/") && strings.HasSuffix(f.File, ".yaml")
			}
			if !hit {
				t.Errorf("%s at line %d: %v", code, line, err)
			}
		}
		if err := fault.Of(func() error { _, err := n.Propose(ctx, anna, " \n", "", ""); return err }()); err == nil || err.Kind != fault.Invalid {
			t.Errorf("nothing at all: %v", err)
		}
		if all, err := edition.All(ctx, n.Desk.DB, "sample", 10); err != nil || len(all) != 0 || n.now().ID != "2025-exchange" {
			t.Errorf("%d stored, %v", len(all), err)
		}
	})
}
