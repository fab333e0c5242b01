// Package counter is the bench of bank and community outlets: hand a card to its holder, sign for
// lists of cards, balance the day. Keyboard first: nothing needs the mouse.
//
// It owns its pages. Who may collect and what may be enabled is decided by the flows.
package counter

import "embed"

//go:embed *.html
var files embed.FS
