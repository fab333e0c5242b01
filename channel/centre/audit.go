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
	Role    string // wording key
	What    string // wording key of the act, or its plain code when it has no wording
	About   string // id of what it was done to
	Channel string // wording key: "channel.employer" …
	Set     int    // size of the set; 0 or 1: one
	Hash    string // shortened
}
