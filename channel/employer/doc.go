// Package employer is the portal of employers' agents: a collective application in the four ordered
// steps of the notice, then the promise of the batch until the last card is enabled.
//
// It owns its pages. Which step is open is asked of the flow; a page cannot skip one.
package employer

import "embed"

//go:embed *.html
var files embed.FS
