package ident

import (
	"strings"

	"kawu/kit/fault"
	"kawu/kit/tidy"
)

// Mail is the number of a parcel: UPU S10 (two letters, nine digits, two letters) or the 13 digits
// of domestic EMS.
type Mail string

// The faults of ParseMail.
var (
	MailForm       = fault.New(fault.Invalid, "ident.s10.form", "a parcel's number is two letters, nine digits and two letters, or 13 digits that begin with 1")
	MailCheckWrong = fault.New(fault.Invalid, "ident.s10.check", "the check digit of the parcel's number does not fit")
)

// MailUnchecked notes a 13-digit number: no rule for its digits was ever published, so only its
// length and first digit were looked at.
const MailUnchecked tidy.Note = "ident.note.mail_unchecked"

var s10Weights = [8]int{8, 6, 4, 2, 3, 5, 9, 7}

// S10Check is the check digit of eight digits; 0 byte when body is anything else.
func S10Check(body string) byte {
	if len(body) != 8 {
		return 0
	}
	sum := 0
	for i, w := range s10Weights {
		if body[i] < '0' || body[i] > '9' {
			return 0
		}
		sum += w * int(body[i]-'0')
	}
	return "50987654321"[sum%11]
}

// ParseMail reads a parcel's number.
func ParseMail(s string) (Mail, []tidy.Note, error) {
	s, notes := tidy.Compact(s)
	s, notes = tidy.Upper(s, notes)
	const letters, digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
	if len(s) != 13 {
		return "", notes, MailForm
	}
	if s[0] == '1' && strings.Trim(s, digits) == "" {
		return Mail(s), append(notes, MailUnchecked), nil
	}
	if strings.Trim(s[:2]+s[11:], letters) != "" || strings.Trim(s[2:11], digits) != "" {
		return "", notes, MailForm
	}
	if S10Check(s[2:10]) != s[10] {
		return "", notes, MailCheckWrong
	}
	return Mail(s), notes, nil
}
