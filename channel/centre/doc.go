// Package centre is the card centre's console: how the campaign stands, what is late and with whom,
// and for every exception the one thing to do.
//
// It owns its pages. Figures come from reports, buttons from the life cycles; every mark on a chart
// leads to the list behind it.
package centre

import "embed"

//go:embed *.html
var files embed.FS
