package centre

import (
	"strings"

	"kawu/channel/web"
	"kawu/policy"
	"kawu/policy/part"
)

// Change is what became of one clause from one edition to another.
type Change struct {
	Section string   // wording key
	Name    string   // the clause's id; "" outside clauses
	Tag     web.Tag  // added, removed, changed
	Say     web.Text // of a clause that came or went
	Lines   []ChangeLine
}

// ChangeLine is one value that differs; an empty side was not there.
type ChangeLine struct {
	Key      string // wording key
	From, To web.Text
}

// ChangesBox is the list of changes with the page's language.
type ChangesBox struct {
	web.Page
	Changes []Change
}

// ShowChanges boxes changes for their list.
func (f Frame) ShowChanges(p web.Page, c []Change) ChangesBox { return ChangesBox{p, c} }

// changes groups the differences of two editions by clause.
func changes(from, to *policy.Edition, list []part.Change) []Change {
	old, fresh := newSpeller(from, part.Of(from)), newSpeller(to, part.Of(to))
	var out []Change
	at := map[string]int{}
	for _, c := range list {
		k := c.Section + "-" + c.Clause
		i, seen := at[k]
		if !seen {
			i = len(out)
			at[k], out = i, append(out, Change{Section: sectionName(c.Section), Name: c.Clause, Tag: web.Tag{Tone: web.Watch, Said: web.Say("edition.change.changed")}})
		}
		x := &out[i]
		switch {
		case c.Key == "id" && c.From == "":
			x.Tag, x.Say = web.Tag{Tone: web.Good, Said: web.Say("edition.change.added")}, fresh.says[k]
		case c.Key == "id" && c.To == "":
			x.Tag, x.Say = web.Tag{Tone: web.Bad, Said: web.Say("edition.change.removed")}, old.says[k]
		default:
			x.Lines = append(x.Lines, ChangeLine{Key: keyName(lineKey(c)), From: old.line(c, c.From), To: fresh.line(c, c.To)})
		}
	}
	for i := range out {
		if out[i].Say.ZH != "" {
			out[i].Lines = nil // a whole clause is said by its own sentence
		}
	}
	return out
}

// lineKey names a value outside clauses by its section: "name", "eligible".
func lineKey(c part.Change) string {
	if c.Key == "" {
		return c.Section
	}
	return c.Key
}

func sectionName(s string) string {
	name, _, _ := strings.Cut(s, ".")
	return "edition.section." + name
}

// line words one side of a change. Texts come in both languages, lists with commas.
func (s speller) line(c part.Change, v string) web.Text {
	if zh, en, both := strings.Cut(v, " / "); both {
		return web.Text{ZH: zh, EN: en}
	}
	if v == "" || c.Key == "phrase" {
		return web.Text{ZH: v}
	}
	var zh, en []string
	for _, w := range strings.Split(v, ", ") {
		t := s.plain(lineKey(c), w)
		zh, en = append(zh, t.ZH), append(en, t.In("en"))
	}
	return web.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}
