package policy

import (
	"kawu/kit/region"
	"kawu/policy/notice"
	"kawu/policy/term"
)

// audience is an audience with its words as sets and its names as pointers.
type audience struct {
	*notice.Audience
	groups     term.Set[term.Group]
	households term.Set[term.Household]
	lives      term.Set[term.Lives]
	holds      term.Set[term.Holds]
	within     []*audience
	either     []*audience
	except     []*audience
}

// own says whether the person meets the audience's own conditions, those on other audiences aside.
func (a *audience) own(p *Person) bool {
	return a.groups.Allows(p.Group) &&
		a.households.Allows(p.Household) &&
		a.lives.Allows(p.Lives) &&
		a.holds.Allows(p.Holds) && (p.Holds != 0 || !p.HasCard || a.holds.Meets(term.SocialCards)) &&
		(a.Insured == nil || *a.Insured == !p.NotInsured) &&
		(a.MinAge == nil || p.Age < 0 || p.Age >= *a.MinAge) &&
		(a.MaxAge == nil || p.Age < 0 || p.Age <= *a.MaxAge) &&
		a.inDistrict(p.District)
}

func (a *audience) inDistrict(d region.Code) bool {
	if len(a.Districts) == 0 {
		return true
	}
	for _, code := range a.Districts {
		if code == string(d) {
			return true
		}
	}
	return false
}

// has says whether the person belongs to the audience.
func (a *audience) has(p *Person) bool { return a.lacks(p) == nil }

// lacks gives the audience whose condition the person does not meet: a itself or one that it is
// built from; nil when the person belongs.
func (a *audience) lacks(p *Person) *audience {
	if !a.own(p) {
		return a
	}
	for _, b := range a.within {
		if miss := b.lacks(p); miss != nil {
			return miss
		}
	}
	for _, b := range a.except {
		if b.has(p) {
			return a
		}
	}
	if len(a.either) == 0 {
		return nil
	}
	for _, b := range a.either {
		if b.has(p) {
			return nil
		}
	}
	return a
}

// apart says whether no person can belong to both. It may answer false for two audiences that are
// apart for a reason it does not see; Check then asks for an explicit order.
func (a *audience) apart(b *audience) bool {
	switch {
	case !a.groups.Meets(b.groups), !a.households.Meets(b.households),
		!a.lives.Meets(b.lives), !a.holds.Meets(b.holds):
		return true
	case a.Insured != nil && b.Insured != nil && *a.Insured != *b.Insured:
		return true
	case disjoint(a.Districts, b.Districts):
		return true
	case a.MinAge != nil && b.MaxAge != nil && *a.MinAge > *b.MaxAge,
		b.MinAge != nil && a.MaxAge != nil && *b.MinAge > *a.MaxAge:
		return true
	}
	return a.shuts(b) || b.shuts(a)
}

// shuts says whether a excludes b by name, or is built from something apart from b.
func (a *audience) shuts(b *audience) bool {
	for _, x := range a.except {
		if x == b || b.builtFrom(x) {
			return true
		}
	}
	for _, w := range a.within {
		if w.apart(b) {
			return true
		}
	}
	return false
}

func (a *audience) builtFrom(x *audience) bool {
	for _, w := range a.within {
		if w == x || w.builtFrom(x) {
			return true
		}
	}
	return false
}

func disjoint(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return false
			}
		}
	}
	return true
}
