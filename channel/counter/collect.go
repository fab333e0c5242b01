package counter

import (
	"time"

	"kawu/channel/web"
)

// Collect is /counter/collect/{card}: the steps of handing a card over; the one that runs holds its
// form. POST …/identity, …/found, …/sign, …/enable, …/bank, …/finish do one step each.
type Collect struct {
	web.Page
	Frame
	Card     string
	Person   Person
	Steps    []web.Step // names "counter.step.identity" … ; exactly one is StepNow, or all done
	Step     string     // the step that runs: "identity" "found" "sign" "enable" "bank" "receipt"; "" when it may not go on
	Started  time.Time
	Drawer   string
	Envelope string   // code on the envelope
	Bank     web.Text // issuing bank
	OwnBank  bool     // this outlet is of the issuing bank: the bank half can be done here
	OldCard  web.Said // what dies on enabling; empty: there is none
	Refused  web.Said // why it may not go on; empty: it may
	Proxy    bool     // somebody else collects
	Also     []Also
	// As typed, kept when a step is wrong.
	Number, Relation, ProxyName string
}

// Person is who stands at the window.
type Person struct {
	Name, Masked, Phone string
	Sex                 string // wording key
	Age                 int
	Employer            web.Text
	Generation          int // of the card in use; 0: none
	OldState            web.Tag
	Photo               bool // there is a photo to compare with: GET /counter/photo/{card}
}

// Also is something else this person could do now, with a digit key.
type Also struct {
	Name string // wording key
	Note web.Said
	Href string
}

// CollectView is the page.
var CollectView = web.NewView[Collect](files, "collect")

// NumberField is the identity number as the reader fills it, named "number".
func (c Collect) NumberField() web.Field {
	return c.Field("number", "counter.identity.number", c.Number).Hint(c.T("counter.identity.number.hint")).Code(24)
}

// HereChoices say who is at the window, named "here": "self" or "proxy".
func (c Collect) HereChoices() web.Choices {
	return c.Choices("here", "counter.identity.who").
		Add("self", c.T("counter.identity.same"), "", !c.Proxy).
		Add("proxy", c.T("counter.identity.proxy"), c.T("counter.identity.proxy.note"), c.Proxy)
}

// ProxyField is the name of who collects for the person, named "proxy".
func (c Collect) ProxyField() web.Field {
	return c.Field("proxy", "counter.identity.proxy.name", c.ProxyName)
}

// RelationField is the relation to the person, named "relation".
func (c Collect) RelationField() web.Field {
	return c.Field("relation", "counter.identity.relation", c.Relation)
}

// EnvelopeField is the scanned envelope, named "envelope".
func (c Collect) EnvelopeField() web.Field {
	return c.Field("envelope", "counter.found.envelope", "").Hint(c.T("counter.found.envelope.hint", "envelope", c.Envelope)).Code(32)
}

// AgreeTick is the box of a step, named "agree".
func (c Collect) AgreeTick(key string) web.Choices { return c.Tick("agree", c.T(key), false) }

// Digit is the key of the nth other task.
func (c Collect) Digit(i int) string { return string(rune('1' + i)) }
