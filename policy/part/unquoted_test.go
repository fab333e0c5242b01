package part_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"kawu/city"
	"kawu/policy/part"
)

// TestUnquote: a figure that changed is told when the clause still quotes the same words, and only then.
func TestUnquote(t *testing.T) {
	book, err := city.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(city.Files, "sample/2025-exchange.yaml")
	if err != nil {
		t.Fatal(err)
	}
	old := strings.NewReplacer("id: 2025-exchange ", "id: 2025-next ", "  from: 2025-03-01\n\neligible", "  from: 2025-06-01\n\neligible").Replace(string(data))
	for _, x := range []struct{ from, to, want string }{
		{"days: 20", "days: 15", "[promises.twenty.days 20 15 自受理之日起20个工作日内制作完成，不含邮寄时间。]"},
		{"to: 2025-12-31", "to: 2025-11-30", "[windows.campaign.to 2025-12-31 2025-11-30 集中换发自2025年3月1日至2025年12月31日。]"},
		{"kind: working                            # or calendar", "kind: calendar", "[]"},
		{"自受理之日起20个工作日内制作完成，不含邮寄时间。\n", "自受理之日起20个工作日内制作完成。\n", "[]"},
		{"    phrase: 自受理之日起20个工作日内制作完成，不含邮寄时间。\n    say: {zh: \"自受理之日起{days}个工作日，不含邮寄时间。\", en: \"{days} working days from acceptance, mailing not counted.\"}\n    days: 20",
			"    phrase: 自受理之日起15个工作日内制作完成。\n    say: {zh: \"自受理之日起{days}个工作日，不含邮寄时间。\", en: \"{days} working days from acceptance, mailing not counted.\"}\n    days: 15", "[]"},
	} {
		if !strings.Contains(old, x.from) {
			t.Fatalf("the sample has no %q", x.from)
		}
		next, err := book.With("sample", "sample/2025-next.yaml", []byte(strings.Replace(old, x.from, x.to, 1)))
		if err != nil {
			t.Fatal(err)
		}
		c, err := next.City("sample")
		if err != nil {
			t.Fatal(err)
		}
		a, _ := c.Edition("2025-exchange")
		b, err := c.Edition("2025-next")
		if err != nil {
			t.Fatal(err)
		}
		got := []string{}
		for _, u := range part.Unquote(part.Diff(a, b), b) {
			got = append(got, fmt.Sprintf("%s.%s.%s %s %s %s", u.Section, u.Clause, u.Key, u.From, u.To, u.Phrase))
		}
		if fmt.Sprint(got) != x.want {
			t.Errorf("%q → %q: %v", x.from, x.to, got)
		}
	}
}
