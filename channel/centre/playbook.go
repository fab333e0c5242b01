package centre

import (
	"context"
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/exchange"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/flow/settle"
	"kawu/kit/fault"
	"kawu/kit/id"
)

// play is what is done about one kind of trouble: the one act, and what is left when it cannot be
// done. A kind without an act is cleared by somebody outside; its wording says by whom.
type play struct {
	do, or string
	stage  string
}

// The acts, as values of the field "do".
const (
	doCompare  = "compare"  // compare a held application again
	doWithdraw = "withdraw" // end an application that cannot be mended
	doResend   = "resend"   // send a refused account opening again
	doRemake   = "remake"   // order a card again whose data was mended
	doSettle   = "settle"   // clear a list's findings
	doRetry    = "retry"    // send a refused message again
	doLook     = "look"     // put a printed name before an eye again
	doMark     = "mark"     // settled outside, with a reason
)

// permit is what each act needs.
var permit = map[string]desk.Act{doCompare: desk.CompareAgain, doWithdraw: desk.Withdraw, doResend: desk.Resend, doRemake: desk.DrawBatch,
	doSettle: desk.SettleFinding, doRetry: desk.RetryExchange, doMark: desk.SettleTrouble,
	doLook: desk.JudgeFace}

var playbook = map[trouble.Kind]play{
	trouble.NameDiffers:     {doCompare, doWithdraw, "centre.stage.compare"},
	trouble.NotInRegister:   {doCompare, doWithdraw, "centre.stage.compare"},
	trouble.Dead:            {doWithdraw, doCompare, "centre.stage.compare"},
	trouble.CardElsewhere:   {doCompare, doWithdraw, "centre.stage.compare"},
	trouble.AccountRefused:  {doResend, doWithdraw, "centre.stage.account"},
	trouble.WrongAccount:    {doMark, "", "centre.stage.account"},
	trouble.FaceHeld:        {doLook, "", "centre.stage.make"},
	trouble.CardUnmade:      {doRemake, "", "centre.stage.make"},
	trouble.CardRemade:      {"", "", "centre.stage.make"},
	trouble.UnknownReturn:   {doMark, "", "centre.stage.make"},
	trouble.NoCertificate:   {doMark, "", "centre.stage.make"},
	trouble.HandoverDiffers: {doSettle, "", "centre.stage.deliver"},
	trouble.ParcelFailed:    {"", "", "centre.stage.deliver"},
	trouble.UnknownParcel:   {doMark, "", "centre.stage.deliver"},
	trouble.MessageFailed:   {doMark, "", "centre.stage.deliver"},
	trouble.PartnerFails:    {doRetry, "", "centre.stage.exchange"},
	trouble.Overdue:         {"", "", "centre.stage.make"},
	trouble.NotCollected:    {"", "", "centre.stage.deliver"},
	trouble.NotEnabled:      {"", "", "centre.stage.enable"},
	trouble.CardMissing:     {doMark, "", "centre.stage.deliver"},
	trouble.ModuleLost:      {"", "", "centre.stage.read"},
}

// errPlay is the refusal of an act that is not in the playbook of a trouble's kind.
var errPlay = fault.New(fault.Invalid, "centre.play", "this exception is not cleared by that act")

// play does what a form asks for about one trouble.
func (p *Portal) play(r *http.Request, who desk.Actor) error {
	ctx, no := r.Context(), ref.Trouble(r.PathValue("id"))
	t, found, err := trouble.Get(ctx, p.Store, no)
	if err != nil {
		return err
	}
	if !found || t.City != p.city {
		return settle.ErrUnknown
	}
	do, b := r.PostFormValue("do"), playbook[t.Kind]
	if do == "" || do != b.do && do != b.or {
		return errPlay
	}
	switch do {
	case doCompare:
		return p.Compare.Again(ctx, who, ref.Application(t.Subject))
	case doWithdraw:
		return p.Compare.Withdraw(ctx, who, ref.Application(t.Subject))
	case doResend:
		return p.Accounts.Correct(ctx, who, ref.Application(t.Subject), "")
	case doRemake:
		return p.Make.Again(ctx, who, ref.Card(t.Subject))
	case doSettle:
		return p.Handover.Settle(ctx, who, ref.Handover(t.Subject))
	case doLook:
		return p.Make.LookAgain(ctx, who, ref.Application(t.Subject))
	case doRetry:
		return p.Post.Retry(ctx, who, ref.Exchange(t.Subject))
	}
	return p.Settle.Mark(ctx, who, no, settle.Reason(r.PostFormValue("why")))
}

// rows shows troubles with their owner and the one thing to do; what belongs to them is read in one
// query a room.
func (p *Portal) rows(ctx context.Context, who desk.Actor, page web.Page, list []trouble.Trouble) ([]Exception, error) {
	var holders []ref.Holder
	var apps []ref.Application
	var lists []ref.Handover
	for _, t := range list {
		holders = append(holders, ref.Holder{Kind: t.OwnerKind, Name: t.Owner})
		switch id.Prefix(t.Subject) {
		case "app":
			apps = append(apps, ref.Application(t.Subject))
		case "hov":
			lists = append(lists, ref.Handover(t.Subject))
		}
	}
	book, err := p.book(ctx, holders...)
	if err != nil {
		return nil, err
	}
	cards, err := p.cardOf(ctx, apps)
	if err != nil {
		return nil, err
	}
	sizes, err := report.Lists(ctx, p.Store, lists)
	if err != nil {
		return nil, err
	}
	out := make([]Exception, len(list))
	for i, t := range list {
		out[i] = p.exception(who, page, t, book)
		switch id.Prefix(t.Subject) {
		case "app":
			if c, ok := cards[ref.Application(t.Subject)]; ok {
				out[i].Href = "/centre/cards/" + string(c.ID)
			}
		case "hov":
			out[i].N = sizes[ref.Handover(t.Subject)].Findings
		case "exc":
			if x, err := exchange.Get(ctx, p.Store, ref.Exchange(t.Subject)); err == nil {
				out[i].N = int(x.N)
			}
		}
	}
	return out, nil
}

func (p *Portal) exception(who desk.Actor, page web.Page, t trouble.Trouble, book party.Book) Exception {
	b := playbook[t.Kind]
	x := Exception{ID: string(t.ID), What: web.Say("trouble." + string(t.Kind)), Why: party.Reason(t.Reason), Ref: party.Code(t.Subject),
		Href: href(t.Subject), Stage: b.stage, Owner: book.Name(ref.Holder{Kind: t.OwnerKind, Name: t.Owner}), Due: t.Due, N: 1,
		Advice: "trouble." + string(t.Kind) + ".do"}
	if id.Prefix(t.Subject) == "hov" {
		x.Ref = party.No("H", t.Subject)
	}
	if t.Kind == trouble.ModuleLost {
		x.Ref = t.About
	}
	x.Left, x.Tone = left(t.Due.Sub(page.Now))
	if b.do != "" && desk.May(who.Role, permit[b.do]) {
		x.Do, x.DoKey = b.do, "centre.do."+b.do
		if b.do == doMark {
			x.Reasons = party.Reasons(page)
		}
		if b.or != "" {
			x.Or, x.OrKey = b.or, "centre.do."+b.or
		}
	}
	return x
}

// left is the time left in words, and how urgent it is.
func left(d time.Duration) (web.Said, web.Tone) {
	const day = 24 * time.Hour
	switch {
	case d < 0:
		return web.Say("centre.left.over", "n", max(1, int(-d/day))), web.Bad
	case d < day:
		return web.Say("centre.left.hours", "n", max(1, int(d/time.Hour))), web.Bad
	case d < 2*day:
		return web.Say("centre.left.days", "n", 1), web.Watch
	}
	return web.Say("centre.left.days", "n", int(d/day)), web.Info
}

// href is the page of an id that has one.
func href(of string) string {
	switch id.Prefix(of) {
	case "crd":
		return "/centre/cards/" + of
	case "bat":
		return "/centre/batches/" + of
	case "hov":
		return "/centre/handovers/" + of
	case "psm":
		return "/centre/terminals?state=lost"
	}
	return ""
}
