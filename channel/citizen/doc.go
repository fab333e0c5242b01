// Package citizen is the phone-first portal of cardholders: where is my card, who has it, by when,
// and the few things one can do about it.
//
// It owns its pages: data, templates, words of its own. It does not own any rule: what may be
// offered comes from the flows, who is signed in from channel/web.
package citizen

import "embed"

//go:embed *.html
var files embed.FS
