package centre

import (
	"time"

	"kawu/channel/web"
)

// Audit is GET /centre/audit (?page= ?who= ?about=): who did what, on whom, by which channel; the
// chain verified.
type Audit struct {
	web.Page
	Frame
	Verified int       // lines whose chain is right, from the first
	Lines    int       // all lines
	At       time.Time // when it was verified
	Broken   int       // number of the first broken line; 0: none
	Anchor   string    // head of the chain, shortened
	Who      string
	About    string
	Rows     []AuditLine
	Pager    web.Pager
}

// AuditLine is one line: who, what, on whom, by which channel, when.
type AuditLine struct {
	N       int
	At      time.Time
	Who     string
	Role    string   // wording key
	What    web.Said // the act
	About   string   // id of what it was done to
	Channel string   // wording key: "centre.channel.employer" …
	Set     int      // size of the set; 0 or 1: one
	Hash    string   // shortened
}

// AuditView is the page.
var AuditView = web.NewView[Audit](files, "audit")

// WhoField filters by who did it, named "who".
func (a Audit) WhoField() web.Field { return a.Field("who", "centre.audit.who", a.Who) }

// AboutField filters by what it was done to, named "about".
func (a Audit) AboutField() web.Field { return a.Field("about", "centre.audit.about", a.About) }

// AuditRows is the table of lines with the page's language.
type AuditRows struct {
	web.Page
	Rows []AuditLine
}

// ShowAudit boxes lines for their table.
func (f Frame) ShowAudit(p web.Page, rows []AuditLine) AuditRows { return AuditRows{p, rows} }
