package counter

import (
	"html/template"
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/card"
	"kawu/domain/ref"
	"kawu/flow/desk"
)

// Receipt is GET /counter/receipt/{card}: printed for the person.
type Receipt struct {
	web.Page
	Frame
	No             string
	Card           string
	Name, Masked   string
	CardNo         string // masked
	Outlet         web.Text
	Clerk          string
	At             time.Time
	SocialSecurity web.Half
	BankAccount    web.Half
	BankTold       bool
	OldCardVoid    bool
	Bank           web.Text
	Proxy          string // who collected for the person; ""
}

// ReceiptView is the page.
var ReceiptView = web.NewView[Receipt](files, "receipt")

// Code is the receipt's number as a QR code: any outlet that scans it finds the case.
func (r Receipt) Code() (template.HTML, error) { return web.QR(r.No) }

func (p *Portal) receipt(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	m, err := p.matter(r.Context(), who, r.PathValue("card"))
	if err != nil {
		return err
	}
	if m.link.Holder.Kind != ref.HeldByPerson {
		return card.ErrUnknown // there is nothing to give a receipt for
	}
	book, err := party.Open(r.Context(), p.Store, p.City, []ref.Holder{holder(who)})
	if err != nil {
		return err
	}
	at := m.link.Since
	for _, t := range []time.Time{m.card.EnabledAt, m.card.ActiveAt} {
		if t.After(at) {
			at = t
		}
	}
	x := Receipt{Page: p.Hall.Page(r, web.PortalCounter, "counter.receipt"), No: party.Code(string(m.card.ID)), Card: string(m.card.ID),
		Name: m.app.Name.Masked(), Masked: m.app.Number.Masked(), CardNo: m.card.MaskedNumber(), Outlet: book.Name(holder(who)),
		At: at, SocialSecurity: social(m.card), BankAccount: web.HalfOff, BankTold: m.card.Told == "told",
		Bank: book.Bank(m.card.Bank), Proxy: p.visitOf(r, who, string(m.card.ID)).Proxy}
	x.Clerk = x.Visitor.Name
	if m.card.Financial == card.Active {
		x.BankAccount = web.HalfOn
	}
	if x.Frame, err = p.frame(r.Context(), who, "bench"); err != nil {
		return err
	}
	all, err := card.OfPerson(r.Context(), p.Store, m.card.Person)
	if err != nil {
		return err
	}
	for _, c := range all {
		x.OldCardVoid = x.OldCardVoid || c.ID != m.card.ID && c.VoidedAt.Equal(m.card.EnabledAt) && !c.VoidedAt.IsZero()
	}
	return ReceiptView.Show(w, http.StatusOK, x)
}

// social is the position of the social security switch.
func social(c card.Card) web.Half {
	switch c.Social {
	case card.Sealed:
		return web.HalfOff
	case card.Normal:
		return web.HalfOn
	case card.Void:
		return web.HalfVoid
	}
	return web.HalfLost
}
