package perso

import (
	"log/slog"

	"kawu/chip/apdu"
	"kawu/chip/element"
	"kawu/chip/tlv"
	"kawu/kit/fault"
	"kawu/kit/pki"
	"kawu/kit/sm"
)

// Blank is a chip in the machine: the channel to it and its answer to reset.
type Blank struct {
	apdu.Channel
	Reset []byte // ATR or ATS; its last 13 bytes are the historical bytes
}

// Order is what one card shall hold. It carries personal data and never prints it.
type Order struct {
	Key        string // the caller's name for the card, echoed in the result
	City       string // six digits of the issuing city
	Serial     uint32 // the card identification code's serial number, unique in the city
	Issuer     string // initialising organisation, up to 24 hexadecimal digits
	Version    string // "3.00"
	CardNumber string
	Issued     string // YYYYMMDD
	Expires    string // YYYYMMDD

	Number     string // social security number
	Name       string
	Sex        string // 1 male, 2 female
	Ethnic     string // two digits of GB/T 3304
	Birthplace string // six digits
	Birth      string // YYYYMMDD

	Bank *Bank // nil: the bank's application stays empty
}

// Bank is the debit application's data.
type Bank struct {
	PAN     string // 12 to 19 digits
	Expires string // YYMM
	Service string // three digits, 220 for chip debit
	Label   string // application label, 1 to 16 Latin characters
}

// String hides everything but the caller's key.
func (o Order) String() string { return "order " + o.Key }

// LogValue hides everything but the caller's key.
func (o Order) LogValue() slog.Value { return slog.StringValue(o.String()) }

// String hides the account.
func (Bank) String() string { return "bank data" }

// Stage names how far a card came.
type Stage string

// The stages in their order.
const (
	Untouched Stage = ""
	Opened    Stage = "opened"    // both sides have proven themselves
	Written   Stage = "written"   // holder and issuer files
	Compared  Stage = "compared"  // read back, equal
	Keyed     Stage = "keyed"     // signing pair made on the card
	Certified Stage = "certified" // encryption pair and both certificates loaded
	Banked    Stage = "banked"    // bank application
	Finished  Stage = "finished"  // live keys, proven by a last reading
	Printed   Stage = "printed"   // its face, last of all
)

// Result is the verdict on one card.
type Result struct {
	Key        string
	Stage      Stage
	Historical []byte        // 13 historical bytes (卡复位信息)
	CardID     string        // 32 hexadecimal digits (卡的识别码)
	Signing    *sm.PublicKey // made on the card; nil before Keyed
	SignCert   *pki.Certificate
	CryptCert  *pki.Certificate
	Waste      bool  // something was written and the card is not finished: into the reject bin, counted
	Err        error // why it is not finished
}

// record is one record of the card as it is written and read back.
type record struct {
	file  byte
	no    byte
	tag   byte
	name  string
	value []byte
}

// records are the card's records in writing order: the holder file first, then the issuer file, so
// that a card without an issuer is visibly unfinished. All problems of the order at once.
func (o Order) records(cardID string) ([]record, error) {
	var l fault.List
	out := make([]record, 0, 14)
	add := func(file byte, elements []element.Element, texts map[byte]string) {
		first, more, err := element.EncodeName(o.Name)
		for i, e := range elements {
			value, eerr := []byte(nil), error(nil)
			switch e.Tag {
			case element.Name.Tag:
				value, eerr = first, err
			case element.NameMore.Tag:
				value = more
			default:
				value, eerr = e.Encode(texts[e.Tag])
			}
			if eerr != nil {
				l.Add(e.Name, fault.Of(eerr))
			}
			out = append(out, record{file, byte(i + 1), e.Tag, e.Name, value})
		}
	}
	add(6, element.HolderFile, map[byte]string{element.Number.Tag: o.Number, element.Sex.Tag: o.Sex, element.Ethnic.Tag: o.Ethnic,
		element.Birthland.Tag: o.Birthplace, element.Birth.Tag: o.Birth})
	add(5, element.IssuerFile, map[byte]string{element.CardID.Tag: cardID, element.Class.Tag: "1", element.Version.Tag: o.Version,
		element.Issuer.Tag: o.Issuer, element.Issued.Tag: o.Issued, element.Expires.Tag: o.Expires, element.CardNumber.Tag: o.CardNumber})
	return out, l.Err()
}

// storeData is the bank application's data groupings: control information, options, and the record
// with track 2 equivalent, number and expiry.
func (b Bank) storeData() (data, rec []byte, err error) {
	digits := func(name, s string, size int) []byte {
		e := element.Element{Length: size, Format: element.Digits, Name: name}
		v, ferr := e.Encode(s)
		if ferr != nil && err == nil {
			err = ferr
		}
		return v
	}
	expires := digits("bank_expires", b.Expires+"31", 3)
	track := b.PAN + "D" + b.Expires + b.Service
	rec = tlv.Append(nil, 0x57, digits("track", track, (len(track)+1)/2))
	rec = tlv.Append(rec, 0x5A, digits("pan", b.PAN, (len(b.PAN)+1)/2))
	rec = tlv.Append(nil, 0x70, tlv.Append(rec, 0x5F24, expires))
	control := tlv.Append(tlv.Append(tlv.Append(nil, 0x50, []byte(b.Label)), 0x87, []byte{1}), 0x5F2D, []byte("zh"))
	for _, d := range []struct {
		id    uint16
		value []byte
	}{{0x9102, control}, {0x9104, []byte{0x40, 0x00, 0x08, 0x01, 0x01, 0x00}}, {0x0101, rec}} {
		data = append(append(data, byte(d.id>>8), byte(d.id), byte(len(d.value))), d.value...)
	}
	if len(data) > 255 || len(b.PAN) < 12 || len(b.PAN) > 19 {
		return nil, nil, BadOrder
	}
	return data, rec, err
}
