package citizen

import (
	"net/http"

	"kawu/channel/web"
	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/tell"
)

// FAQ is GET /faq: what people ask, with the answers of the edition in force, topic by topic.
type FAQ struct {
	web.Page
	Questions []QuestionLine // none: the city has published none
}

// QuestionLine is a question with its answer.
type QuestionLine struct {
	ID         string
	Topic, Ask web.Text
	Say        web.Said
	Basis      []Basis
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
		f.Questions = append(f.Questions, QuestionLine{q.ID, web.Text(notice.Label("topic", q.Topic.String())), web.Text(q.Ask), spoken(q.Say),
			bases(e.City(), tell.Grounds(q.Grounds()))})
	}
	return f
}
