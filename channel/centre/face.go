package centre

import (
	"html/template"
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/flow/makecard"
)

// Face is /centre/faces/{id}: one name as it will be printed, large. To open it is in the audit trail.
// POST with field "do" says "right", or "wrong" with field "why", one of makecard.Faults.
type Face struct {
	web.Page
	Frame
	Ref        string
	State      web.Tag
	Name       string        // in plain
	Picture    template.HTML // an SVG of chip/face: outlines only, no text of anybody; empty when a character has no font
	Characters []makecard.Character
	Bank       web.Text
	Since, Due time.Time
	Left       web.Said
	Why        web.Said // what was found wrong
	Waits      bool     // for a decision
	Chosen     string   // of field "why"
}

// FaceView is the page.
var FaceView = web.NewView[Face](files, "face")

// WhyChoices are the faults that a clerk may find, named "why".
func (x Face) WhyChoices() web.Choices {
	c := x.Choices("why", "centre.face.why")
	for _, f := range makecard.Faults {
		c = c.Add(f, x.T("trouble.reason."+f), x.T("centre.face.why."+f), f == x.Chosen)
	}
	return c
}

// faceTones are those of a proof's states.
var faceTones = map[string]web.Tone{string(production.ProofWaiting): web.Watch, string(production.ProofWrong): web.Bad, string(production.ProofRight): web.Good}

func (p *Portal) face(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	x, err := p.faceOf(r, who)
	if err != nil {
		return err
	}
	return FaceView.Show(w, http.StatusOK, x)
}

func (p *Portal) faceOf(r *http.Request, who desk.Actor) (Face, error) {
	x := Face{Page: p.Hall.Page(r, web.PortalCentre, "centre.face")}
	n, err := p.Make.Show(r.Context(), who, ref.Application(r.PathValue("id")))
	if err != nil {
		return x, err
	}
	if x.Frame, err = p.frame(r.Context(), "faces"); err != nil {
		return x, err
	}
	s := string(n.Proof.State)
	x.Ref, x.State = party.Code(string(n.Application.ID)), web.Tag{Tone: faceTones[s], Said: web.Say("centre.face.state." + s)}
	x.Name, x.Picture, x.Characters = n.Application.Name.Reveal(), template.HTML(n.Picture), n.Characters
	x.Bank, x.Since, x.Due, x.Why = p.bankName(n.Application.Bank), n.Proof.Since, n.Proof.Due, party.Reason(n.Proof.Reason)
	x.Left, _ = left(x.Due.Sub(x.Now))
	x.Waits = n.Proof.State == production.ProofWaiting
	return x, nil
}

// judge is POST /centre/faces/{id}: what the eye has seen, said once.
func (p *Portal) judge(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	id := ref.Application(r.PathValue("id"))
	err := p.Hall.Once(w, r, func() (string, error) {
		switch r.PostFormValue("do") {
		case "right":
			return web.Saying("/centre/faces", "said.face_right"), p.Make.Right(r.Context(), who, id)
		case "wrong":
			return web.Saying("/centre/faces", "said.face_wrong"), p.Make.Wrong(r.Context(), who, id, r.PostFormValue("why"))
		}
		return "", errPlay
	})
	if err == nil {
		return nil
	}
	x, again := p.faceOf(r, who)
	if again != nil {
		return again
	}
	if x.Chosen = r.PostFormValue("why"); !x.Page.Fail(err) {
		return err
	}
	return FaceView.Form(w, x.Page, x)
}
