package reader

import (
	"context"
	"log/slog"
	"strings"

	"kawu/chip/apdu"
	"kawu/chip/element"
	"kawu/chip/key"
	"kawu/chip/tlv"
	"kawu/kit/fault"
)

// Data is what a card says of itself and its holder. It never prints the holder.
type Data struct {
	CardID     string // 32 hexadecimal digits
	Class      string
	Version    string
	Issuer     string
	Issued     string // YYYYMMDD
	Expires    string // YYYYMMDD
	CardNumber string

	Number     string
	Name       string
	RawName    []byte // both name records as they are on the card, 50 bytes: a name that another system wrote is never lost
	Sex        string
	Ethnic     string
	Birthplace string
	Birth      string

	Reset string // 26 hexadecimal digits
}

// City is the issuing city's division code: the first six digits of the card identification code.
func (d Data) City() string { return d.CardID[:min(6, len(d.CardID))] }

// Line is the official output of iReadCardBas: eleven fields, each ended by a bar. Terminal is the
// terminal's number, device the device's. It holds personal data.
func (d Data) Line(terminal, device string) string {
	return strings.Join([]string{d.City(), d.Number, d.CardNumber, d.CardID, d.Name, d.Reset, d.Version, d.Issued, d.Expires, terminal, device, ""}, "|")
}

// String hides the holder.
func (d Data) String() string { return "card " + d.CardID }

// LogValue hides the holder.
func (d Data) LogValue() slog.Value { return slog.StringValue(d.String()) }

// Finish is step two: it opens the card with the back office's answer and reads both files. The
// fault of the answer, Damaged with what could be read, apdu.Refused, apdu.Lost.
func Finish(ch apdu.Channel, q Inquiry, a Answer) (Data, error) {
	if a.Fault != nil {
		return Data{}, a.Fault
	}
	data := append(append([]byte(nil), a.Proof[:]...), q.ExternalSource[:]...)
	if _, err := apdu.Do(ch, "external authentication", apdu.Command{INS: apdu.External, P2: byte(key.Read), Data: data}); err != nil {
		return Data{}, err
	}
	d := Data{Reset: q.Hex()}
	values := map[byte][]byte{}
	var damage fault.List
	for file, elements := range map[byte][]element.Element{5: element.IssuerFile, 6: element.HolderFile} {
		for i, e := range elements {
			b, err := apdu.Do(ch, "read "+e.Name, apdu.Command{INS: apdu.ReadRecord, P1: byte(i + 1), P2: file<<3 | 4, Le: e.Length + 2})
			if err != nil {
				return d, err
			}
			tag, value, err := tlv.ReadRecord(b)
			if err != nil || tag != e.Tag {
				damage.Add(e.Name, damaged(e.Name))
				continue
			}
			values[tag] = value
			if p := d.field(e.Tag); p != nil {
				if *p, err = e.Decode(value); err != nil {
					damage.Add(e.Name, damaged(e.Name))
				}
			}
		}
	}
	var err error
	d.RawName = append(append(d.RawName, values[element.Name.Tag]...), values[element.NameMore.Tag]...)
	if d.Name, err = element.DecodeName(values[element.Name.Tag], values[element.NameMore.Tag]); err != nil {
		damage.Add("name", damaged("name"))
	}
	return d, damage.Err()
}

func damaged(element string) *fault.Fault {
	return fault.New(Damaged.Kind, Damaged.Code, Damaged.Message, "element", element)
}

// field is where a record's text goes; nil for the two name records, which are read together.
func (d *Data) field(tag byte) *string {
	switch tag {
	case element.CardID.Tag:
		return &d.CardID
	case element.Class.Tag:
		return &d.Class
	case element.Version.Tag:
		return &d.Version
	case element.Issuer.Tag:
		return &d.Issuer
	case element.Issued.Tag:
		return &d.Issued
	case element.Expires.Tag:
		return &d.Expires
	case element.CardNumber.Tag:
		return &d.CardNumber
	case element.Number.Tag:
		return &d.Number
	case element.Sex.Tag:
		return &d.Sex
	case element.Ethnic.Tag:
		return &d.Ethnic
	case element.Birthland.Tag:
		return &d.Birthplace
	case element.Birth.Tag:
		return &d.Birth
	}
	return nil
}

// Read runs both steps against a back office.
func Read(ctx context.Context, ch apdu.Channel, reset []byte, o Answering) (Data, error) {
	q, err := Begin(ch, reset)
	if err != nil {
		return Data{}, err
	}
	a, err := o.Answer(ctx, []Inquiry{q})
	if err != nil {
		return Data{}, err
	}
	if len(a) != 1 {
		return Data{}, Away
	}
	return Finish(ch, q, a[0])
}
