package notice

import "strings"

// Rule is the id of a rule of a notice, such as BJ-13.
type Rule string

// Text is one wording in both languages.
type Text struct {
	ZH string `yaml:"zh" json:"zh-CN"`
	EN string `yaml:"en" json:"en"`
}

// Clause is what every part of an edition carries: where it comes from, and how to say it.
type Clause struct {
	ID     string `yaml:"id"`
	Rules  []Rule `yaml:"rules,omitempty"`  // empty only for clauses from practice
	Notice string `yaml:"notice,omitempty"` // id in the city's list; the edition's own when absent
	Phrase string `yaml:"phrase"`           // the notice's words, … for what is left out
	Say    Text   `yaml:"say"`

	Reading *Text `yaml:"reading,omitempty"` // the notice can be read otherwise: how it is read here, told beside Say

	grounds []Ground // one for each rule, ready to hand out
}

// Ground is one reason of a decision, with its source.
type Ground struct {
	Rule    Rule   `json:"rule"`
	Source  string `json:"source"` // the notice's title
	Phrase  string `json:"phrase"`
	Message Text   `json:"message"`
	Reading *Text  `json:"reading,omitempty"` // the phrase can be read otherwise: how it is read here
}

// Grounds is the clause as reasons, one for each of its rules; a clause from practice has one with
// the rule "practice".
func (c *Clause) Grounds() []Ground { return c.grounds }

func (c *Clause) clause() *Clause { return c }

// Practice is the rule of clauses that no notice holds: a national default or a common practice.
const Practice Rule = "practice"

// seal makes the grounds. source is the notice's title.
func (c *Clause) seal(source string, fill func(string) string) {
	c.Say = Text{fill(c.Say.ZH), fill(c.Say.EN)}
	if c.Reading != nil {
		c.Reading = &Text{fill(c.Reading.ZH), fill(c.Reading.EN)}
	}
	rules := c.Rules
	if len(rules) == 0 {
		rules = []Rule{Practice}
	}
	c.grounds = make([]Ground, len(rules))
	for i, r := range rules {
		c.grounds[i] = Ground{Rule: r, Source: source, Phrase: c.Phrase, Message: c.Say, Reading: c.Reading}
	}
}

// filler puts a clause's own values into its wording, so that no date or number is written twice.
func filler(pairs ...string) func(string) string {
	for i := 0; i < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace
}
