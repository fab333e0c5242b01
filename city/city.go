// Package city holds the cities as data: one folder each, with city.yaml (names, districts, banks,
// notices), one file for each edition, and rules.yaml (what is shown or carried out by flows).
//
// Owns: the folders. Does not own: their meaning (package policy). A new city is a new folder; no
// Go changes. The recipe is docs/how/new-city.md.
package city

import (
	"embed"

	"kawu/policy"
)

// Files is every city's folder.
//
//go:embed */*.yaml
var Files embed.FS

// Open makes the book of all cities. An error is a list of findings with file and line; the tests
// keep it from ever reaching a user.
func Open(cal policy.Calendar) (*policy.Book, error) { return policy.Open(Files, cal) }

// First is the city of a new installation that is told no other.
const First = "beijing"
