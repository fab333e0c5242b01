package citizen

import (
	"html/template"

	"kawu/channel/web"
)

// Progress is GET /progress (?no= picks one of several): where the card is, who has it, by when,
// and what one can do about it.
type Progress struct {
	web.Page
	No      string // reference of the application
	Cases   []Case // several applications of this person; empty with one or none
	None    bool   // there is no application at all
	Promise web.Promise
	Where   web.Place // the place where the card is now, or will be collected
	AtPlace bool      // the card lies there: it can be collected now
	OldCard web.Said  // "your old card works until …"; empty when there is none
	Steps   []web.Step
	Actions []Action
}

// Case is one application in the switcher.
type Case struct {
	No      string
	What    web.Said
	Current bool
}

// Action is one thing the person can do now; the states offer it, not the page.
type Action struct {
	Icon string
	Name string // wording key
	Note web.Said
	Href string // own page, or "tel:12333"
}

// Link is Href as a safe address.
func (a Action) Link() template.URL { return web.Address(a.Href) }

// ProgressView is the page.
var ProgressView = web.NewView[Progress](files, "progress")
