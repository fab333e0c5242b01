package cos

import (
	"bytes"
	"encoding/binary"

	"kawu/chip/apdu"
	"kawu/chip/key"
	"kawu/chip/tlv"
)

// Data groupings of the bank application (EMV CPS numbering).
const (
	dgiControl = 0x9102 // content of A5 in the file control information
	dgiOptions = 0x9104 // AIP and AFL
	dgiClosed  = 0xFFFF // ours: personalisation is finished
)

func bankData(id uint16) address { return address{App: debit, Kind: cellData, ID: id} }

// storeData is STORE DATA: groupings of id (2), length (1), value. Grouping 01nn is record nn of
// short file 1. P1 with its first bit set closes the application: nothing can be stored after.
func (c *Card) storeData(cmd apdu.Command) ([]byte, apdu.Status) {
	if c.s.app != debit || !c.allowed(Access{ByKey, key.Master}) {
		return nil, apdu.NotSatisfied
	}
	if c.mem.Get(bankData(dgiClosed)) != nil {
		return nil, apdu.NotNow
	}
	for b := cmd.Data; len(b) > 0; {
		if len(b) < 3 || len(b) < 3+int(b[2]) {
			return nil, c.refuse(apdu.WrongData)
		}
		id, value := binary.BigEndian.Uint16(b), bytes.Clone(b[3:3+int(b[2])])
		b = b[3+int(b[2]):]
		file, rec := id>>8, byte(id)
		switch {
		case id == dgiControl || id == dgiOptions:
			c.mem.Set(bankData(id), value)
		case (file == 1 || file == 2) && rec >= 1 && rec <= 4:
			c.mem.Set(address{App: debit, Kind: cellRecord, ID: file, Rec: rec}, value)
		default:
			return nil, c.refuse(apdu.NoKey)
		}
	}
	if cmd.P1&0x80 != 0 {
		c.mem.Set(bankData(dgiClosed), []byte{1})
	}
	return nil, apdu.OK
}

// refuse drops what the command has changed so far.
func (c *Card) refuse(s apdu.Status) apdu.Status { c.mem.Rollback(); return s }

// options is GET PROCESSING OPTIONS: AIP and AFL in format 1; the transaction counter rises.
func (c *Card) options(cmd apdu.Command) ([]byte, apdu.Status) {
	o := c.mem.Get(bankData(dgiOptions))
	if c.s.app != debit || c.mem.Get(bankData(dgiClosed)) == nil || o == nil {
		return nil, apdu.NotNow
	}
	if t, _, rest, err := tlv.Next(cmd.Data); err != nil || t != 0x83 || len(rest) != 0 {
		return nil, apdu.WrongData
	}
	n := c.counter()
	if n == 0xFFFF {
		return nil, apdu.NotNow
	}
	c.mem.Set(address{App: debit, Kind: cellCounter}, binary.BigEndian.AppendUint16(nil, n+1))
	return tlv.Append(nil, 0x80, o), apdu.OK
}

func (c *Card) counter() uint16 {
	if v := c.mem.Get(address{App: debit, Kind: cellCounter}); len(v) == 2 {
		return binary.BigEndian.Uint16(v)
	}
	return 0
}

// getData gives the transaction counter (9F36); everything else is not for terminals.
func (c *Card) getData(cmd apdu.Command) ([]byte, apdu.Status) {
	if c.s.app != debit || cmd.P1 != 0x9F || cmd.P2 != 0x36 {
		return nil, apdu.NoKey
	}
	return tlv.Append(nil, 0x9F36, binary.BigEndian.AppendUint16(nil, c.counter())), apdu.OK
}
