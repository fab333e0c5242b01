package name

import (
	"strings"

	"kawu/kit/gb"

	"golang.org/x/text/unicode/norm"
)

// Likeness is how two writings of a name compare.
type Likeness string

// The results of Compare.
const (
	Same       Likeness = "same"       // code point by code point
	Substitute Likeness = "substitute" // they differ only where systems are known to write one for the other; a person decides
	Different  Likeness = "different"
)

// substitutes are rare characters and what systems without them write instead: the traditional or
// the common form, or the reading in capitals. All of a group fold to the reading or first form.
var substitutes = map[rune]string{
	'䶮': "YAN", '龑': "YAN",
	'㛃': "JIE",
	'𬱖': "DI", '頔': "DI",
	'𠮷': "吉",
	'喆': "哲",
	'堃': "坤",
	'镕': "熔",
}

// Compare compares by code point. It also takes names that Parse refused, as registers hold them:
// private-use code points of old systems compare with the characters that they meant.
func Compare(a, b Person) Likeness {
	switch {
	case a == b:
		return Same
	case fold(a) == fold(b):
		return Substitute
	}
	return Different
}

// fold brings known substitutes to one form: old private-use code points, compatibility ideographs,
// the table above, a missing dot, small and capital letters.
func fold(p Person) string {
	var out strings.Builder
	for _, r := range norm.NFC.String(dots.Replace(string(p))) {
		if meant, ok := gb.Meant(r); ok {
			r = meant
		}
		switch form, ok := substitutes[r]; {
		case ok:
			out.WriteString(form)
		case r == Dot || r == ' ':
		default:
			out.WriteRune(r)
		}
	}
	return strings.ToUpper(out.String())
}
