package sheet

import (
	"fmt"
)

// guess looks at the values under no header: which column looks like which, by more than half of
// the lines.
func guess(head []headLine, spec Spec) string {
	var words []string
	for _, c := range spec.Columns {
		if c.Looks == nil {
			continue
		}
		hits := map[int]int{}
		for _, l := range head {
			for col, cell := range l.cells {
				if cell.Kind != Blank && c.Looks(cell.Text) {
					hits[col]++
				}
			}
		}
		for col := range maxGuess {
			if 2*hits[col] > len(head) {
				words = append(words, fmt.Sprintf("%s = %s", letter(col), c.Names[0]))
				break
			}
		}
	}
	if words == nil {
		return "?"
	}
	return shown(words)
}

// maxGuess is how far to the right a guess goes.
const maxGuess = 50
