package cos

import (
	"strings"

	"kawu/chip/apdu"
	"kawu/chip/tlv"
)

// selectFile is SELECT: by name (P1 04), by identifier (P1 00, 01, 02). Leaving an environment
// forgets its proofs and PIN.
func (c *Card) selectFile(cmd apdu.Command) ([]byte, apdu.Status) {
	switch cmd.P1 {
	case 4:
		if cmd.P2 != 0 {
			return nil, apdu.WrongP1P2
		}
		return c.selectName(string(cmd.Data))
	case 0, 1, 2:
		if len(cmd.Data) != 2 {
			return nil, apdu.WrongLength
		}
		return c.selectID(FileID(cmd.Data[0])<<8 | FileID(cmd.Data[1]))
	}
	return nil, apdu.WrongP1P2
}

// selectName takes a whole name, or the front of one that is at least as long as a registered
// identifier.
func (c *Card) selectName(name string) ([]byte, apdu.Status) {
	if len(name) < 5 || len(name) > 16 {
		return nil, apdu.WrongLength
	}
	found := -1
	for i := range c.apps {
		if c.apps[i].AID == name {
			found = i
			break
		}
		if found < 0 && strings.HasPrefix(c.apps[i].AID, name) {
			found = i
		}
	}
	if found < 0 {
		return nil, apdu.NoFile
	}
	return c.enter(found)
}

func (c *Card) selectID(id FileID) ([]byte, apdu.Status) {
	if id == c.apps[mf].ID {
		return c.enter(mf)
	}
	for i := range c.apps {
		if c.apps[i].ID == id && c.apps[i].AID != "" && (c.apps[i].Parent == c.s.app || c.apps[i].Parent == c.apps[c.s.app].Parent) {
			return c.enter(i)
		}
	}
	i, ok := c.apps[c.s.app].file(func(f *File) bool { return f.ID == id })
	if !ok {
		return nil, apdu.NoFile
	}
	c.s.file = i
	f := &c.apps[c.s.app].Files[i]
	return tlv.Append(nil, 0x6F, tlv.Append(nil, 0x83, []byte{byte(f.ID >> 8), byte(f.ID)})), apdu.OK
}

func (c *Card) enter(app int) ([]byte, apdu.Status) {
	if c.environment(app) != c.environment(c.s.app) {
		c.s.proven = [ppse + 1]uint64{}
		c.s.pinOf = [ppse + 1]bool{}
	}
	c.s.app, c.s.file = app, -1
	switch c.appState() {
	case stateDead:
		return nil, apdu.AppDead
	case stateBlocked:
		return c.control(app), apdu.Invalidated
	}
	return c.control(app), apdu.OK
}

// control is the file control information. The environment's issuer data says the algorithm:
// 86 01 03 is SM4.
func (c *Card) control(app int) []byte {
	var own []byte
	switch app {
	case social:
		own = tlv.Append(nil, 0x9F0C, tlv.Append(nil, 0x86, []byte{3}))
	case debit:
		own = c.mem.Get(address{App: debit, Kind: cellData, ID: dgiControl})
	case ppse:
		entry := tlv.Append(tlv.Append(nil, 0x4F, []byte(AIDDebit)), 0x87, []byte{1})
		own = tlv.Append(nil, 0xBF0C, tlv.Append(nil, 0x61, entry))
	}
	return tlv.Append(nil, 0x6F, tlv.Append(tlv.Append(nil, 0x84, []byte(c.apps[app].AID)), 0xA5, own))
}
