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
