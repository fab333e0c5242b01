package counter

import "kawu/channel/web"

// Frame is what all pages of the bench share: where it stands and what waits. Embedded.
type Frame struct {
	Window  string   // number of the window, "3"
	Devices []Device // readers and printers
	Today   int      // cards handed out here today
	In      int      // cards that came today
	Waiting int      // cards in the drawers
	ToSign  int      // hand-over lists that wait for this party's signature
	Photos  int      // photos that wait for a look
	Here    string   // "bench" "handovers" "photos" "loss" "tally" "bank"
	Bank    bool     // a bank's card operations: no drawers, no day to close
}

// Device is a reader, a scanner or a printer as the bench sees it.
type Device struct {
	Name  string // wording key
	Ready bool
	Note  web.Said // paper left, blanks left; empty
}

// BarBox is the bench's bar with the page's language.
type BarBox struct {
	web.Page
	Frame Frame
}

// ShowBar boxes the bar.
func (f Frame) ShowBar(p web.Page) BarBox { return BarBox{p, f} }

// WaitingBox is a list of cards with the page's language.
type WaitingBox struct {
	web.Page
	Rows []Waiting
}

// ShowWaiting boxes cards that wait.
func (f Frame) ShowWaiting(p web.Page, rows []Waiting) WaitingBox { return WaitingBox{p, rows} }

// WaitingRow is one of them.
type WaitingRow struct {
	web.Page
	Waiting
}

// Row boxes one card.
func (w WaitingBox) Row(x Waiting) WaitingRow { return WaitingRow{w.Page, x} }

// ListBox is a table of hand-over lists with the page's language.
type ListBox struct {
	web.Page
	Label string // worded
	Rows  []ListRow
}

// ShowList boxes hand-over lists; label is a wording key.
func (f Frame) ShowList(p web.Page, label string, rows []ListRow) ListBox {
	return ListBox{p, p.T(label), rows}
}
