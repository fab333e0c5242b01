package employer

import (
	"net/http"

	"kawu/channel/web"
	"kawu/domain/ref"
	"kawu/domain/roster"
	"kawu/flow/applygroup"
	"kawu/flow/desk"
	"kawu/kit/db"
	"kawu/policy"
)

// Portal serves the pages of employers' agents.
type Portal struct {
	hall  *web.Hall
	store *db.DB
	city  *policy.City
	apply *applygroup.Flow
}

// New makes the portal of a city.
func New(hall *web.Hall, store *db.DB, city *policy.City, apply *applygroup.Flow) *Portal {
	return &Portal{hall, store, city, apply}
}

// Routes adds the portal's addresses.
func (p *Portal) Routes(mux *http.ServeMux) {
	page := func(pattern string, h web.Handler) {
		mux.Handle(pattern, p.hall.Require(web.Employer, p.hall.Handle(h)))
	}
	page("GET /employer/{$}", p.batches)
	page("POST /employer/batches", p.openBatch)
	page("GET /employer/template.xlsx", p.template)
	for _, s := range p.steps() {
		page(s.method+" /employer/batches/{id}/"+s.page, p.step(s))
	}
}

// agent is the employer whose agent acts.
func agent(r *http.Request) (desk.Actor, ref.Employer) {
	who := web.ActorOf(r.Context())
	return who, who.Scope
}

// bank names a bank of the city.
func (p *Portal) bank(code ref.Bank) web.Text {
	if b, ok := p.city.Bank(string(code)); ok {
		return web.Text(b.Name)
	}
	return web.Text{ZH: string(code)}
}

// template is the roster to fill in.
func (p *Portal) template(w http.ResponseWriter, r *http.Request) error {
	download(w, "roster.xlsx", xlsx)
	return roster.Template(w)
}

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// download announces a file; its name is ASCII and says nothing of its content.
func download(w http.ResponseWriter, name, kind string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
}
