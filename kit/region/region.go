// Package region owns the six-digit codes of administrative divisions (GB/T 2260): their form and
// which province and city they lie in. It does not own names or lists of districts: a city's own
// are data in its folder under city/, and historical codes live on inside identity numbers, so an
// unknown district is not a wrong one.
package region

import (
	"strings"

	"kawu/kit/fault"
)

// Code is six digits: two of the province, two of the city, two of the district or county; zeros
// stand for "all of it". 110105 is Chaoyang in Beijing, 510100 is Chengdu.
type Code string

// Wrong is the fault of Parse.
var Wrong = fault.New(fault.Invalid, "region.code", "a division's code is six digits and begins with a province's")

// Provinces and the places with provincial rank, by their first two digits; 81 to 83 are Hong Kong,
// Macao and, on residence permits only, Taiwan.
const provinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"

// Parse takes six ASCII digits with a known province.
func Parse(s string) (Code, error) {
	c := Code(s)
	if len(s) != 6 || c.Province() == "" {
		return "", Wrong
	}
	for i := 2; i < 6; i++ {
		if s[i] < '0' || s[i] > '9' {
			return "", Wrong
		}
	}
	return c, nil
}

// Province is the province's code (110000), "" when there is none.
func (c Code) Province() Code {
	if len(c) < 2 || !strings.Contains(" "+provinces+" ", " "+string(c[:2])+" ") {
		return ""
	}
	return c[:2] + "0000"
}

// City is the city's code (510100). The four municipalities and their counties (11, 12, 31, 50) are
// one city each, with the province's code.
func (c Code) City() Code {
	if len(c) != 6 {
		return ""
	}
	switch c[:2] {
	case "11", "12", "31", "50":
		return c.Province()
	}
	return c[:4] + "00"
}

// In says whether c is d or lies in it.
func (c Code) In(d Code) bool {
	return d != "" && (c == d || c.City() == d || c.Province() == d)
}
