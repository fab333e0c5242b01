package counter

import (
	"net/http"
	"strings"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/card"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/flow/handout"
	"kawu/kit/fault"
	"kawu/kit/idno"
	"kawu/kit/name"
)

// The faults of the bench's own forms.
var (
	errEnvelope = fault.New(fault.Invalid, "counter.envelope_differs", "this is another envelope; the code should be {envelope}")
	errProxy    = fault.New(fault.Invalid, "counter.proxy_relation", "write how the other person is related to the holder")
)

// step is POST /counter/collect/{card}/{do}: one step of the visit. Pressing twice does it once, and
// a step that is not the one that runs changes nothing.
func (p *Portal) step(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	m, err := p.matter(r.Context(), who, r.PathValue("card"))
	if err != nil {
		return err
	}
	v := p.visitOf(r, who, string(m.card.ID))
	back := "/counter/collect/" + string(m.card.ID)
	if r.PathValue("do") != now(m, v) {
		http.Redirect(w, r, back, http.StatusSeeOther)
		return nil
	}
	if v.Started.IsZero() {
		v.Started = p.Hall.Clock.Now()
	}
	err = p.Hall.Once(w, r, func() (string, error) {
		to, err := p.take(r, who, m, &v)
		if err != nil {
			return "", err
		}
		return to, p.keep(w, r, v)
	})
	if err == nil {
		return nil
	}
	c, again := p.collectOf(r, who, m, v)
	if again != nil {
		return again
	}
	c.Number, c.Proxy = "", c.Proxy || r.PostFormValue("here") == "proxy"
	c.ProxyName, c.Relation = r.PostFormValue("proxy"), r.PostFormValue("relation")
	if !c.Page.Fail(err) {
		return err
	}
	return CollectView.Form(w, c.Page, c)
}

// take does the step and tells where to go.
func (p *Portal) take(r *http.Request, who desk.Actor, m matter, v *visit) (string, error) {
	ctx, id := r.Context(), []ref.Card{m.card.ID}
	back, do := "/counter/collect/"+string(m.card.ID), r.PathValue("do")
	if r.PostFormValue("later") == "yes" && (do == "enable" || do == "bank") {
		v.Later = append(v.Later, do)
		return back, nil
	}
	switch do {
	case "identity":
		return back, identity(r, m, v)
	case "found":
		if r.PostFormValue("missing") == "yes" {
			return web.Saying("/counter/", "said.card_missing"), p.HandOut.Missing(ctx, who, m.card.ID)
		}
		if code(r.PostFormValue("envelope")) != party.Code(string(m.card.ID)) {
			return "", fault.New(errEnvelope.Kind, errEnvelope.Code, errEnvelope.Message, "envelope", party.Code(string(m.card.ID))).At("envelope")
		}
		v.Found = true
		return back, nil
	case "receipt":
		return "/counter/receipt/" + string(m.card.ID), nil
	}
	if r.PostFormValue("agree") != "yes" {
		return "", party.ErrAgree.At("agree")
	}
	switch do {
	case "sign":
		return back, p.HandOut.Counter(ctx, who, m.card.ID, v.Document, handout.Switches{Proxy: v.Proxy != ""})
	case "enable":
		return back, p.HandOut.Enable(ctx, who, id, "bank_outlet")
	case "bank":
		if v.Proxy != "" {
			f := handout.ErrInPerson
			return "", fault.New(f.Kind, f.Code, f.Message, "bank", p.bankName(m.card.Bank))
		}
		return back, p.HandOut.Activate(ctx, who, id)
	}
	return "", card.ErrUnknown
}

// identity compares the document shown with the person the card is for. All that is wrong is said at
// once.
func identity(r *http.Request, m matter, v *visit) error {
	var wrong fault.List
	n, _, err := idno.Parse(r.PostFormValue("number"))
	switch {
	case err != nil:
		wrong.Add("number", fault.Of(err))
	case n.Reveal() != m.app.Number.Reveal():
		wrong.Add("number", handout.ErrIdentity)
	}
	proxy := ""
	if r.PostFormValue("here") == "proxy" {
		full, _, err := name.Parse(r.PostFormValue("proxy"))
		if err != nil {
			wrong.Add("proxy", fault.Of(err))
		}
		if strings.TrimSpace(r.PostFormValue("relation")) == "" {
			wrong.Add("relation", errProxy)
		}
		proxy = full.Masked()
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	v.Document, v.Proxy = n.Reveal(), proxy
	return nil
}

// bankName is a bank's name in Chinese, as flows word it in their refusals.
func (p *Portal) bankName(code ref.Bank) string {
	if b, ok := p.City.Bank(string(code)); ok {
		return b.Name.ZH
	}
	return string(code)
}
