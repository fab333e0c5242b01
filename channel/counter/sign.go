package counter

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/access"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/flow/desk"
	"kawu/flow/handover"
	"kawu/kit/fault"
)

// The faults of the signing form.
var (
	errCounted = fault.New(fault.Invalid, "counter.counted", "write how many cards you counted, in digits")
	errDiffers = fault.New(fault.Invalid, "counter.count_differs", "the list says {listed} cards, missing and extra ones make it {expected}; you counted {counted}")
	errCode    = fault.New(fault.Invalid, "counter.code_unknown", "{n} of these codes are no card's")
	errGive    = fault.New(fault.Invalid, "counter.give_all", "the giver hands over the whole list of {listed} cards, not {counted}; recount, or ask the card centre for another list")
	errSigned  = fault.New(fault.Conflict, "counter.signed", "this list does not wait for your signature any more")
)

// sign is POST /counter/handovers/{id}: count and sign, as giver or as taker.
func (p *Portal) sign(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	l, err := p.list(r.Context(), who, r.PathValue("id"))
	if err != nil {
		return err
	}
	back := "/counter/handovers/" + string(l.ID)
	err = p.Hall.Once(w, r, func() (string, error) {
		if !waits(who, l) {
			return "", errSigned
		}
		found, err := p.counted(r, l)
		if err != nil {
			return "", err
		}
		if l.State == "drawn" {
			return web.Saying(back, "said.gave"), p.Handover.Give(r.Context(), who, l.ID)
		}
		key := "said.took"
		if len(found.Missing)+len(found.Damaged)+len(found.Extra) > 0 {
			key = "said.took_with_findings"
		}
		return web.Saying(back, key), p.Handover.Take(r.Context(), who, l.ID, found)
	})
	if err == nil {
		return nil
	}
	x, again := p.handoverOf(r, who)
	if again != nil {
		return again
	}
	x.Counted, x.Lost, x.Damaged, x.Extra = r.PostFormValue("counted"), r.PostFormValue("missing"), r.PostFormValue("damaged"), r.PostFormValue("extra")
	x.Agreed = r.PostFormValue("agree") == "yes"
	for i, line := range x.Lines {
		x.Lines[i].Missing, x.Lines[i].Damaged = ticked(r, "gone", line.Envelope), ticked(r, "broken", line.Envelope)
	}
	if !x.Page.Fail(err) {
		return err
	}
	return HandoverView.Form(w, x.Page, x)
}

func ticked(r *http.Request, field, value string) bool {
	for _, v := range r.PostForm[field] {
		if v == value {
			return true
		}
	}
	return false
}

// counted reads what was counted: the number must be the list's, less what is missing, more what is
// extra. Nothing is rounded away. All that is wrong is said at once.
func (p *Portal) counted(r *http.Request, l custody.Handover) (handover.Found, error) {
	var f handover.Found
	var wrong fault.List
	for _, k := range []struct {
		field, tick string
		into        *[]ref.Card
	}{{"missing", "gone", &f.Missing}, {"damaged", "broken", &f.Damaged}, {"extra", "", &f.Extra}} {
		cards, strange, err := p.codes(r.Context(), append(strings.Fields(r.PostFormValue(k.field)), r.PostForm[k.tick]...))
		if err != nil {
			return f, err
		}
		if strange > 0 {
			wrong.Add(k.field, fault.New(errCode.Kind, errCode.Code, errCode.Message, "n", strange))
		}
		*k.into = cards
	}
	n, err := strconv.Atoi(strings.TrimSpace(r.PostFormValue("counted")))
	expected := int(l.N) - len(f.Missing) + len(f.Extra)
	switch {
	case err != nil || n < 0:
		wrong.Add("counted", errCounted)
	case l.State == "drawn" && n != int(l.N):
		wrong.Add("counted", fault.New(errGive.Kind, errGive.Code, errGive.Message, "listed", l.N, "counted", n))
	case n != expected:
		wrong.Add("counted", fault.New(errDiffers.Kind, errDiffers.Code, errDiffers.Message, "listed", l.N, "expected", expected, "counted", n))
	}
	if r.PostFormValue("agree") != "yes" {
		wrong.Add("agree", errAgree)
	}
	return f, wrong.Err()
}

// codesMost is how many codes one form may name; a list with more findings than that was never sent.
const codesMost = 500

// codes finds the cards of envelope codes or card numbers, each once; strange counts those that are
// no card's.
func (p *Portal) codes(ctx context.Context, typed []string) (out []ref.Card, strange int, err error) {
	if len(typed) > codesMost {
		return nil, len(typed), nil
	}
	seen := map[ref.Card]bool{}
	for _, t := range typed {
		found, err := card.ByShort(ctx, p.Store, code(t))
		if err != nil {
			return nil, 0, err
		}
		if c, err := card.ByNumber(ctx, p.Store, code(t)); err == nil {
			found = append(found, c)
		} else if fault.Of(err) == nil {
			return nil, 0, err
		}
		if len(found) != 1 {
			strange++
			continue
		}
		if !seen[found[0].ID] {
			seen[found[0].ID] = true
			out = append(out, found[0].ID)
		}
	}
	return out, strange, nil
}

// groups counts a list's cards by their production batch, which is how they lie in boxes.
func (p *Portal) groups(ctx context.Context, ids []ref.Card) ([]BoxCount, error) {
	counts, err := report.BatchesOf(ctx, p.Store, ids)
	if err != nil {
		return nil, err
	}
	out := make([]BoxCount, len(counts))
	for i, c := range counts {
		out[i] = BoxCount{Box: party.Code(string(c.Batch)), Batch: party.No("B", string(c.Batch)), Cards: int(c.N)}
	}
	return out, nil
}

// signatures are the two that move responsibility.
func (p *Portal) signatures(ctx context.Context, l custody.Handover) ([]Signature, error) {
	book, err := party.Open(ctx, p.Store, p.City, []ref.Holder{l.Giver, l.Taker})
	if err != nil {
		return nil, err
	}
	var out []Signature
	if !l.GivenAt.IsZero() {
		out = append(out, Signature{Side: "counter.handover.gave", Name: p.signer(ctx, l.GiverBy), Where: book.Name(l.Giver), At: l.GivenAt})
	}
	if !l.TakenAt.IsZero() {
		out = append(out, Signature{Side: "counter.handover.took", Name: p.signer(ctx, l.TakerBy), Where: book.Name(l.Taker), At: l.TakenAt})
	}
	return out, nil
}

// signer is the name of who signed: staff by name, a partner's system by what it is called.
func (p *Portal) signer(ctx context.Context, id string) string {
	if s, found, err := access.Get(ctx, p.Store, ref.Staff(id)); err == nil && found {
		return s.Name.Reveal()
	}
	return id
}
