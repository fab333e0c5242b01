package cos

import (
	"bytes"

	"kawu/chip/apdu"
	"kawu/chip/tlv"
)

// target finds the file a command means: by short id, else the selected one.
func (c *Card) target(short byte) (*File, apdu.Status) {
	app := &c.apps[c.s.app]
	if short == 0 {
		if c.s.file < 0 {
			return nil, apdu.NotNow
		}
		return &app.Files[c.s.file], apdu.OK
	}
	i, ok := app.file(func(f *File) bool { return f.Short == short })
	if !ok {
		return nil, apdu.NoFile
	}
	c.s.file = i
	return &app.Files[i], apdu.OK
}

func (c *Card) at(f *File, rec byte) address {
	kind := cellRecord
	if f.Kind == Transparent {
		kind = cellBytes
	}
	return address{App: byte(c.s.app), Kind: kind, ID: uint16(f.ID), Rec: rec}
}

// record finds the record of a command: P2 holds the short file id and how P1 names it, 4 by
// number, 0 by tag. The number is from 1.
func (c *Card) record(cmd apdu.Command, rule func(*File) Access) (*File, int, apdu.Status) {
	f, status := c.target(cmd.P2 >> 3)
	if status != apdu.OK {
		return nil, 0, status
	}
	if f.Kind == Transparent {
		return nil, 0, apdu.WrongFileKind
	}
	if !c.allowed(rule(f)) {
		return nil, 0, apdu.NotSatisfied
	}
	n := int(cmd.P1)
	switch {
	case cmd.P2&7 == 4 && f.Kind == Variable && n >= 1 && n <= f.Size:
		return f, n, apdu.OK
	case cmd.P2&7 == 4 && n >= 1 && n <= len(f.Records):
		return f, n, apdu.OK
	case cmd.P2&7 == 0 && f.Kind == Linear:
		for i := range f.Records {
			if f.Records[i].Tag == cmd.P1 {
				return f, i + 1, apdu.OK
			}
		}
	case cmd.P2&7 != 4:
		return nil, 0, apdu.WrongP1P2
	}
	return nil, 0, apdu.NoRecord
}

func (c *Card) readRecord(cmd apdu.Command) ([]byte, apdu.Status) {
	f, n, status := c.record(cmd, func(f *File) Access { return f.Read })
	if status != apdu.OK {
		return nil, status
	}
	v := c.mem.Get(c.at(f, byte(n)))
	if f.Kind == Variable {
		if v == nil {
			return nil, apdu.NoRecord
		}
		return v, apdu.OK
	}
	if e := f.Records[n-1]; v == nil {
		return tlv.Record(e.Tag, e.Empty()), apdu.OK
	}
	return tlv.Record(f.Records[n-1].Tag, v), apdu.OK
}

// updateRecord takes exactly the record's tag, length and value: a card never guesses.
func (c *Card) updateRecord(cmd apdu.Command) ([]byte, apdu.Status) {
	f, n, status := c.record(cmd, func(f *File) Access { return f.Write })
	if status != apdu.OK {
		return nil, status
	}
	if f.Kind != Linear {
		return nil, apdu.WrongFileKind
	}
	e := f.Records[n-1]
	tag, value, err := tlv.ReadRecord(cmd.Data)
	if err != nil || tag != e.Tag || len(value) != e.Length {
		return nil, apdu.WrongData
	}
	c.mem.Set(c.at(f, byte(n)), bytes.Clone(value))
	return nil, apdu.OK
}

// binary finds the transparent file and offset: P1 with its first bit set holds the short id.
func (c *Card) binary(cmd apdu.Command, rule func(*File) Access) (*File, int, apdu.Status) {
	short, offset := byte(0), int(cmd.P1)<<8|int(cmd.P2)
	if cmd.P1&0x80 != 0 {
		if short, offset = cmd.P1&0x1F, int(cmd.P2); short == 0 {
			return nil, 0, apdu.WrongP1P2
		}
	}
	f, status := c.target(short)
	switch {
	case status != apdu.OK:
		return nil, 0, status
	case f.Kind != Transparent:
		return nil, 0, apdu.WrongFileKind
	case !c.allowed(rule(f)):
		return nil, 0, apdu.NotSatisfied
	case offset >= f.Size:
		return nil, 0, apdu.OutsideFile
	}
	return f, offset, apdu.OK
}

// readBinary gives what was written and FF where nothing was.
func (c *Card) readBinary(cmd apdu.Command) ([]byte, apdu.Status) {
	f, offset, status := c.binary(cmd, func(f *File) Access { return f.Read })
	if status != apdu.OK {
		return nil, status
	}
	n := min(cmd.Le, f.Size-offset)
	if cmd.Le == 0 {
		n = min(256, f.Size-offset)
	}
	v := c.mem.Get(c.at(f, 0))
	if offset+n <= len(v) {
		return v[offset : offset+n], apdu.OK
	}
	out := bytes.Repeat([]byte{0xFF}, n)
	if offset < len(v) {
		copy(out, v[offset:])
	}
	return out, apdu.OK
}

func (c *Card) updateBinary(cmd apdu.Command) ([]byte, apdu.Status) {
	f, offset, status := c.binary(cmd, func(f *File) Access { return f.Write })
	if status != apdu.OK {
		return nil, status
	}
	end := offset + len(cmd.Data)
	if end > f.Size {
		return nil, apdu.NoSpace
	}
	v := c.mem.Get(c.at(f, 0))
	if v == nil {
		v = make([]byte, 0, f.Size)
	} else if offset < len(v) { // what is stored stays as it is until this is
		v = append(make([]byte, 0, f.Size), v...)
	}
	for len(v) < end { // behind its end the stored value may be made longer
		v = append(v, 0xFF)
	}
	copy(v[offset:], cmd.Data)
	c.mem.Set(c.at(f, 0), v)
	return nil, apdu.OK
}
