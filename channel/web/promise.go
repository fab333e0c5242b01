package web

import "time"

// Promise is the block shown wherever a case is shown: by when it must be done, who has it now and
// whom to call. One look answers "where is it, who has it, by when".
type Promise struct {
	What    string    // wording key of the matter: "web.matter.batch_card"
	By      Said      // the promise in words: "web.promise.by" with its date, "web.promise.kept" …
	Due     time.Time // zero when the clock has not started or has stopped for good
	Left    int       // days left; negative when overdue
	Percent int       // of the promised time that has passed, 0 to 100
	Kept    bool      // done in time; the ring is full
	Holder  Text      // who has it: one holder, named
	Phone   string    // of the holder
}

// Late says whether the promise is broken.
func (p Promise) Late() bool { return p.Left < 0 && !p.Kept }

// Over is how many days late.
func (p Promise) Over() int { return -p.Left }

// StepState is how far a step of a timeline is.
type StepState string

// The states of a step; they are also the style's class names.
const (
	StepDone   StepState = "done"
	StepNow    StepState = "now"
	StepTodo   StepState = "todo"
	StepFailed StepState = "failed"
)

// Step is one line of a timeline.
type Step struct {
	Name  string // wording key
	State StepState
	At    time.Time // when it was done, or since when it runs; zero for what is to come
	Note  Said      // one line under it
	Box   []Said    // details of the step that runs now
}

// DoneOf counts the steps that are done.
func DoneOf(steps []Step) int {
	n := 0
	for _, s := range steps {
		if s.State == StepDone {
			n++
		}
	}
	return n
}

// Done counts the steps that are done; for templates.
func (p Page) Done(steps []Step) int { return DoneOf(steps) }

// Half is one of the two switches of a card: social security, bank. They are always shown apart.
type Half string

// The positions of a switch; each is also the end of its wording key ("web.half.on").
const (
	HalfOff     Half = "off"     // not enabled yet
	HalfOn      Half = "on"      // in use
	HalfTelling Half = "telling" // enabled here, the other side has not confirmed yet
	HalfLost    Half = "lost"    // suspended: reported lost
	HalfVoid    Half = "void"    // for good
)

// Key is the wording of the position.
func (h Half) Key() string {
	switch h {
	case HalfOn:
		return "web.half.on"
	case HalfTelling:
		return "web.half.telling"
	case HalfLost:
		return "web.half.lost"
	case HalfVoid:
		return "web.half.void"
	}
	return "web.half.off"
}

// Tone is the class of a tag: its colour and its shape.
type Tone string

// The tones. Plain is grey.
const (
	Plain   Tone = ""
	Good    Tone = "ok"
	Watch   Tone = "warn"
	Bad     Tone = "danger"
	Info    Tone = "info"
	Branded Tone = "brand"
)

// Tone of a switch.
func (h Half) Tone() Tone {
	switch h {
	case HalfOn:
		return Good
	case HalfTelling:
		return Info
	case HalfLost:
		return Bad
	}
	return Plain
}

// Tag is an adjective with a tone: "ready", "overdue".
type Tag struct {
	Tone Tone
	Said
}

// Place is where a card lies or may be collected.
type Place struct {
	Name, Address Text
	Phone         string
	Hours         Text
	Bank          Text
}

// Tab is a link above a list, with how many it holds.
type Tab struct {
	Key     string // wording key
	Href    string
	N       int
	Current bool
}

// Pager is where a list stands. Page counts from 1; Base is the address with its other query, such
// as "?tab=bad".
type Pager struct {
	Page, Size, Total int
	Base              string
}
