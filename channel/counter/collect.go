package counter

import (
	"context"
	"net/http"
	"slices"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/employer"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/idno"
)

// Collect is /counter/collect/{card}: the steps of handing a card over; the one that runs holds its
// form. POST …/identity, …/found, …/sign, …/enable, …/bank, …/finish do one step each.
type Collect struct {
	web.Page
	Frame
	Card     string
	Person   Person
	Steps    []web.Step // names "counter.step.identity" … ; exactly one is StepNow, or all done
	Step     string     // the step that runs: "identity" "found" "sign" "enable" "bank" "receipt"; "" when it may not go on
	Started  time.Time
	Drawer   string
	Envelope string   // code on the envelope
	Bank     web.Text // issuing bank
	OwnBank  bool     // this outlet is of the issuing bank: the bank half can be done here
	OldCard  web.Said // what dies on enabling; empty: there is none
	Refused  web.Said // why it may not go on; empty: it may
	Proxy    bool     // somebody else collects
	Also     []Also
	// As typed, kept when a step is wrong.
	Number, Relation, ProxyName string
}

// Person is who stands at the window.
type Person struct {
	Name, Masked, Phone string
	Sex                 string // wording key
	Age                 int
	Employer            web.Text
	Generation          int // of the card in use; 0: none
	OldState            web.Tag
	Photo               bool // there is a photo to compare with: GET /counter/photo/{card}
}

// Also is something else this person could do now, with a digit key.
type Also struct {
	Name string // wording key
	Note web.Said
	Href string
}

// CollectView is the page.
var CollectView = web.NewView[Collect](files, "collect")

// NumberField is the identity number as the reader fills it, named "number".
func (c Collect) NumberField() web.Field {
	return c.Field("number", "counter.identity.number", c.Number).Hint(c.T("counter.identity.number.hint")).Code(24)
}

// HereChoices say who is at the window, named "here": "self" or "proxy".
func (c Collect) HereChoices() web.Choices {
	return c.Choices("here", "counter.identity.who").
		Add("self", c.T("counter.identity.same"), "", !c.Proxy).
		Add("proxy", c.T("counter.identity.proxy"), c.T("counter.identity.proxy.note"), c.Proxy)
}

// ProxyField is the name of who collects for the person, named "proxy".
func (c Collect) ProxyField() web.Field {
	return c.Field("proxy", "counter.identity.proxy.name", c.ProxyName)
}

// RelationField is the relation to the person, named "relation".
func (c Collect) RelationField() web.Field {
	return c.Field("relation", "counter.identity.relation", c.Relation)
}

// EnvelopeField is the scanned envelope, named "envelope".
func (c Collect) EnvelopeField() web.Field {
	return c.Field("envelope", "counter.found.envelope", "").Hint(c.T("counter.found.envelope.hint", "envelope", c.Envelope)).Code(32)
}

// AgreeTick is the box of a step, named "agree".
func (c Collect) AgreeTick(key string) web.Choices { return c.Tick("agree", c.T(key), false) }

// Digit is the key of the nth other task.
func (c Collect) Digit(i int) string { return string(rune('1' + i)) }

// matter is a card with what belongs to it, as one window may see it.
type matter struct {
	card card.Card
	app  application.Application
	link custody.Link // who has the card now
	from ref.Holder   // who handed it to the person; zero while it waits
	old  card.Card    // in use until this one is enabled; zero: none
}

// matter reads a card that waits here, was handed out here, or is in its person's hand and of this
// outlet's bank. Any other is unknown to this window.
func (p *Portal) matter(ctx context.Context, who desk.Actor, id string) (m matter, err error) {
	if m.card, err = card.Get(ctx, p.Store, ref.Card(id)); err != nil {
		return m, err
	}
	chain, err := custody.Chain(ctx, p.Store, m.card.ID)
	if err != nil || len(chain) == 0 || m.card.Application == "" {
		return m, orUnknown(err)
	}
	m.link = chain[len(chain)-1]
	here := m.link.Holder
	if m.link.Holder.Kind == ref.HeldByPerson && len(chain) > 1 {
		m.from = chain[len(chain)-2].Holder
		here = m.from
	}
	mine := holder(who)
	if (here.Kind != mine.Kind || here.Name != mine.Name) && (m.link.Holder.Kind != ref.HeldByPerson || who.Org != string(m.card.Bank)) {
		return m, card.ErrUnknown
	}
	if m.app, err = application.Get(ctx, p.Store, m.card.Application); err != nil {
		return m, err
	}
	old, found, err := card.InUse(ctx, p.Store, m.card.Person)
	if found && old.ID != m.card.ID {
		m.old = old
	}
	return m, err
}

func orUnknown(err error) error {
	if err == nil {
		return card.ErrUnknown
	}
	return err
}

func (p *Portal) collect(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	m, err := p.matter(r.Context(), who, r.PathValue("card"))
	if err != nil {
		return err
	}
	v := p.visitOf(r, who, string(m.card.ID))
	if v.Started.IsZero() {
		v.Started = p.Hall.Clock.Now()
		if err := p.keep(w, r, v); err != nil {
			return err
		}
	}
	c, err := p.collectOf(r, who, m, v)
	if err != nil {
		return err
	}
	return CollectView.Show(w, http.StatusOK, c)
}

func (p *Portal) collectOf(r *http.Request, who desk.Actor, m matter, v visit) (Collect, error) {
	ctx := r.Context()
	c := Collect{Page: p.Hall.Page(r, web.PortalCounter, "counter.collect"), Card: string(m.card.ID), Started: v.Started,
		Drawer: m.link.Holder.Place, Envelope: party.Code(string(m.card.ID)), Proxy: v.Proxy != "", ProxyName: v.Proxy,
		OwnBank: who.Org == string(m.card.Bank) && v.Proxy == ""}
	var err error
	if c.Frame, err = p.frame(ctx, who, "bench"); err != nil {
		return c, err
	}
	book, err := party.Open(ctx, p.Store, p.City, nil)
	if err != nil {
		return c, err
	}
	c.Bank = book.Bank(m.card.Bank)
	if c.Person, err = p.person(ctx, m, c.Page); err != nil {
		return c, err
	}
	if m.old.ID != "" && m.card.Social == card.Sealed {
		c.OldCard = web.Say("counter.warn.old")
	}
	c.Step = now(m, v)
	c.Steps = steps(m, v, c)
	if m.card.Making != card.Handed && m.app.State != application.Ready {
		c.Refused, c.Step = web.Say("counter.refused.state"), ""
	}
	return c, nil
}

// person is who the card is for, masked: the clerk compares with the document in hand.
func (p *Portal) person(ctx context.Context, m matter, page web.Page) (Person, error) {
	n := m.app.Number
	x := Person{Name: m.app.Name.Masked(), Masked: n.Masked(), Phone: m.app.Mobile.Masked(), Age: n.AgeOn(page.Now)}
	switch n.Sex() {
	case idno.Male:
		x.Sex = "counter.person.male"
	case idno.Female:
		x.Sex = "counter.person.female"
	}
	if m.old.ID != "" {
		x.Generation, x.OldState = int(m.old.Generation), web.Tag{Tone: web.Good, Said: web.Say("citizen.state.in_use")}
	}
	if m.app.Employer == "" {
		return x, nil
	}
	e, err := employer.Get(ctx, p.Store, m.app.Employer)
	x.Employer = web.Text{ZH: e.Name}
	return x, err
}

// now is the step that runs.
func now(m matter, v visit) string {
	switch {
	case v.Document == "":
		return "identity"
	case m.card.Making != card.Handed && !v.Found:
		return "found"
	case m.card.Making != card.Handed:
		return "sign"
	case m.card.Social == card.Sealed && !slices.Contains(v.Later, "enable"):
		return "enable"
	case m.card.Financial == card.Inactive && !slices.Contains(v.Later, "bank"):
		return "bank"
	}
	return "receipt"
}

// order is the order of the steps.
var order = []string{"identity", "found", "sign", "enable", "bank", "receipt"}

func steps(m matter, v visit, c Collect) []web.Step {
	notes := map[string]web.Said{"identity": web.Say("counter.step.identity.note"),
		"found":  web.Say("counter.step.found.note", "drawer", c.Drawer, "envelope", c.Envelope),
		"enable": web.Say("counter.step.enable.note"), "bank": web.Say("counter.step.bank.note.other", "bank", c.Bank)}
	if c.Drawer == "" {
		notes["found"] = web.Say("counter.step.found.note.code", "envelope", c.Envelope)
	}
	if c.OwnBank {
		notes["bank"] = web.Say("counter.step.bank.note.own")
	}
	at := map[string]time.Time{"enable": m.card.EnabledAt, "bank": m.card.ActiveAt}
	if m.card.Making == card.Handed {
		at["sign"] = m.link.Since
	}
	out := make([]web.Step, len(order))
	reached := slices.Index(order, c.Step)
	for i, name := range order {
		out[i] = web.Step{Name: "counter.step." + name, State: web.StepTodo, Note: notes[name], At: at[name]}
		switch {
		case i == reached:
			out[i].State = web.StepNow
		case slices.Contains(v.Later, name):
			out[i].Note = web.Say("counter.step.later")
		case i < reached, !at[name].IsZero(), name == "found" && m.card.Making == card.Handed:
			out[i].State = web.StepDone
		}
	}
	return out
}
