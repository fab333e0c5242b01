package ask

import (
	"encoding"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kawu/kit/fault"
	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/term"
)

// Faults of what a person typed. Each lists what would be right.
var (
	UnknownFlag = fault.New(fault.Invalid, "policy.unknown_flag", "there is no {name}; there are {allowed}")
	NotADate    = fault.New(fault.Invalid, "policy.not_a_date", "{name} cannot be {value}; a date is written 2024-01-31")
	NotANumber  = fault.New(fault.Invalid, "policy.not_a_number", "{name} cannot be {value}; it is a whole number from 0 to 130")
)

// Names lists the flags that Person takes, without dashes.
var Names = []string{"group", "household", "insured", "district", "age", "lives", "holds", "card-state", "expires",
	"document", "bank", "pension-bank", "payroll-bank", "school-notified", "urgent"}

// cardStateAlso are other words for card states: the national codes and everyday words.
var cardStateAlso = map[string]term.CardState{"0": term.Sealed, "1": term.Normal, "2": term.FormalLoss, "3": term.Locked, "4": term.TemporaryLoss, "9": term.Cancelled,
	"active": term.Normal, "activated": term.Normal, "enabled": term.Normal, "collected": term.Sealed, "not_activated": term.Sealed, "inactive": term.Sealed,
	"lost": term.FormalLoss, "loss": term.FormalLoss, "loss_reported": term.FormalLoss, "uncollected": term.NotCollected, "unclaimed": term.NotCollected}

// flagReader reads flags and gathers all faults.
type flagReader struct {
	flags  map[string]string
	faults fault.List
}

// Person makes a person of words: {"group": "employed", "district": "西城"}. What is not
// told is taken as the usual: local household, insured, living here, of the group's usual age, the
// card in normal state, no notice from the school. The error lists every wrong word.
func Person(c *policy.City, flags map[string]string) (policy.Person, error) {
	r := &flagReader{flags: flags}
	for _, name := range slices.Sorted(maps.Keys(flags)) {
		if !slices.Contains(Names, name) {
			r.fault(UnknownFlag, name, "", strings.Join(Names, ", "))
		}
	}
	p := policy.Person{Household: term.LocalHousehold, Lives: term.LivesHere, CardState: term.Normal}
	read(r, "group", &p.Group)
	read(r, "household", &p.Household)
	read(r, "lives", &p.Lives)
	read(r, "holds", &p.Holds)
	if s, ok := cardStateAlso[tidyWord(flags["card-state"])]; ok {
		p.CardState = s
	} else {
		read(r, "card-state", &p.CardState)
	}
	insured := true
	r.yes("insured", &insured)
	p.NotInsured = !insured
	r.yes("school-notified", &p.SchoolNotified)
	r.yes("urgent", &p.Urgent)
	p.Age = r.age(policy.UsualAge(p.Group))
	p.Expires = r.date("expires")
	p.HasCard = flags["card-state"] != "" || p.Expires != 0
	p.Document = r.document(c)
	r.place(c, &p)
	for name, to := range map[string]*term.BankCode{"bank": &p.Bank, "pension-bank": &p.PensionBank, "payroll-bank": &p.PayrollBank} {
		*to = bankFlag(c, flags[name])
	}
	return p, r.faults.Err()
}

func (r *flagReader) fault(f *fault.Fault, name, value, allowed string) {
	g := *f
	g.Args = map[string]any{"name": name, "value": value, "allowed": allowed}
	r.faults.Add(name, &g)
}

// tidyWord forgives capitals, spaces around, and a dash for an underscore.
func tidyWord(s string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), "-", "_")
}

func read(r *flagReader, name string, to encoding.TextUnmarshaler) {
	s := r.flags[name]
	if s == "" {
		return
	}
	var u *term.Unknown
	if errors.As(to.UnmarshalText([]byte(tidyWord(s))), &u) {
		r.fault(policy.UnknownWord, name, s, strings.Join(u.Allowed, ", "))
	}
}

func (r *flagReader) yes(name string, to *bool) {
	switch tidyWord(r.flags[name]) {
	case "":
	case "yes", "true":
		*to = true
	case "no", "false":
		*to = false
	default:
		r.fault(policy.UnknownWord, name, r.flags[name], "yes, no")
	}
}

func (r *flagReader) age(usual int) int {
	s := r.flags["age"]
	if s == "" {
		return usual
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 130 {
		r.fault(NotANumber, "age", s, "")
	}
	return n
}

func (r *flagReader) date(name string) term.Date {
	s := r.flags[name]
	if s == "" {
		return 0
	}
	d, err := term.ParseDate(s)
	if err != nil {
		r.fault(NotADate, name, s, "")
	}
	return d
}

// place takes a district of the city, by code or name.
func (r *flagReader) place(c *policy.City, p *policy.Person) {
	s := strings.TrimSpace(r.flags["district"])
	if s == "" {
		return
	}
	d, ok := c.District(s)
	if !ok {
		var names []string
		for _, x := range c.Districts {
			names = append(names, string(x.Code)+" "+x.Name.ZH)
		}
		r.fault(policy.UnknownWord, "district", s, strings.Join(names, ", "))
	}
	p.District = d.Code
}

// papersElsewhere are documents that exist and that a city may not take.
var papersElsewhere = []string{"id_card", "household_register", "temporary_id_card", "hmt_residence_permit", "foreign_permanent_resident",
	"passport", "birth_certificate", "social_security_card"}

func (r *flagReader) document(c *policy.City) string {
	s := tidyWord(r.flags["document"])
	known := slices.Clone(papersElsewhere)
	for _, e := range c.City.Editions {
		known = append(known, notice.IDs(e.Documents)...)
	}
	slices.Sort(known)
	if known = slices.Compact(known); s != "" && !slices.Contains(known, s) {
		r.fault(policy.UnknownWord, "document", s, strings.Join(known, ", "))
	}
	return s
}

// bankFlag takes any bank: one that the city does not have is term.OtherBank, which a decision then
// refuses or passes over.
func bankFlag(c *policy.City, s string) term.BankCode {
	if s = strings.TrimSpace(s); s == "" {
		return ""
	}
	if b, ok := c.Bank(s); ok {
		return b.Code
	}
	return term.OtherBank
}
