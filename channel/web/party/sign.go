package party

import (
	"context"
	"net/url"

	"kawu/channel/web"
	"kawu/domain/custody"
	"kawu/flow/desk"
	"kawu/flow/handover"
	"kawu/kit/db"
	"kawu/kit/fault"
)

// ErrSigned says that a list was signed by somebody else meanwhile, or waits for the other side.
var ErrSigned = fault.New(fault.Conflict, "counter.signed", "this list does not wait for your signature any more")

// Sign counts a list and signs it, as giver while it is drawn and as taker afterwards. waits tells
// whether it is the signature of who asks that the list waits for. It gives the wording key of what
// was done.
func Sign(ctx context.Context, q db.Q, f *handover.Flow, who desk.Actor, form url.Values, l custody.Handover, waits bool) (said string, err error) {
	if !waits {
		return "", ErrSigned
	}
	found, err := Count(ctx, q, form, l)
	if err != nil {
		return "", err
	}
	if l.State == "drawn" {
		return "said.gave", f.Give(ctx, who, l.ID)
	}
	said = "said.took"
	if len(found.Missing)+len(found.Damaged)+len(found.Extra) > 0 {
		said = "said.took_with_findings"
	}
	return said, f.Take(ctx, who, l.ID, found)
}

// Counting is a counting form as it is shown: what Count reads, as it was typed.
type Counting struct {
	Taking                        bool // as taker; otherwise as giver, who lists no findings
	Counted, Lost, Damaged, Extra string
	Agreed                        bool
}

// Typed keeps what was sent, for the form to be shown again.
func (c *Counting) Typed(form url.Values) {
	c.Counted, c.Lost, c.Damaged, c.Extra = form.Get("counted"), form.Get("missing"), form.Get("damaged"), form.Get("extra")
	c.Agreed = form.Get("agree") == "yes"
}

// MissingField lists what is missing, named "missing".
func (c Counting) MissingField(p web.Page) web.Field {
	return p.Field("missing", "counter.handover.missing", c.Lost).Hint(p.T("counter.handover.missing.hint"))
}

// DamagedField lists what is damaged, named "damaged".
func (c Counting) DamagedField(p web.Page) web.Field {
	return p.Field("damaged", "counter.handover.damaged", c.Damaged)
}

// ExtraField lists what is not on the list, named "extra".
func (c Counting) ExtraField(p web.Page) web.Field {
	return p.Field("extra", "counter.handover.extra", c.Extra)
}

// AgreeTick is the box that must be ticked, named "agree".
func (c Counting) AgreeTick(p web.Page) web.Choices {
	key := "counter.handover.agree.give"
	if c.Taking {
		key = "counter.handover.agree.take"
	}
	return p.Tick("agree", p.T(key), c.Agreed)
}
