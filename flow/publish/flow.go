package publish

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"unicode/utf8"

	"kawu/domain/edition"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/flow/desk"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/id"
	"kawu/kit/state"
	"kawu/policy/shelf"
	"kawu/policy/term"
)

// Flow publishes editions of one city.
type Flow struct {
	Desk  *desk.Desk
	City  ref.City
	Shelf *shelf.Shelf
}

// MaxWords is how many characters the reason of a proposal or a decision may have.
const MaxWords = 500

// The refusals.
var (
	ErrOwn       = fault.New(fault.Forbidden, "publish.own", "you proposed this yourself; another person has to decide")
	ErrNotOwn    = fault.New(fault.Forbidden, "publish.not_own", "only who proposed this can take it back")
	ErrWords     = fault.New(fault.Invalid, "publish.words", "say in a few words why, at most {most} characters", "most", MaxWords)
	ErrEmpty     = fault.New(fault.Invalid, "publish.empty", "there is no text; paste the edition or choose its file")
	ErrMeanwhile = fault.New(fault.Conflict, "publish.meanwhile", "another edition was published at the same moment; look again")
	ErrLate      = fault.New(fault.Conflict, "publish.late", "a case was filed at the same moment; look again")
)

// Propose puts an edition before a second person. The error is a notice.Findings when the text cannot
// be published. once is the form's idempotency key.
func (f *Flow) Propose(ctx context.Context, who desk.Actor, text, note, once string) (edition.ID, error) {
	if err := f.may(who, desk.ProposeEdition); err != nil {
		return "", err
	}
	var bad fault.List
	if strings.TrimSpace(text) == "" {
		bad.Add("text", ErrEmpty)
	}
	if note = strings.TrimSpace(note); note == "" || utf8.RuneCountInString(note) > MaxWords {
		bad.Add("note", ErrWords)
	}
	if err := bad.Err(); err != nil {
		return "", err
	}
	r, err := f.ReadNew(ctx, text)
	if err == nil {
		err = r.Findings.Err()
	}
	if err != nil {
		return "", err
	}
	got, err := f.Desk.Once(ctx, who, desk.ProposeEdition, once, func(s *desk.Sitting) (string, error) {
		p := edition.Proposal{ID: edition.ID(id.New("edn", s.At())), City: f.City, Edition: ref.Edition(r.Edition.ID), File: r.File,
			Text: text, From: r.Edition.InForce.From.String(), Note: note, ProposedBy: who.ID}
		s.About(string(p.ID), 1, "edition", p.Edition, "from", p.From, "changes", len(r.Changes), "digest", digest(text))
		return string(p.ID), edition.Put(ctx, s.Tx, p)
	})
	return edition.ID(got), err
}

// Approve publishes a proposal of somebody else: the text is checked again against the book in force
// now, and with the commit it is on the shelf. The error is a notice.Findings when it does not fit
// any more; then the proposal stays and the book too.
func (f *Flow) Approve(ctx context.Context, who desk.Actor, id edition.ID, words string) error {
	p, err := f.open(ctx, who, desk.ApproveEdition, id)
	if err != nil {
		return err
	}
	if who.ID == p.ProposedBy {
		return ErrOwn
	}
	if words = strings.TrimSpace(words); utf8.RuneCountInString(words) > MaxWords {
		return ErrWords.At("words")
	}
	r, err := f.Read(ctx, p.Text)
	if err == nil {
		err = r.Findings.Err()
	}
	if err != nil {
		return err
	}
	no := r.no + 1
	err = f.Desk.Sit(ctx, who, desk.ApproveEdition, func(s *desk.Sitting) error {
		s.About(string(id), 1, "edition", p.Edition, "from", p.From, "no", no, "digest", digest(p.Text))
		if err := f.still(ctx, s, r); err != nil {
			return err
		}
		return edition.Decide(ctx, s.Tx, id, "publish", who.ID, words, no, s.ID)
	})
	if errors.Is(err, db.Taken) {
		return ErrMeanwhile
	}
	if err == nil {
		_, err = f.Shelf.Now(ctx)
	}
	return err
}

// still looks once more inside the sitting: the book that was checked against is the last one, and no
// case was filed in between on a day that would be the new edition's. Two that look at the same
// moment are told apart by their number, which the database gives once.
func (f *Flow) still(ctx context.Context, s *desk.Sitting, r Reading) error {
	last, err := edition.Last(ctx, s.Tx, f.City)
	if err != nil {
		return err
	}
	if last != r.no {
		return ErrMeanwhile
	}
	if from := r.Edition.InForce.From; from <= term.DateOf(s.At()) {
		n, err := report.OpenSince(ctx, s.Tx, f.City, since(r.Edition, term.DateOf(s.At())))
		if err == nil && n > 0 {
			err = ErrLate
		}
		return err
	}
	return nil
}

// Reject ends a proposal of somebody else; words say why.
func (f *Flow) Reject(ctx context.Context, who desk.Actor, id edition.ID, words string) error {
	p, err := f.open(ctx, who, desk.RejectEdition, id)
	if err != nil {
		return err
	}
	if who.ID == p.ProposedBy {
		return ErrOwn
	}
	if words = strings.TrimSpace(words); words == "" || utf8.RuneCountInString(words) > MaxWords {
		return ErrWords.At("words")
	}
	return f.end(ctx, who, desk.RejectEdition, p, "reject", words)
}

// Withdraw takes an own proposal back.
func (f *Flow) Withdraw(ctx context.Context, who desk.Actor, id edition.ID) error {
	p, err := f.open(ctx, who, desk.WithdrawEdition, id)
	if err != nil {
		return err
	}
	if who.ID != p.ProposedBy {
		return ErrNotOwn
	}
	return f.end(ctx, who, desk.WithdrawEdition, p, "withdraw", "")
}

func (f *Flow) end(ctx context.Context, who desk.Actor, act desk.Act, p edition.Proposal, e state.Event, words string) error {
	return f.Desk.Sit(ctx, who, act, func(s *desk.Sitting) error {
		s.About(string(p.ID), 1, "edition", p.Edition, "from", p.From)
		return edition.Decide(ctx, s.Tx, p.ID, e, who.ID, words, 0, s.ID)
	})
}

// open reads a proposal that waits for a decision, for somebody who may make one.
func (f *Flow) open(ctx context.Context, who desk.Actor, act desk.Act, id edition.ID) (edition.Proposal, error) {
	if err := f.may(who, act); err != nil {
		return edition.Proposal{}, err
	}
	p, err := edition.Get(ctx, f.Desk.DB, id)
	switch {
	case err != nil:
		return p, err
	case p.City != f.City:
		return p, edition.ErrUnknown
	case p.State != edition.Proposed:
		return p, edition.ErrDecided
	}
	return p, nil
}

// may: the policy is the whole city's, so staff of one district have no part in it.
func (f *Flow) may(who desk.Actor, act desk.Act) error {
	if !desk.May(who.Role, act) || who.District != "" {
		return desk.ErrForbidden
	}
	return nil
}

// digest lets the audit trail bear witness to a text without holding it.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
