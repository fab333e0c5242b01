package element

import (
	"bytes"
	"strings"

	"kawu/kit/fault"
	"kawu/kit/gb"
)

// Format is how a record's text lies in its bytes.
type Format byte

// The formats of LD/T 32.6.
const (
	Text   Format = iota // an: GB 18030, filled with 00 on the right
	Digits               // cn: two digits a byte (hexadecimal digits for identifiers), filled with F on the right
	Binary               // as it is, filled with 00 on the right; text form is hexadecimal
)

// Element is one record of the card.
type Element struct {
	Tag    byte
	Length int // bytes of the value
	Format Format
	Name   string // stable name in lower case, for scripts and read-outs
	Label  string // the standard's Chinese name
}

// The records of the issuer file EF05 and the holder file EF06.
var (
	CardID     = Element{0x01, 16, Digits, "card_id", "卡的识别码"}
	Class      = Element{0x02, 1, Text, "class", "卡的类别"}
	Version    = Element{0x03, 4, Text, "version", "规范版本"}
	Issuer     = Element{0x04, 12, Digits, "issuer", "初始化机构编号"}
	Issued     = Element{0x05, 4, Digits, "issued", "发卡日期"}
	Expires    = Element{0x06, 4, Digits, "expires", "卡有效期"}
	CardNumber = Element{0x07, 9, Text, "card_number", "卡号"}

	Number    = Element{0x08, 18, Text, "number", "社会保障号码"}
	Name      = Element{0x09, 30, Text, "name", "姓名"}
	NameMore  = Element{0x4E, 20, Text, "name_more", "姓名扩展"}
	Sex       = Element{0x0A, 1, Text, "sex", "性别"}
	Ethnic    = Element{0x0B, 1, Digits, "ethnic", "民族"}
	Birthland = Element{0x0C, 3, Digits, "birthplace", "出生地"}
	Birth     = Element{0x0D, 4, Digits, "birth", "出生日期"}
)

// IssuerFile and HolderFile are EF05 and EF06 of the social security environment in record order.
var (
	IssuerFile = []Element{CardID, Class, Version, Issuer, Issued, Expires, CardNumber}
	HolderFile = []Element{Number, Name, NameMore, Sex, Ethnic, Birthland, Birth}
)

// Records of the public application DF01; tags are published, lengths rebuilt.
var (
	Household     = []Element{{0x20, 1, Text, "household_type", "户口性质"}, {0x21, 80, Text, "household_address", "户籍地址"}}
	Residence     = []Element{{0x23, 80, Text, "address", "常住地址"}, {0x24, 3, Digits, "division", "行政区划"}, {0x27, 6, Text, "postcode", "邮政编码"}, {0x28, 15, Text, "phone", "联系电话"}}
	Standing      = []Element{{0x2B, 1, Text, "person_status", "人员状态"}}
	Marital       = []Element{{0x2C, 1, Text, "marital", "婚姻状况"}}
	Education     = []Element{{0x34, 2, Text, "education", "学历"}}
	Employment    = []Element{{0x40, 1, Text, "employment", "就业状态"}, {0x41, 4, Digits, "employed_on", "就业日期"}}
	Pension       = []Element{{0x50, 1, Text, "pension_status", "养老状态"}, {0x51, 4, Digits, "insured_on", "参保日期"}}
	Unemployment  = []Element{{0x53, 1, Text, "unemployment", "失业状态"}}
	MedicalBasic  = []Element{{0x60, 1, Text, "medical_status", "医保状态"}, {0x61, 3, Digits, "insured_place", "参保地"}}
	MedicalDetail = []Element{{0x64, 23, Binary, "settlement", "脱机结算"}}
)

var (
	// TooLong says that a text does not fit its record; args: element, length.
	TooLong = fault.New(fault.Invalid, "chip.too_long", "{element} does not fit into its {length} bytes on the card")
	// NotDigits says that a record takes digits only; args: element.
	NotDigits = fault.New(fault.Invalid, "chip.not_digits", "{element} takes digits only")
	// Unreadable says that a record holds bytes that are no text: another issuer's encoding, or a
	// damaged card. Keep the raw bytes and show it to a person; args: element.
	Unreadable = fault.New(fault.Refused, "chip.unreadable", "{element} on the card cannot be read as text")
)

func (e Element) fault(f *fault.Fault) *fault.Fault {
	return fault.New(f.Kind, f.Code, f.Message, "element", e.Name, "length", e.Length).At(e.Name)
}

// Empty is the value of a record that nobody has written: padding only.
func (e Element) Empty() []byte {
	if e.Format == Digits {
		return bytes.Repeat([]byte{0xFF}, e.Length)
	}
	return make([]byte, e.Length)
}

// Encode gives the value's bytes: TooLong, NotDigits, or a fault of GB 18030.
func (e Element) Encode(text string) ([]byte, error) {
	switch e.Format {
	case Digits:
		return e.pack(text)
	case Binary:
		return e.pack(text + strings.Repeat("0", max(0, 2*e.Length-len(text))))
	}
	b, err := gb.Encode(text)
	if err != nil {
		return nil, err
	}
	return e.fill(b)
}

func (e Element) fill(b []byte) ([]byte, error) {
	if len(b) > e.Length {
		return nil, e.fault(TooLong)
	}
	return append(b, make([]byte, e.Length-len(b))...), nil
}

const hexDigits = "0123456789ABCDEF"

func (e Element) pack(text string) ([]byte, error) {
	if len(text) > 2*e.Length {
		return nil, e.fault(TooLong)
	}
	out := bytes.Repeat([]byte{0xFF}, e.Length)
	for i := range len(text) {
		n := strings.IndexByte(hexDigits, text[i])
		if n < 0 {
			return nil, e.fault(NotDigits)
		}
		shift := 4 - i%2*4
		out[i/2] = out[i/2]&^(0xF<<shift) | byte(n)<<shift
	}
	return out, nil
}

// Decode gives the text of a value without its padding; Unreadable when it is not text.
func (e Element) Decode(value []byte) (string, error) {
	if e.Format != Text {
		out := make([]byte, 0, 2*len(value))
		for _, b := range value {
			out = append(out, hexDigits[b>>4], hexDigits[b&15])
		}
		if e.Format == Digits && e.Length < 12 { // identifiers may end in F themselves
			return strings.TrimRight(string(out), "F"), nil
		}
		return string(out), nil
	}
	s, losses := gb.Decode(bytes.TrimRight(value, "\x00"))
	if len(losses) > 0 {
		return s, e.fault(Unreadable)
	}
	return s, nil
}
