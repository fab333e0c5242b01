package notice

import (
	"kawu/policy/term"
	"strings"

	"kawu/kit/region"
)

// City is a folder: what all its editions share.
type City struct {
	ID        string      `yaml:"id"` // the folder's name
	Name      Text        `yaml:"name"`
	Division  region.Code `yaml:"division"` // GB/T 2260
	Prefix    string      `yaml:"prefix"`   // of its rule ids: BJ
	Rules     int         `yaml:"rules"`    // how many it has: BJ-01 … BJ-52
	Notices   []Notice    `yaml:"notices"`
	Districts []District  `yaml:"districts"`
	Banks     []Bank      `yaml:"banks,omitempty"`

	Editions []*Edition `yaml:"-"` // by the day they come into force
	Facts    []Fact     `yaml:"-"` // rules.yaml: shown or carried by flows, in every edition
	FAQ      []Question `yaml:"-"` // faq.yaml; see Edition.Questions

	file, factsFile, faqFile sheet
}

// Notice is a published text that clauses cite.
type Notice struct {
	ID        string    `yaml:"id" json:"id"`
	Title     string    `yaml:"title" json:"title"`
	Publisher string    `yaml:"publisher" json:"publisher"`
	Date      term.Date `yaml:"date" json:"date"`
}

// District is a district or county of the city.
type District struct {
	Code region.Code `yaml:"code" json:"code"`
	Name Text        `yaml:"name" json:"name"`
}

// Bank is a bank that issues the city's cards.
type Bank struct {
	Code    term.BankCode `yaml:"code" json:"code"`
	Name    Text          `yaml:"name" json:"name"`
	Also    []string      `yaml:"also,omitempty" json:"-"` // other names that people write
	Hotline string        `yaml:"hotline,omitempty" json:"hotline,omitempty"`
}

// Fact is a rule that no decision applies: it is shown, or a flow carries it out.
type Fact struct {
	Clause `yaml:",inline"`
	Kind   term.FactKind `yaml:"kind"`
	Topic  string        `yaml:"topic"`           // groups facts on the notice's page
	Value  int           `yaml:"value,omitempty"` // the number the rule states, if it is one
	Unit   string        `yaml:"unit,omitempty"`  // of the value: cards, outlets, minutes
}

// District finds a district by code or by name in either language; ok is false when the city has
// none such.
func (c *City) District(s string) (District, bool) {
	for _, d := range c.Districts {
		if string(d.Code) == s || sameName(d.Name, s) {
			return d, true
		}
	}
	return District{}, false
}

// Bank finds a bank by code or name; ok is false when the city has none such.
func (c *City) Bank(s string) (Bank, bool) {
	for _, b := range c.Banks {
		if string(b.Code) == s || sameName(b.Name, s) {
			return b, true
		}
		for _, a := range b.Also {
			if a == s {
				return b, true
			}
		}
	}
	return Bank{}, false
}

// Notice finds a notice of the city, or a national one, by its id.
func (c *City) Notice(id string) (Notice, bool) {
	for _, n := range c.Notices {
		if n.ID == id {
			return n, true
		}
	}
	return nation.notice(id)
}

// cited finds what a clause cites: a notice of its edition, of the city, or a national one. own is
// true for the edition's: the city has not numbered its rules yet.
func (c *City) cited(e *Edition, id string) (n Notice, own, ok bool) {
	if e != nil {
		for _, n := range e.Notices {
			if n.ID == id {
				return n, true, true
			}
		}
	}
	n, ok = c.Notice(id)
	return n, false, ok
}

// Called says whether the city has this id or name.
func (c *City) Called(s string) bool { return c.ID == s || sameName(c.Name, s) }

// sameName compares what a person typed with a name: 西城 is 西城区, and capitals do not matter.
func sameName(t Text, s string) bool {
	if s == "" {
		return false
	}
	if strings.EqualFold(t.EN, s) || t.ZH == s {
		return true
	}
	for _, tail := range []string{"市", "区", "县", "新区"} {
		if t.ZH == s+tail || t.ZH+tail == s {
			return true
		}
	}
	return false
}
