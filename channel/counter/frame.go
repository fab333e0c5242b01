package counter

import "kawu/channel/web"

// Frame is what all pages of the bench share: where it stands and what waits. Embedded.
type Frame struct {
	Window  string   // number of the window, "3"
	Devices []Device // readers and printers
	Today   int      // matters finished today by this clerk
	Waiting int      // cards in the drawers
	ToSign  int      // hand-over lists that wait for this outlet's signature
	Here    string   // "bench" "handovers" "tally"
}

// Device is a reader, a scanner or a printer as the bench sees it.
type Device struct {
	Name  string // wording key
	Ready bool
	Note  web.Said // paper left, blanks left; empty
}
