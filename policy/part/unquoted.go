package part

import (
	"regexp"

	"kawu/policy"
	"kawu/policy/notice"
)

// Unquoted is a figure that changed while the words quoted from the notice stayed: either the phrase
// was forgotten or the figure is not the notice's. Nothing is wrong with the text; a person has to look.
type Unquoted struct {
	Change
	Phrase string // as the clause still quotes it
}

// figure is a number or a day.
var figure = regexp.MustCompile(`^(\d+|\d{4}-\d\d-\d\d)$`)

// Unquote lists those among the changes that Diff found towards an edition. An edition's own first day is
// set by whoever publishes it, not by the phrase, and is left out.
func Unquote(changes []Change, to *policy.Edition) (out []Unquoted) {
	quoted := map[string]bool{}
	for _, c := range changes {
		if c.Key == "phrase" {
			quoted[c.Section+" "+c.Clause] = true
		}
	}
	phrases := map[string]*notice.Clause{}
	for _, p := range Of(to) {
		phrases[p.Section+" "+p.Clause.ID] = p.Clause
	}
	for _, c := range changes {
		at := c.Section + " " + c.Clause
		begin := c.Section == "in_force" && c.Key == "from"
		if clause := phrases[at]; clause != nil && !begin && !quoted[at] && figure.MatchString(c.From) && figure.MatchString(c.To) {
			out = append(out, Unquoted{c, clause.Phrase})
		}
	}
	return out
}
