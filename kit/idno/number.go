package idno

import (
	"log/slog"
	"strings"
	"time"

	"kawu/kit/clock"
	"kawu/kit/region"
)

// Number is an identity number in its normal form: ASCII, capital letters, no spaces, checked.
type Number string

// Kind says what document a number belongs to.
type Kind string

// The kinds, told apart by the number alone.
const (
	Resident     Kind = "resident"      // 公民身份号码, GB 11643
	HongKong     Kind = "hong_kong"     // 港澳台居民居住证, division 810000
	Macao        Kind = "macao"         // the same, 820000
	Taiwan       Kind = "taiwan"        // the same, 830000
	Foreigner    Kind = "foreigner"     // 外国人永久居留身份证, version 2023: 18 digits, first digit 9
	ForeignerOld Kind = "foreigner_old" // the version before: 15 characters, valid until it expires
)

// Sex is the code of GB/T 2261.1.
type Sex int

// The codes that an identity number can carry.
const (
	SexUnknown Sex = 0
	Male       Sex = 1
	Female     Sex = 2
)

// Kind tells the document; "" for a text that Parse never saw.
func (n Number) Kind() Kind {
	switch {
	case len(n) == 15:
		return ForeignerOld
	case len(n) != 18:
		return ""
	case n[0] == '9':
		return Foreigner
	case n[:6] == "810000":
		return HongKong
	case n[:6] == "820000":
		return Macao
	case n[:6] == "830000":
		return Taiwan
	}
	return Resident
}

// Birth is midnight of the birthday in clock.Zone; false for the old foreigners' form, whose inner
// layout was never published.
func (n Number) Birth() (time.Time, bool) {
	if len(n) != 18 {
		return time.Time{}, false
	}
	t, err := time.ParseInLocation("20060102", string(n[6:14]), clock.Zone)
	return t, err == nil
}

// Sex is read from the 17th digit, odd for men; SexUnknown for the old foreigners' form.
func (n Number) Sex() Sex {
	switch {
	case len(n) != 18:
		return SexUnknown
	case (n[16]-'0')%2 == 1:
		return Male
	}
	return Female
}

// Division is the six-digit code at the front, as it was when the number was given; "" where the
// first digits are no division of GB/T 2260 (foreigners).
func (n Number) Division() region.Code {
	if len(n) != 18 || n[0] == '9' {
		return ""
	}
	return region.Code(n[:6])
}

// AgeOn is the age in full years on a calendar day, as the law counts: a year is full on the
// birthday, and for 29 February on 1 March in a common year. It is negative before the birth and 0
// when the number has no birthday.
func (n Number) AgeOn(day time.Time) int {
	b, ok := n.Birth()
	if !ok {
		return 0
	}
	by, bm, bd := b.Date()
	y, m, d := day.In(clock.Zone).Date()
	age := y - by
	if m < bm || m == bm && d < bd {
		age--
	}
	return age
}

// Masked keeps the first three and the last four characters: 310***********2046.
func (n Number) Masked() string {
	if len(n) < 8 {
		return strings.Repeat("*", len(n))
	}
	return string(n[:3]) + strings.Repeat("*", len(n)-7) + string(n[len(n)-4:])
}

// String is Masked: a number printed by accident gives nobody away.
func (n Number) String() string { return n.Masked() }

// GoString is Masked too, for %#v.
func (n Number) GoString() string { return n.Masked() }

// LogValue is Masked.
func (n Number) LogValue() slog.Value { return slog.StringValue(n.Masked()) }

// MarshalText is Masked, for JSON; who must write the plain number writes Reveal.
func (n Number) MarshalText() ([]byte, error) { return []byte(n.Masked()), nil }

// UnmarshalText parses, so that a masked number cannot come back as if it were one.
func (n *Number) UnmarshalText(b []byte) error {
	p, _, err := Parse(string(b))
	*n = p
	return err
}

// Reveal is the plain number.
func (n Number) Reveal() string { return string(n) }
