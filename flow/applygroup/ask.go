package applygroup

import (
	"context"

	"kawu/domain/application"
	"kawu/domain/employer"
	"kawu/domain/ref"
	"kawu/policy"
	"kawu/policy/term"
)

// Rule is what the notice says today for the staff of an employer: whether a collective application
// can be opened, its banks, ways to collect, and the promised day. edition is the one an application
// was opened under, "" for a new one. The error is ErrPolicy, with the clause, when it cannot.
func (f *Flow) Rule(ctx context.Context, of ref.Employer, edition ref.Edition) (policy.Decision, error) {
	e, err := employer.Get(ctx, f.Desk.DB, of)
	if err != nil {
		return policy.Decision{}, err
	}
	d, err := f.rule(ctx, e, edition)
	if err == nil && !d.Allowed {
		err = refused(d)
	}
	return d, err
}

// Offers tells whether a decision lets cards be collected in a mode.
func Offers(d policy.Decision, m application.Mode) bool {
	for _, h := range d.Delivery {
		if h.Mode == modes[m] {
			return true
		}
	}
	return false
}

// BanksOf lists the banks a decision lets the employer choose from, by their codes.
func (f *Flow) BanksOf(d policy.Decision) []term.BankCode {
	var out []term.BankCode
	for _, b := range f.Policy.Banks() {
		if d.HasBank(b.Name.ZH) {
			out = append(out, b.Code)
		}
	}
	return out
}
