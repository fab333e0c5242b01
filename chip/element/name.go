package element

import (
	"bytes"

	"kawu/kit/gb"
)

// EncodeName splits a name over its two records: whole characters into the first as long as they
// fit, the rest into the second. A name whose rest would not fit is cut at byte 30 instead, through a
// character of four bytes if need be: readers join both records before they decode. TooLong beyond
// 50 bytes.
func EncodeName(name string) (first, more []byte, err error) {
	b, err := gb.Encode(name)
	if err != nil {
		return nil, nil, err
	}
	if len(b) > Name.Length+NameMore.Length {
		return nil, nil, Name.fault(TooLong)
	}
	cut := 0
	for _, r := range name {
		n := gb.Len(string(r))
		if cut+n > Name.Length {
			break
		}
		cut += n
	}
	if len(b)-cut > NameMore.Length {
		cut = Name.Length
	}
	if first, err = Name.fill(bytes.Clone(b[:cut])); err != nil {
		return nil, nil, err
	}
	more, err = NameMore.fill(bytes.Clone(b[cut:]))
	return first, more, err
}

// DecodeName joins both records and decodes; more may be nil on cards of version 1.00. Unreadable
// gives what could be read together with the fault.
func DecodeName(first, more []byte) (string, error) {
	b := append(bytes.TrimRight(bytes.Clone(first), "\x00"), bytes.TrimRight(more, "\x00")...)
	s, losses := gb.Decode(b)
	if len(losses) > 0 {
		return s, Name.fault(Unreadable)
	}
	return s, nil
}
