package centre

import (
	"errors"
	"net/http"

	"kawu/channel/web"
	"kawu/domain/edition"
	"kawu/flow/desk"
	"kawu/kit/cal"
	"kawu/kit/clock"
	"kawu/kit/fault"
	"kawu/policy/notice"
)

// Proposal is /centre/proposals/{id}: what would change, from when, and for whom nothing changes. POST
// with field "do" decides: "approve", "reject" or "withdraw".
type Proposal struct {
	web.Page
	Frame
	ProposalRow
	Text      string
	Waits     bool // nobody has decided
	Withdraws bool // who looks may take it back
	Days      int  // until it would begin; negative: past
	Working   int  // working days among them; -1: the calendar is not published
	Looked    *Looked
	Findings  []Found // it does not fit the book in force any more
	Answer    string  // words of the decision, kept after a refusal
}

// ProposalView is the page.
var ProposalView = web.NewView[Proposal](files, "proposal")

// ReadTick is what the second person confirms.
func (x Proposal) ReadTick() web.Choices { return x.Tick("read", x.T("centre.proposal.read"), false) }

// AnswerField is why not.
func (x Proposal) AnswerField() web.Field {
	return x.Field("words", "centre.proposal.words", x.Answer).Hint(x.T("centre.propose.note.hint"))
}

func (p *Portal) proposal(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	x, err := p.proposalOf(r, who)
	if err != nil {
		return err
	}
	return ProposalView.Show(w, http.StatusOK, x)
}

func (p *Portal) proposalOf(r *http.Request, who desk.Actor) (Proposal, error) {
	ctx := r.Context()
	q, err := edition.Get(ctx, p.Store, edition.ID(r.PathValue("id")))
	if err == nil && q.City != p.city {
		err = edition.ErrUnknown
	}
	if err != nil {
		return Proposal{}, err
	}
	x := Proposal{Page: p.Hall.Page(r, web.PortalCentre, "centre.proposal", "id", string(q.Edition)), Text: q.Text, Waits: q.State == edition.Proposed}
	x.ProposalRow = p.proposalRow(ctx, x.Page, who, q)
	x.Withdraws = x.Waits && x.OwnToo && p.mayPublish(who)
	if x.Frame, err = p.frame(ctx, "editions"); err != nil {
		return x, err
	}
	x.Days, x.Working = x.DaysTo(x.From), -1
	if n, err := cal.Between(clock.Day(x.Now), x.From, cal.Working); err == nil {
		x.Working = n
	}
	if x.Waits {
		read, err := p.Publish.Read(ctx, q.Text)
		if err != nil {
			return x, err
		}
		x.Looked, x.Findings = looked(q.Text, read)
	}
	return x, err
}

// errUnread is the refusal of an agreement without having looked.
var errUnread = fault.New(fault.Invalid, "centre.unread", "confirm first that you have read the changes")

// decide is POST /centre/proposals/{id}.
func (p *Portal) decide(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	err := p.Hall.Once(w, r, func() (string, error) {
		id, words := edition.ID(r.PathValue("id")), r.PostFormValue("words")
		switch r.PostFormValue("do") {
		case "approve":
			if r.PostFormValue("read") == "" {
				return "", errUnread.At("read")
			}
			return web.Saying("/centre/editions", "said.published"), p.Publish.Approve(r.Context(), who, id, words)
		case "reject":
			return web.Saying("/centre/editions", "said.rejected"), p.Publish.Reject(r.Context(), who, id, words)
		case "withdraw":
			return web.Saying("/centre/editions", "said.taken_back"), p.Publish.Withdraw(r.Context(), who, id)
		}
		return "", errPlay
	})
	if err == nil {
		return nil
	}
	x, again := p.proposalOf(r, who)
	if again != nil {
		return again
	}
	x.Answer = r.PostFormValue("words")
	var found notice.Findings
	if errors.As(err, &found) { // it was right when it was proposed; the page says what is wrong now
		return ProposalView.Show(w, http.StatusUnprocessableEntity, x)
	}
	if !x.Page.Fail(err) {
		return err
	}
	return ProposalView.Form(w, x.Page, x)
}
