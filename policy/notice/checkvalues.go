package notice

import (
	"fmt"

	"kawu/policy/term"
)

// checkValues: single values that a type cannot keep in bounds.
func (e *Edition) checkValues() (out Findings) {
	bad := func(path, id, key string, value any) {
		out = append(out, e.at().find(path+"."+key, id, "out_of_range", "key", key, "value", value))
	}
	for i, p := range e.Promises {
		if p.Days < 0 || p.Days > 366 {
			bad(fmt.Sprintf("promises[%d]", i), p.ID, "days", p.Days)
		}
	}
	for i, d := range e.Deliveries {
		if d.FeeBearer != "none" && d.FeeBearer != "recipient" {
			bad(fmt.Sprintf("deliveries[%d]", i), d.ID, "fee_bearer", d.FeeBearer)
		}
	}
	for i, f := range e.Fees {
		if f.Fen < 0 {
			bad(fmt.Sprintf("fees[%d]", i), f.ID, "fen", f.Fen)
		}
	}
	for i, t := range e.Targets {
		if t.Percent < 0 || t.Percent > 100 {
			bad(fmt.Sprintf("targets[%d]", i), t.ID, "percent", t.Percent)
		}
	}
	for i, n := range e.Needs {
		if r := e.Profile.Renewal; n.BeforeExpiry != nil && r != nil && r.Days != *n.BeforeExpiry {
			out = append(out, e.at().find(fmt.Sprintf("needs[%d].before_expiry", i), n.ID, "disagree",
				"key", "before_expiry", "value", *n.BeforeExpiry, "other", r.Days))
		}
		given := 0
		for _, has := range []bool{n.SchoolNotice != nil, n.BeforeExpiry != nil, len(n.CardStates) > 0} {
			if has {
				given++
			}
		}
		if given != 1 {
			out = append(out, e.at().find(fmt.Sprintf("needs[%d]", i), n.ID, "one_need"))
		}
	}
	out = append(out, e.checkAdvice()...)
	return append(out, e.Profile.check(bad)...)
}

// checkAdvice: every channel that a route opens has its place in the advice, once.
func (e *Edition) checkAdvice() (out Findings) {
	if e.Advice == nil {
		return nil
	}
	for key, list := range map[string][]term.Channel{"normal": e.Advice.Normal, "urgent": e.Advice.Urgent} {
		seen := term.SetOf(list...)
		free := seen | term.SetOf(e.Advice.OnRequest...)
		if n := len(list); n != len((term.ChannelList{Set: seen}).List()) {
			out = append(out, e.at().find("advice."+key, e.Advice.ID, "twice", "name", key))
		}
		for _, r := range e.Routes {
			for _, c := range r.Channels {
				if !free.Has(c) {
					free |= term.SetOf(c)
					out = append(out, e.at().find("advice."+key, e.Advice.ID, "advice_lacks", "channel", c.String(), "route", r.ID))
				}
			}
		}
	}
	return out
}

// check looks at the city's own values of the profile; the national ones are tested.
func (p *Profile) check(bad func(path, id, key string, value any)) Findings {
	p.TemporaryLoss.check("profile.temporary_loss", bad)
	p.EarlierLoss.check("profile.earlier_loss", bad)
	if n := p.PIN; n != nil {
		if n.Initial != "must_change" && n.Initial != "no_pin_asked" && n.Initial != "allowed" {
			bad("profile.pin", n.ID, "initial", n.Initial)
		}
		if n.Tries < 1 {
			bad("profile.pin", n.ID, "tries", n.Tries)
		}
	}
	if u := p.Unclaimed; u != nil && u.Destroy < u.Return {
		bad("profile.unclaimed", u.ID, "destroy", u.Destroy)
	}
	if v := p.Validity; v != nil && v.Years < 1 {
		bad("profile.validity", v.ID, "years", v.Years)
	}
	return nil
}

func (l *LossPeriod) check(path string, bad func(path, id, key string, value any)) {
	if l == nil {
		return
	}
	if l.OnExpiry != "release" && l.OnExpiry != "cancel" {
		bad(path, l.ID, "on_expiry", l.OnExpiry)
	}
	if l.Days < 1 {
		bad(path, l.ID, "days", l.Days)
	}
}
