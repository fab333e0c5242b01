package guide

import (
	"slices"
	"strings"

	"kawu/policy"
	"kawu/policy/term"
)

// restWords is how many words a choice may list before it is called "other".
const restWords = 3

// apart says what must be asked about a fact: its values, those that lead everybody to the same
// answer put together; nil when all do. rest are the facts that may still be asked afterwards.
func (g *Guide) apart(s *Stand, f fact, rest []fact) *Asked {
	values := f.values(s)
	if len(values) < 2 {
		return nil
	}
	marks := make([]string, len(values))
	for i, v := range values {
		p := s.Person
		f.set(&p, v[0])
		var b strings.Builder
		g.each(s, &p, rest, &b)
		marks[i] = b.String()
	}
	q := &Asked{Question: f.question}
	for i, v := range values {
		if j := slices.Index(marks[:i], marks[i]); j >= 0 {
			j = slices.IndexFunc(q.Choices, func(c Choice) bool { return c.Words[0] == values[j][0] })
			q.Choices[j].Words = append(q.Choices[j].Words, v...)
			continue
		}
		q.Choices = append(q.Choices, Choice{Words: slices.Clone(v)})
	}
	if len(q.Choices) < 2 {
		return nil
	}
	return q.tidy()
}

// tidy calls the longest choice "other" and puts it last.
func (q *Asked) tidy() *Asked {
	longest := 0
	for i, c := range q.Choices {
		if len(c.Words) > len(q.Choices[longest].Words) {
			longest = i
		}
	}
	if c := q.Choices[longest]; len(c.Words) > restWords {
		c.Rest = true
		q.Choices = append(slices.Delete(q.Choices, longest, longest+1), c)
	}
	if q.Question == AskExpires {
		q.Choices = nil
	}
	return q
}

// each writes the marks of the answers to all people whom the remaining facts can make of p.
func (g *Guide) each(s *Stand, p *policy.Person, rest []fact, b *strings.Builder) {
	if len(rest) == 0 {
		g.mark(p, s.Reason, b)
		return
	}
	for _, v := range rest[0].values(s) {
		q := *p
		rest[0].set(&q, v[0])
		g.each(s, &q, rest[1:], b)
	}
}

// mark writes what tells one answer from another: by which channels, on which route, with which
// papers, and from when another opens; where nothing is open, why.
func (g *Guide) mark(p *policy.Person, r term.Reason, b *strings.Builder) {
	open := false
	for _, c := range g.channels() {
		d := g.Edition.Decide(p, r, c, g.on, nil)
		if !d.Allowed {
			b.WriteString(g.opens(p, r, c).String())
			continue
		}
		open = true
		b.WriteString(c.String())
		b.WriteString(d.Route().ID)
		for _, list := range [][]string{d.Documents, d.PhotoSources} {
			for _, w := range list {
				b.WriteByte(' ')
				b.WriteString(w)
			}
		}
		b.WriteByte(';')
	}
	if !open {
		for _, c := range g.channels() {
			for _, x := range g.Edition.Decide(p, r, c, g.on, nil).Because {
				b.WriteString(x.Phrase)
			}
		}
	}
	b.WriteByte('\n')
}

// channels are those that the edition names anywhere, in the order of its advice.
func (g *Guide) channels() []term.Channel {
	if g.named != nil {
		return g.named
	}
	e := g.Edition
	var set term.Set[term.Channel]
	for i := range e.Routes {
		set |= term.SetOf(e.Routes[i].Channels...)
	}
	for i := range e.Refusals {
		set |= term.SetOf(e.Refusals[i].Channels...)
	}
	l := term.ChannelList{Set: set}
	g.named = []term.Channel{}
	if e.Advice != nil {
		l.Order = e.Advice.Normal
		g.named = l.List()
	}
	l = term.ChannelList{Set: set &^ term.SetOf(g.named...)}
	g.named = append(g.named, l.List()...)
	return g.named
}
