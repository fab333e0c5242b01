package rules

import (
	"errors"
	"fmt"

	"github.com/cucumber/godog"

	"kawu/policy/term"
)

// accepts asks whether a kind of card is accepted for an operation at a kind of place on a day. 逐步
// is yes, until each institution's own day.
func (q *questions) accepts(t *godog.Table) error {
	var all []error
	for i := range t.Rows[1:] {
		r := row(t, i+1)
		day, err := term.ParseDate(r["日期"])
		if err != nil {
			return err
		}
		var media term.Holds
		if err := media.UnmarshalText([]byte(plain(r["持卡"]))); err != nil {
			return err
		}
		e := q.city.Editions()[0]
		ok, by := e.Accepts(media, r["操作"], r["地点"], day)
		got := map[bool]string{true: "是", false: "否"}[ok]
		if ok && by != nil && by.Gradual && day > by.To {
			got = "逐步"
		}
		if got != r["受理"] {
			all = append(all, fmt.Errorf("line %d: %s", i+1, got))
		}
	}
	return errors.Join(all...)
}
