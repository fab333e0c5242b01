package citizen

import (
	"net/http"

	"kawu/channel/web"
	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/tell"
)

// FAQ is GET /faq: what people ask, with the answers of the edition in force.
type FAQ struct {
	web.Page
	Topics []Topic // only those that the edition answers
}

// Topic is a heading with its questions.
type Topic struct {
	ID        string
	Name      web.Text
	Questions []QuestionLine
}

// QuestionLine is a question with its answer.
type QuestionLine struct {
	ID    string
	Ask   web.Text
	Say   web.Said
	Basis []Basis
}

// FAQView is the page.
var FAQView = web.NewView[FAQ](files, "faq")

// ShowBasis boxes sources for {{template "basis"}}.
func (f FAQ) ShowBasis(b []Basis) BasisBox { return BasisBox{f.Page, b} }

// faq is GET /faq.
func (p *Portal) faq(w http.ResponseWriter, r *http.Request) error {
	return FAQView.Show(w, http.StatusOK, FAQOf(p.page(r, "citizen.faq"), p.City().On(p.Hall.Clock.Now())))
}

// FAQOf makes the page of an edition.
func FAQOf(page web.Page, e *policy.Edition) FAQ {
	f := FAQ{Page: page}
	for _, q := range e.Questions() {
		if n := len(f.Topics); n == 0 || f.Topics[n-1].ID != q.Topic.String() {
			f.Topics = append(f.Topics, Topic{ID: q.Topic.String(), Name: web.Text(notice.Label("topic", q.Topic.String()))})
		}
		t := &f.Topics[len(f.Topics)-1]
		t.Questions = append(t.Questions, QuestionLine{ID: q.ID, Ask: web.Text(q.Ask), Say: spoken(q.Say), Basis: bases(e.City(), tell.Grounds(q.Grounds()))})
	}
	return f
}
