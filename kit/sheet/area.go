package sheet

import (
	"fmt"
	"strconv"
	"strings"
)

// area is a range of cells, lines from 1 and columns from 0, ends included.
type area struct{ top, left, bottom, right int }

func (a area) holds(line, col int) bool {
	return a.top <= line && line <= a.bottom && a.left <= col && col <= a.right
}

func (a area) String() string {
	return fmt.Sprintf("%s%d:%s%d", letter(a.left), a.top, letter(a.right), a.bottom)
}

// merge notes a range such as A1:C1. Only the first thousands matter: a header has few.
func (b *book) merge(ref string) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok || len(b.areas) >= maxAreas {
		return
	}
	b.areas = append(b.areas, area{lineOf(from), column(from), lineOf(to), column(to)})
}

const maxAreas = 10_000

func lineOf(ref string) int {
	n, _ := strconv.Atoi(strings.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	return n
}

// letter is the name of a column, 0 is A; "" for a negative one.
func letter(col int) string {
	s := ""
	for ; col >= 0; col = col/26 - 1 {
		s = string(rune('A'+col%26)) + s
	}
	return s
}

// column is the number of a column's letters at the front of a reference like AB12; -1 when there
// are none or too many.
func column(ref string) int {
	n := 0
	i := 0
	for ; i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		if n = n*26 + int(ref[i]-'A') + 1; n > maxColumns {
			return -1
		}
	}
	return n - 1
}

// maxColumns is what Excel allows.
const maxColumns = 16384
