package citizen

import (
	"html/template"
	"net/http"
	"regexp"
	"strings"

	"kawu/channel/web"
	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/tell"
)

// Hotlines is GET /hotlines: whom to call about what, and how to know a swindler.
type Hotlines struct {
	web.Page
	Lines   []HotLine
	Banks   []HotLine // the banks' own numbers; empty when the notice sends nobody there
	Warning Row       // the notice's; empty when it has none
}

// HotLine is a topic with its number.
type HotLine struct {
	Topic  web.Said
	Number string
	Basis  []Basis
	Silent bool // no notice names it
}

// digits is a number that a telephone can dial.
var digits = regexp.MustCompile(`^[0-9+][0-9-]{2,}$`)

// Tel is the number as a link; "" when it cannot be dialled as it stands.
func (h HotLine) Tel() template.URL {
	if !digits.MatchString(h.Number) {
		return ""
	}
	return web.Address("tel:" + strings.ReplaceAll(h.Number, "-", ""))
}

// HotlinesView is the page.
var HotlinesView = web.NewView[Hotlines](files, "hotlines")

// ShowRow boxes a row for {{template "row"}}.
func (h Hotlines) ShowRow(r Row) RowBox { return RowBox{h.Page, r} }

// ShowBasis boxes sources for {{template "basis"}}.
func (h Hotlines) ShowBasis(b []Basis) BasisBox { return BasisBox{h.Page, b} }

// hotlines is GET /hotlines.
func (p *Portal) hotlines(w http.ResponseWriter, r *http.Request) error {
	return HotlinesView.Show(w, http.StatusOK, HotlinesOf(p.page(r, "citizen.hotlines"), p.City().On(p.Hall.Clock.Now())))
}

// HotlinesOf makes the page of an edition.
func HotlinesOf(page web.Page, e *policy.Edition) Hotlines {
	h := Hotlines{Page: page, Warning: warning(e)}
	for i := range e.Hotlines {
		n := &e.Hotlines[i]
		said := tell.Grounds(n.Grounds())
		if n.Number == notice.CardBank {
			for _, b := range e.Banks() {
				if b.Hotline != "" {
					h.Banks = append(h.Banks, HotLine{Topic: web.Words(web.Text(b.Name)), Number: b.Hotline})
				}
			}
			if len(h.Banks) > 0 {
				continue
			}
		}
		h.Lines = append(h.Lines, HotLine{Topic: heading(said[0].Say), Number: n.Number, Basis: bases(e.City(), said), Silent: policy.FromPractice(n)})
	}
	return h
}

// heading is a clause without its full stop.
func heading(t notice.Text) web.Said {
	return spoken(notice.Text{ZH: strings.TrimRight(t.ZH, "。"), EN: strings.TrimRight(t.EN, ".")})
}
