package applygroup

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"slices"
	"time"

	"kawu/domain/application"
	"kawu/domain/employer"
	"kawu/domain/notice"
	"kawu/domain/outlet"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/clock"
	"kawu/kit/fault"
	"kawu/kit/id"
	"kawu/kit/idno"
	"kawu/kit/job"
	"kawu/kit/region"
	"kawu/kit/state"
	"kawu/kit/wording"
	"kawu/policy"
	clause "kawu/policy/notice"
	"kawu/policy/shelf"
	"kawu/policy/term"
)

// Flow is the matter.
type Flow struct {
	Desk    *desk.Desk
	City    ref.City
	Policy  *shelf.Shelf
	Compare job.Kind // duty that compares what was submitted; its key is the collective application
}

// The refusals.
var (
	ErrPolicy  = fault.New(fault.Refused, "policy.refused", "{why} ({rule})")
	ErrBank    = fault.New(fault.Invalid, "applygroup.bank", "choose exactly one of the {n} partner banks")
	ErrMode    = fault.New(fault.Invalid, "applygroup.mode", "choose a way to collect that the notice offers")
	ErrDay     = fault.New(fault.Invalid, "applygroup.day", "the agreed day must be a date from {from} on")
	ErrNobody  = fault.New(fault.Refused, "applygroup.nobody", "nobody on the roster has confirmed yet; remind them, or wait")
	ErrNoGood  = fault.New(fault.Refused, "applygroup.no_good_row", "no row of the roster can go on; mend at least one")
	ErrOutside = fault.New(fault.Forbidden, "applygroup.outside", "this employer is not in your city's care")
)

// own reads a collective application for an actor who may act for its employer.
func (f *Flow) own(ctx context.Context, who desk.Actor, id ref.Collective) (application.Collective, error) {
	c, err := application.GetCollective(ctx, f.Desk.DB, id)
	if err == nil && who.Role == desk.Agent && who.Scope != c.Employer {
		err = application.ErrUnknown // an agent of another employer learns nothing, not even that it exists
	}
	return c, err
}

// rule asks the edition, or today's when edition is "", what it says for staff of an employer.
func (f *Flow) rule(ctx context.Context, e employer.Employer, edition ref.Edition) (policy.Decision, error) {
	now := f.Desk.Clock.Now()
	p := policy.Person{Group: term.Employed, District: region.Code(e.District), Age: -1, PayrollBank: term.BankCode(e.PayrollBank)}
	ed, err := f.edition(ctx, edition)
	if err != nil {
		return policy.Decision{}, err
	}
	return ed.Decide(&p, term.CampaignReason, term.EmployerOnline, now, f.Policy.Calendar()), nil
}

// edition is the one that a case keeps, or today's when id is "".
func (f *Flow) edition(ctx context.Context, id ref.Edition) (*policy.Edition, error) {
	if id != "" {
		return f.Policy.Edition(ctx, string(id))
	}
	city, err := f.Policy.Now(ctx)
	if err != nil {
		return nil, err
	}
	return city.On(f.Desk.Clock.Now()), nil
}

// refused turns a decision into a fault that cites the clause.
func refused(d policy.Decision) error {
	g := d.Because[0]
	return fault.New(ErrPolicy.Kind, ErrPolicy.Code, ErrPolicy.Message, "rule", string(g.Rule), "source", g.Source,
		"why", said(g.Message))
}

// said lets a clause's two wordings fill a place of a fault.
type said clause.Text

// In is the clause in a language.
func (s said) In(l wording.Lang) string {
	if l == wording.EN {
		return s.EN
	}
	return s.ZH
}

func (s said) String() string { return s.EN }

// Open is step 1's first half. once is the form's idempotency key.
func (f *Flow) Open(ctx context.Context, who desk.Actor, of ref.Employer, once string) (ref.Collective, error) {
	if who.Role == desk.Agent && who.Scope != of {
		return "", employer.ErrUnknown
	}
	e, err := employer.Get(ctx, f.Desk.DB, of)
	if err != nil {
		return "", err
	}
	if e.City != f.City {
		return "", ErrOutside
	}
	d, err := f.rule(ctx, e, "")
	if err != nil {
		return "", err
	}
	if !d.Allowed {
		return "", refused(d)
	}
	got, err := f.Desk.Once(ctx, who, desk.OpenCollective, once, func(s *desk.Sitting) (string, error) {
		c := application.Collective{ID: ref.Collective(id.New("col", s.At())), City: f.City, Employer: of, Edition: ref.Edition(d.Edition)}
		s.About(string(c.ID), 1, "employer", of, "edition", d.Edition)
		return string(c.ID), application.Open(ctx, s.Tx, c)
	})
	return ref.Collective(got), err
}

// Choice is step 2.
type Choice struct {
	Bank   ref.Bank
	Mode   application.Mode
	Outlet ref.Outlet // where the cards are collected, and where a failed parcel comes back to
	Day    string     // YYYY-MM-DD, agreed pick-up day (BJ-17)
}

var modes = map[application.Mode]term.Mode{application.Outlet: term.AtOutlet, application.Mail: term.ByMail, application.OnSite: term.OnSite}

// Choose is step 2: how the cards are collected, and exactly one bank with one of its outlets.
func (f *Flow) Choose(ctx context.Context, who desk.Actor, id ref.Collective, c Choice) error {
	col, err := f.own(ctx, who, id)
	if err != nil {
		return err
	}
	if err := f.fits(ctx, col, c); err != nil {
		return err
	}
	return f.Desk.Sit(ctx, who, desk.ChooseBank, func(s *desk.Sitting) error {
		s.About(string(id), 1, "bank", c.Bank, "mode", c.Mode, "outlet", c.Outlet)
		if err := state.Apply(ctx, s.Tx, application.Collectively, "choose", []ref.Collective{id}, s.ID); err != nil {
			return err
		}
		return application.Choose(ctx, s.Tx, id, c.Bank, c.Mode, c.Outlet, c.Day)
	})
}

// fits checks a choice against the edition; all problems at once.
func (f *Flow) fits(ctx context.Context, col application.Collective, c Choice) error {
	e, err := employer.Get(ctx, f.Desk.DB, col.Employer)
	if err != nil {
		return err
	}
	d, err := f.rule(ctx, e, col.Edition)
	if err != nil {
		return err
	}
	if !d.Allowed {
		return refused(d)
	}
	var bad fault.List
	if !f.offers(d, c.Bank) {
		bad.Add("bank", fault.New(ErrBank.Kind, ErrBank.Code, ErrBank.Message, "n", len(d.Banks)))
	}
	if !slices.ContainsFunc(d.Delivery, func(h policy.Handover) bool { return h.Mode == modes[c.Mode] }) {
		bad.Add("mode", ErrMode)
	}
	o, err := outlet.Get(ctx, f.Desk.DB, c.Outlet)
	if err != nil && fault.Of(err) == nil {
		return err
	}
	if err != nil || o.Bank != c.Bank || o.City != f.City {
		bad.Add("outlet", outlet.ErrUnknown)
	}
	first := clock.Day(f.Desk.Clock.Now())
	if due := d.Promise.Due.Time(); due.After(first) { // no card can be counted on before its promised day
		first = due
	}
	if day, err := time.ParseInLocation(time.DateOnly, c.Day, clock.Zone); err != nil || day.Before(first) {
		bad.Add("pickup", fault.New(ErrDay.Kind, ErrDay.Code, ErrDay.Message, "from", first))
	}
	return bad.Err()
}

func (f *Flow) offers(d policy.Decision, code ref.Bank) bool {
	b, ok := f.Policy.Bank(string(code))
	return ok && d.HasBank(b.Name.ZH)
}

// CodeLife is how long a confirmation code counts.
const CodeLife = 10 * 24 * time.Hour

// Notify is step 3: everybody on the roster gets a message with a code to type on the site. Sent
// again it reminds those who have not answered, with a new code.
func (f *Flow) Notify(ctx context.Context, who desk.Actor, id ref.Collective) (int, error) {
	col, err := f.own(ctx, who, id)
	if err != nil {
		return 0, err
	}
	e, err := employer.Get(ctx, f.Desk.DB, col.Employer)
	if err != nil {
		return 0, err
	}
	template, from := "sms.confirm", application.OnList
	if col.State == application.Notifying {
		template, from = "sms.remind", application.Notified
	}
	apps, err := application.In(ctx, f.Desk.DB, id, from, "", everybody)
	if err != nil {
		return 0, err
	}
	return len(apps), f.Desk.Sit(ctx, who, desk.NotifyStaff, func(s *desk.Sitting) error {
		s.About(string(id), len(apps))
		if err := state.Apply(ctx, s.Tx, application.Collectively, "notify", []ref.Collective{id}, s.ID); err != nil {
			return err
		}
		if len(apps) == 0 {
			return ErrNoGood
		}
		return f.notify(ctx, s, e, col, apps, template)
	})
}

// everybody bounds a roster's members; the notice's largest employers have some 100,000.
const everybody = 1_000_000

func (f *Flow) notify(ctx context.Context, s *desk.Sitting, e employer.Employer, col application.Collective, apps []application.Application, template string) error {
	until := s.At().Add(CodeLife)
	ids := make([]ref.Application, len(apps))
	codes := make([]application.Code, len(apps))
	messages := make([]notice.Message, len(apps))
	for i, a := range apps {
		code, err := newCode()
		if err != nil {
			return err
		}
		ids[i], codes[i] = a.ID, application.Code{Application: a.ID, Plain: code, Last4: last4(a.Number)}
		messages[i] = notice.Message{Person: a.Person, Template: template, Mobile: a.Mobile, Subject: string(a.ID),
			Text: wording.T(wording.ZH, template, "employer", e.Name, "bank", f.BankName(col.Bank), "code", code, "until", wording.ZH.Day(until))}
	}
	if err := state.Apply(ctx, s.Tx, application.Cycle, "notify", ids, s.ID); err != nil {
		return err
	}
	if err := application.SetCodes(ctx, s.Tx, codes, until); err != nil {
		return err
	}
	return notice.Queue(ctx, s.Tx, messages)
}

func last4(n idno.Number) string {
	plain := n.Reveal()
	return plain[max(0, len(plain)-4):]
}

// newCode is eight random digits; together with the last four characters of the identity number
// and the rate limit of the page it cannot be guessed.
func newCode() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(100_000_000))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%08d", n), nil
}

// BankName is a bank's Chinese name.
func (f *Flow) BankName(code ref.Bank) string {
	if b, ok := f.Policy.Bank(string(code)); ok {
		return b.Name.ZH
	}
	return string(code)
}

// Submit is step 4: the confirmed go on, the others stay listed; the promise clock starts. It may
// be repeated for people who confirm later.
func (f *Flow) Submit(ctx context.Context, who desk.Actor, id ref.Collective) (int, error) {
	col, err := f.own(ctx, who, id)
	if err != nil {
		return 0, err
	}
	e, err := employer.Get(ctx, f.Desk.DB, col.Employer)
	if err != nil {
		return 0, err
	}
	d, err := f.rule(ctx, e, col.Edition)
	if err != nil {
		return 0, err
	}
	if !d.Allowed {
		return 0, refused(d)
	}
	apps, err := application.In(ctx, f.Desk.DB, id, application.Confirmed, "", everybody)
	if err != nil {
		return 0, err
	}
	return len(apps), f.Desk.Sit(ctx, who, desk.SubmitCollective, func(s *desk.Sitting) error {
		s.About(string(id), len(apps), "due", d.Promise.Due.String())
		if err := state.Apply(ctx, s.Tx, application.Collectively, "submit", []ref.Collective{id}, s.ID); err != nil {
			return err
		}
		if len(apps) == 0 {
			return ErrNobody
		}
		return f.submit(ctx, s, id, apps, d.Promise.Due)
	})
}

func (f *Flow) submit(ctx context.Context, s *desk.Sitting, id ref.Collective, apps []application.Application, due term.Date) error {
	ids := make([]ref.Application, len(apps))
	messages := make([]notice.Message, len(apps))
	text := wording.T(wording.ZH, "sms.submitted", "due", wording.ZH.Day(due.Time()))
	for i, a := range apps {
		ids[i] = a.ID
		messages[i] = notice.Message{Person: a.Person, Template: "sms.submitted", Mobile: a.Mobile, Subject: string(a.ID), Text: text}
	}
	if err := state.Apply(ctx, s.Tx, application.Cycle, "submit", ids, s.ID); err != nil {
		return err
	}
	if err := application.SetSubmittedAll(ctx, s.Tx, ids, due.String()); err != nil {
		return err
	}
	if err := application.SetSubmitted(ctx, s.Tx, id, due.String()); err != nil {
		return err
	}
	if err := notice.Queue(ctx, s.Tx, messages); err != nil {
		return err
	}
	return s.Ring(ctx, f.Compare, string(id), s.At())
}
