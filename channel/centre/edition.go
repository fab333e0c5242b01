package centre

import (
	"net/http"

	"kawu/channel/web"
	"kawu/domain/edition"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/flow/desk"
	"kawu/policy/part"
)

// Edition is GET /centre/editions/{id}: one edition for reading, what it changed, and its check.
type Edition struct {
	web.Page
	Frame
	EditionRow
	May      bool
	Notice   web.Text // the notice it is made from
	Clauses  int
	Rules    int
	Before   *EditionRow // the one before; nil for the first
	Changes  []Change
	Sections []Section
}

// EditionView is the page.
var EditionView = web.NewView[Edition](files, "edition")

func (p *Portal) edition(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	ctx := r.Context()
	city, err := p.Publish.Shelf.Now(ctx)
	if err != nil {
		return err
	}
	e, err := city.Edition(r.PathValue("id"))
	if err != nil {
		return err
	}
	x := Edition{Page: p.Hall.Page(r, web.PortalCentre, "centre.edition", "id", e.ID), May: p.mayPublish(who)}
	if x.Frame, err = p.frame(ctx, "editions"); err != nil {
		return err
	}
	cases, err := report.ByEdition(ctx, p.Store, p.city)
	if err != nil {
		return err
	}
	published, err := p.published(r)
	if err != nil {
		return err
	}
	for i, y := range city.Editions() {
		if y != e {
			continue
		}
		x.EditionRow, _ = p.editionRow(ctx, x.Page, city, i, published, cases)
		if i > 0 {
			row, _ := p.editionRow(ctx, x.Page, city, i-1, published, cases)
			before := city.Editions()[i-1]
			x.Before, x.Changes = &row, changes(before, e, part.Diff(before, e))
		}
	}
	n, _ := e.Source(e.Notice)
	x.Notice = web.Text{ZH: n.Title}
	x.Sections = sections(e)
	x.Clauses, x.Rules = clauses(x.Sections), rules(x.Sections)
	return EditionView.Show(w, http.StatusOK, x)
}

// published finds the proposals behind the editions that came at run time; of two with one id, the
// later one is in the book.
func (p *Portal) published(r *http.Request) (map[ref.Edition]edition.Proposal, error) {
	all, err := edition.After(r.Context(), p.Store, p.city, 0)
	out := map[ref.Edition]edition.Proposal{}
	for _, q := range all {
		out[q.Edition] = q
	}
	return out, err
}

// editionText is GET /centre/editions/{id}/text: the YAML, to start from.
func (p *Portal) editionText(w http.ResponseWriter, r *http.Request, _ desk.Actor) error {
	if _, err := p.Publish.Shelf.Edition(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	text, _, err := p.Publish.Shelf.Text(r.PathValue("id"))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/yaml; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+r.PathValue("id")+`.yaml"`)
	_, _ = w.Write([]byte(text)) // the reader has gone, or has it
	return nil
}
