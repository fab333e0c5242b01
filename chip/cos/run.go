package cos

import (
	"slices"

	"kawu/chip/apdu"
)

// handler does one instruction; classes lists the CLA bytes it takes.
type handler struct {
	classes string
	do      func(*Card, apdu.Command) ([]byte, apdu.Status)
	blocked bool // works in a blocked application too
}

var handlers = map[byte]handler{
	apdu.Select:       {"\x00", (*Card).selectFile, true},
	apdu.Challenge:    {"\x00", (*Card).getChallenge, true},
	apdu.AppUnblock:   {"\x84", (*Card).unblockApp, true},
	apdu.CardBlock:    {"\x84", (*Card).blockCard, true},
	apdu.AppBlock:     {"\x84", (*Card).blockApp, false},
	apdu.ReadRecord:   {"\x00", (*Card).readRecord, false},
	apdu.UpdateRecord: {"\x00", (*Card).updateRecord, false},
	apdu.ReadBinary:   {"\x00", (*Card).readBinary, false},
	apdu.UpdateBinary: {"\x00", (*Card).updateBinary, false},
	apdu.Internal:     {"\x00", (*Card).internal, false},
	apdu.External:     {"\x00", (*Card).external, false},
	apdu.Verify:       {"\x00", (*Card).verify, false},
	apdu.PIN:          {"\x80", (*Card).changePIN, false},
	apdu.ChangeSecret: {"\x84", (*Card).unblockPIN, false},
	apdu.WriteKey:     {"\x80", (*Card).writeKey, false},
	apdu.GenerateKey:  {"\x00", (*Card).generateKey, false},
	apdu.ImportKey:    {"\x80", (*Card).importKey, false},
	apdu.Security:     {"\x00", (*Card).security, false},
	apdu.Options:      {"\x80", (*Card).options, false},
	apdu.GetData:      {"\x80", (*Card).getData, false},
	apdu.StoreData:    {"\x80", (*Card).storeData, false},
}

func (c *Card) run(cmd apdu.Command) ([]byte, apdu.Status) {
	if cmd.INS == apdu.GetResponse {
		return c.response(cmd)
	}
	c.s.answer = nil
	if c.state(mf) != stateOpen {
		return nil, apdu.CardLocked
	}
	chained := cmd.CLA&0x10 != 0
	cmd.CLA &^= 0x10
	h, known := handlers[cmd.INS]
	switch {
	case !known:
		return nil, apdu.NoInstruction
	case !slices.Contains([]byte(h.classes), cmd.CLA):
		return nil, apdu.NoClass
	}
	if s := c.appState(); s == stateDead && cmd.INS != apdu.Select {
		return nil, apdu.AppDead
	} else if s == stateBlocked && !h.blocked {
		return nil, apdu.NotNow
	}
	if len(c.s.chain)+len(cmd.Data) > maxChain {
		c.s.chain = nil
		return nil, apdu.WrongLength
	}
	if chained {
		c.s.chain = append(c.s.chain, cmd.Data...)
		return nil, apdu.OK
	}
	if c.s.chain != nil {
		cmd.Data, c.s.chain = append(c.s.chain, cmd.Data...), nil
	}
	return h.do(c, cmd)
}

// maxChain bounds what chained commands may gather in the chip's buffer.
const maxChain = 4096

// finish puts the answer into the form of the interface: on T=0 an answer to a command with data
// waits for GET RESPONSE, and a wrong expected length is corrected with 6Cxx.
func (c *Card) finish(cmd apdu.Command, data []byte, status apdu.Status) []byte {
	switch {
	case len(data) == 0:
		return status.Bytes()
	case cmd.INS == apdu.GetResponse:
	case c.side == Contact && len(cmd.Data) > 0:
		c.s.answer, c.s.ending = data, status
		return more(len(data))
	case len(cmd.Data) == 0 && cmd.Le != len(data) && cmd.Le < 256 && cmd.Le > 0:
		return []byte{0x6C, byte(len(data))}
	}
	return append(append(make([]byte, 0, len(data)+2), data...), byte(status>>8), byte(status))
}

func more(n int) []byte { return []byte{0x61, byte(min(n, 256))} }

// response is GET RESPONSE: what waits, in parts if it is long.
func (c *Card) response(cmd apdu.Command) ([]byte, apdu.Status) {
	if len(c.s.answer) == 0 {
		return nil, apdu.NotNow
	}
	n := min(len(c.s.answer), 256)
	if cmd.Le > 0 && cmd.Le < n {
		n = cmd.Le
	}
	part := c.s.answer[:n]
	c.s.answer = c.s.answer[n:]
	if len(c.s.answer) > 0 {
		return part, apdu.Status(0x6100 | min(len(c.s.answer), 256)&0xFF)
	}
	return part, c.s.ending
}
