package citizen

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"kawu/channel/web"
	"kawu/kit/clock"
	"kawu/kit/wording"
	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/tell"
)

// Basis is where a statement comes from: the notice's words, its title and day. Practice says that
// no notice holds it and the program uses what is common.
type Basis struct {
	Phrase, Title, Rules string
	Date                 time.Time // zero: not known
	Practice             bool
}

// BasisBox is what stands behind "basis" on a page.
type BasisBox struct {
	web.Page
	Basis []Basis
}

// Row is one line of an answer: what it is about, what is said of it, and on which basis.
type Row struct {
	Name     web.Said
	Says     []web.Said
	List     []web.Said // of which one is enough
	Due      web.Said   // the day that a promise comes to, when filed today
	Chips    []web.Text // banks to choose from
	Href     string     // where one can go on; "": nowhere
	Link     string     // wording key of that link
	Practice bool       // no notice says it
	Basis    []Basis
}

// RowBox is a row with the page's language.
type RowBox struct {
	web.Page
	Row
}

// ShowRow boxes a row for {{template "row"}}.
func (r RowBox) ShowBasis() BasisBox { return BasisBox{r.Page, r.Basis} }

// bases are the sources of lines, each phrase once.
func bases(c *policy.City, lines []tell.Line) (out []Basis) {
	for _, l := range lines {
		b := Basis{Phrase: l.Phrase, Title: l.Source, Rules: l.Rules, Date: published(c, l.Source), Practice: l.Rules == string(notice.Practice)}
		if !slices.ContainsFunc(out, func(o Basis) bool { return o.Phrase == b.Phrase }) {
			out = append(out, b)
		}
	}
	return out
}

// published is the day of a city's notice; zero for a national text, which a city's list has not.
func published(c *policy.City, title string) time.Time {
	for _, n := range c.Notices {
		if n.Title == title {
			return n.Date.Time()
		}
	}
	return time.Time{}
}

// row makes a row of clauses; without any it is empty and is not shown.
func row(c *policy.City, name string, lines []tell.Line) Row {
	r := Row{Name: web.Say(name), Basis: bases(c, lines)}
	for _, l := range lines {
		r.Says = append(r.Says, spoken(l.Say))
		r.Practice = r.Practice || l.Rules == string(notice.Practice)
	}
	return r
}

var isoDay = regexp.MustCompile(`\d{4}-\d{2}-\d{2}`)

// spoken is a clause as people say it: its days in words.
func spoken(t notice.Text) web.Said {
	return web.Words(web.Text{ZH: days(wording.ZH, t.ZH), EN: days(wording.EN, t.EN)})
}

func days(l wording.Lang, s string) string {
	return isoDay.ReplaceAllStringFunc(s, func(d string) string {
		t, err := time.ParseInLocation(time.DateOnly, d, clock.Zone)
		if err != nil {
			return d
		}
		return l.Date(t)
	})
}

// list joins names as a sentence does.
func list(names []web.Text, key string) web.Said {
	var zh, en []string
	for _, n := range names {
		zh, en = append(zh, n.ZH), append(en, n.In(wording.EN))
	}
	return web.Words(web.Text{ZH: strings.Join(zh, wording.T(wording.ZH, key)), EN: strings.Join(en, wording.T(wording.EN, key))})
}
