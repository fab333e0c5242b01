package web

// Components that need words get a box: the page and the one thing they show, so that each
// component's template has one Go type.

// PromiseBox is the component of a promise.
type PromiseBox struct {
	Page
	Promise
}

// ShowPromise boxes a promise for {{template "promise"}}.
func (p Page) ShowPromise(x Promise) PromiseBox { return PromiseBox{p, x} }

// StepsBox is the component of a timeline.
type StepsBox struct {
	Page
	Steps []Step
}

// ShowSteps boxes a timeline for {{template "steps"}}.
func (p Page) ShowSteps(s []Step) StepsBox { return StepsBox{p, s} }

// TagBox is a worded tag.
type TagBox struct {
	Tone Tone
	Text string
}

// ShowTag words a tag for {{template "tag"}}.
func (p Page) ShowTag(t Tag) TagBox { return TagBox{t.Tone, p.Say(t.Said)} }

// ShowHalf words a switch's position for {{template "tag"}}.
func (p Page) ShowHalf(h Half) TagBox { return TagBox{h.Tone(), p.T(h.Key())} }

// PagerBox is the component below a list.
type PagerBox struct {
	Page
	Pager
}

// ShowPager boxes a pager for {{template "pager"}}.
func (p Page) ShowPager(x Pager) PagerBox { return PagerBox{p, x} }

// TabsBox is a row of tabs with a name for screen readers.
type TabsBox struct {
	Page
	Label string
	Tabs  []Tab
}

// ShowTabs boxes tabs for {{template "tabs"}}; label is a wording key.
func (p Page) ShowTabs(label string, t []Tab) TabsBox { return TabsBox{p, p.T(label), t} }

// PlaceBox is the component of a place.
type PlaceBox struct {
	Page
	Place
}

// ShowPlace boxes a place for {{template "place"}}.
func (p Page) ShowPlace(x Place) PlaceBox { return PlaceBox{p, x} }

// NoteBox is a notice: a tone, an icon, a sentence.
type NoteBox struct {
	Tone Tone
	Icon string
	Text string
}

// Note makes a notice for {{template "note"}} from a wording key and its arguments.
func (p Page) Note(t Tone, icon, key string, args ...any) NoteBox {
	return NoteBox{t, icon, p.Say(Say(key, args...))}
}

// NoteSaid makes a notice from a sentence.
func (p Page) NoteSaid(t Tone, icon string, s Said) NoteBox { return NoteBox{t, icon, p.Say(s)} }

// FiguresBox is the data table of a chart, folded away.
type FiguresBox struct {
	Label string // worded
	Rows  []Figure
}

// Figure is one line of a data table.
type Figure struct{ Name, Value string }
