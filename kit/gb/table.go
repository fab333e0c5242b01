package gb

import (
	"sync"

	"golang.org/x/text/encoding/simplifiedchinese"
)

const unknown = '\uFFFD'

// assigned are the two-byte codes that x/text does not know although the edition of 2022 assigns
// them: vertical punctuation, ḿ, and eight ideographs that stand in names.
var assigned = map[uint16]rune{
	0xA6D9: 0xFE10, 0xA6DA: 0xFE12, 0xA6DB: 0xFE11, 0xA6DC: 0xFE13, 0xA6DD: 0xFE14,
	0xA6DE: 0xFE15, 0xA6DF: 0xFE16, 0xA6EC: 0xFE17, 0xA6ED: 0xFE18, 0xA6F3: 0xFE19,
	0xA8BC: 0x1E3F,
	0xFE59: 0x9FB4, 0xFE61: 0x9FB5, 0xFE66: 0x9FB6, 0xFE67: 0x9FB7,
	0xFE6D: 0x9FB8, 0xFE7E: 0x9FB9, 0xFE90: 0x9FBA, 0xFEA0: 0x9FBB,
}

// spare: outside the user areas the standard maps the codes without a character to private-use code
// points in the order of the codes. Each entry starts a run; runs break where a later edition gave
// some of the codes a character.
var spare = map[uint16]rune{
	0xA2AB: 0xE766, 0xA2E4: 0xE76D, 0xA6F6: 0xE797, 0xA8C1: 0xE7C9, 0xA997: 0xE7F4,
	0xFE51: 0xE816, 0xFE6C: 0xE831, 0xFE76: 0xE83B, 0xFE91: 0xE855,
}

// swapped are four-byte codes that x/text reads by the edition of 2000: in 2005 ḿ took A8BC, and the
// code point that A8BC had went where ḿ had been.
var swapped = map[string]rune{"\x81\x35\xF4\x37": 0xE7C7}

type tables struct {
	decode map[uint16]rune
	encode map[rune]uint16
}

// twoByte holds all 23,940 two-byte codes, built at the first use.
var twoByte = sync.OnceValue(func() tables {
	t := tables{decode: make(map[uint16]rune, 23940), encode: make(map[rune]uint16, 23940)}
	d := simplifiedchinese.GB18030.NewDecoder()
	next := rune(0)
	for lead := 0x81; lead <= 0xFE; lead++ {
		for trail := 0x40; trail <= 0xFE; trail++ {
			if trail == 0x7F {
				continue
			}
			code := uint16(lead<<8 | trail)
			r, ok := assigned[code]
			if !ok {
				r = user(code)
			}
			if r == 0 {
				r = known(d.Bytes([]byte{byte(lead), byte(trail)}))
			}
			if r == unknown {
				if start, ok := spare[code]; ok {
					next = start
				}
				r, next = next, next+1
			}
			t.decode[code] = r
			if code != 0xA3A0 {
				t.encode[r] = code
			}
		}
	}
	return t
})

func known(b []byte, _ error) rune {
	for _, r := range string(b) {
		return r
	}
	return unknown
}

// user maps the three user areas, which lie in rows of 94 (from trail A1) or 96 codes; 0 outside.
// A3A0 is left to x/text, which reads it as a space.
func user(code uint16) rune {
	lead, trail := rune(code>>8), rune(code&0xFF)
	switch {
	case code == 0xA3A0:
		return 0
	case lead >= 0xAA && lead <= 0xAF && trail >= 0xA1:
		return 0xE000 + (lead-0xAA)*94 + trail - 0xA1
	case lead >= 0xF8 && trail >= 0xA1:
		return 0xE234 + (lead-0xF8)*94 + trail - 0xA1
	case lead >= 0xA1 && lead <= 0xA7 && trail < 0x7F:
		return 0xE4C6 + (lead-0xA1)*96 + trail - 0x40
	case lead >= 0xA1 && lead <= 0xA7 && trail <= 0xA0:
		return 0xE4C6 + (lead-0xA1)*96 + trail - 0x41
	}
	return 0
}

// ideographs are characters that got a code point of their own elsewhere while the standard keeps
// their two-byte codes for private use.
var ideographs = map[rune]rune{
	0xE816: '𠂇', 0xE817: '𠂉', 0xE818: '𠃌', 0xE831: '𡗗', 0xE83B: '𢦏', 0xE855: '𤇾',
}

// Meant is the character that systems before 2005 wrote as the private-use code point r, because
// Unicode did not have it yet when they took over the codes FE50 to FEA0 of GBK; false for others.
// It is a proposal for a person to confirm: r does not say which system wrote it.
func Meant(r rune) (rune, bool) {
	if r < 0xE815 || r > 0xE864 {
		return 0, false
	}
	if own, ok := ideographs[r]; ok {
		return own, true
	}
	trail := 0x50 + uint16(r-0xE815)
	if trail >= 0x7F {
		trail++
	}
	return twoByte().decode[0xFE00|trail], true
}

// Private says whether r is a private-use code point: a hole that one system filled with a glyph of
// its own, and that another shows as something else or a box.
func Private(r rune) bool {
	return r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000 && r <= 0xFFFFD || r >= 0x100000 && r <= 0x10FFFD
}
