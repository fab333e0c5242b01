package centre

import (
	"context"
	"net/http"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/application"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/state"
)

// Faces is GET /centre/faces (?state= ?page=): names with rare characters, whose cards are not ordered
// before somebody has looked at them as they will be printed.
type Faces struct {
	web.Page
	Frame
	Tabs  []web.Tab
	Rows  []FaceRow
	Pager web.Pager
}

// FaceRow is one name, masked; its page shows it.
type FaceRow struct {
	Ref  string // of the application, as people read it out
	Href string // of the page that shows the name; empty for who may not see it
	Name string // masked
	Bank web.Text
	Why  web.Said // what was found wrong
	Left web.Said // time left in words
	Tone web.Tone
}

// FacesView is the page.
var FacesView = web.NewView[Faces](files, "faces")

func (p *Portal) faces(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	ctx, s := r.Context(), production.ProofWaiting
	if r.URL.Query().Get("state") == string(production.ProofWrong) {
		s = production.ProofWrong
	}
	x := Faces{Page: p.Hall.Page(r, web.PortalCentre, "centre.faces")}
	var err error
	if x.Frame, err = p.frame(ctx, "faces"); err != nil {
		return err
	}
	waiting, wrong, err := production.CountProofs(ctx, p.Store, p.city)
	if err != nil {
		return err
	}
	total := map[state.State]int{production.ProofWaiting: waiting, production.ProofWrong: wrong}
	for _, t := range []state.State{production.ProofWaiting, production.ProofWrong} {
		x.Tabs = append(x.Tabs, web.Tab{Key: "centre.face.state." + string(t), Href: "/centre/faces?state=" + string(t), N: total[t], Current: s == t})
	}
	x.Pager = web.Pager{Page: web.PageOf(r), Size: size, Total: total[s], Base: "/centre/faces?state=" + string(s)}
	list, err := production.ProofsIn(ctx, p.Store, p.city, s, x.Pager.Offset(), size)
	if err != nil {
		return err
	}
	if x.Rows, err = p.faceRows(ctx, who, x.Page, list); err != nil {
		return err
	}
	return FacesView.Show(w, http.StatusOK, x)
}

func (p *Portal) faceRows(ctx context.Context, who desk.Actor, page web.Page, list []production.Proof) ([]FaceRow, error) {
	ids := make([]ref.Application, len(list))
	for i, x := range list {
		ids[i] = x.Application
	}
	apps, err := application.Find(ctx, p.Store, ids)
	if err != nil {
		return nil, err
	}
	byID := make(map[ref.Application]application.Application, len(apps))
	for _, a := range apps {
		byID[a.ID] = a
	}
	rows := make([]FaceRow, len(list))
	for i, x := range list {
		a := byID[x.Application]
		rows[i] = FaceRow{Ref: party.Code(string(x.Application)), Name: a.Name.Masked(), Bank: p.bankName(a.Bank), Why: party.Reason(x.Reason)}
		rows[i].Left, rows[i].Tone = left(x.Due.Sub(page.Now))
		if desk.May(who.Role, desk.ShowFace) {
			rows[i].Href = "/centre/faces/" + string(x.Application)
		}
	}
	return rows, nil
}

// bankName is a bank's name, or its code for one that the city does not list.
func (p *Portal) bankName(code ref.Bank) web.Text {
	if b, ok := p.City.Bank(string(code)); ok {
		return web.Text(b.Name)
	}
	return web.Text{ZH: string(code)}
}
