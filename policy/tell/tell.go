// Package tell says decisions in plain text: for a terminal, a letter, or the 依据 beside a button.
//
// Owns: joining the rules of one clause, and the order of what is said. Does not own: the wording
// of clauses (the city's YAML) or of words (package notice).
package tell

import (
	"fmt"

	"kawu/policy"
	"kawu/policy/notice"
)

// Line is one clause as it is said: its rules together, once.
type Line struct {
	Aspect notice.Text // what it settles: 时限 / Time limit
	Rules  string      // "SH-66 SH-67"; "practice" for a default
	Say    notice.Text
	Source string // the notice's title
	Phrase string

	Reading *notice.Text // how the phrase is read here, where it can be read otherwise
}

// Grounds joins the grounds of a decision clause by clause.
func Grounds(because []notice.Ground) (out []Line) {
	for _, g := range because {
		out = add(out, notice.Text{}, g)
	}
	return out
}

// Clauses joins the clauses of an explanation, each with its aspect.
func Clauses(x policy.Explanation) (out []Line) {
	for _, c := range x.Clauses {
		out = add(out, notice.Label("aspect", c.Aspect), c.Ground)
	}
	return out
}

// Of joins the clauses of an explanation that settled one aspect: "documents".
func Of(x policy.Explanation, aspect string) (out []Line) {
	for _, c := range x.Clauses {
		if c.Aspect == aspect {
			out = add(out, notice.Label("aspect", aspect), c.Ground)
		}
	}
	return out
}

func add(out []Line, aspect notice.Text, g notice.Ground) []Line {
	if n := len(out); n > 0 && out[n-1].Aspect == aspect && out[n-1].Say == g.Message && out[n-1].Phrase == g.Phrase {
		out[n-1].Rules += " " + string(g.Rule)
		return out
	}
	return append(out, Line{aspect, string(g.Rule), g.Message, g.Source, g.Phrase, g.Reading})
}

// ZH is the line in Chinese.
func (l Line) ZH() string {
	return fmt.Sprintf("%s%s［%s］《%s》：“%s”", prefix(l.Aspect.ZH, "："), l.Say.ZH, l.Rules, l.Source, l.Phrase)
}

// EN is the line in English; the phrase stays in the notice's language.
func (l Line) EN() string {
	return fmt.Sprintf("%s%s [%s] %s: “%s”", prefix(l.Aspect.EN, ": "), l.Say.EN, l.Rules, l.Source, l.Phrase)
}

func prefix(s, after string) string {
	if s == "" {
		return ""
	}
	return s + after
}
