package psam

import (
	"context"
	"errors"

	"kawu/chip/apdu"
	"kawu/chip/key"
)

// AID of the module's application.
const AID = "\xD1\x56\x00\x00\x05\x90"

// Instructions of the module (published terminal code).
const (
	DeliverKey = 0xDE // CLA BF: usage, key id; card factor, city factor, challenge
	Calculate  = 0xFA // CLA 80: source in, proof out
)

// Usage of a delivered key: the low five bits are its kind, the high three the levels of dispersal.
const (
	UsageMAC     = 0x06
	UsageEncrypt = 0x07
	TwoLevels    = 2 << 5
)

// Numbers of the short files that tell who the module is.
const (
	FileSerial   = 0x15
	FileTerminal = 0x16
)

// Module is one module; a terminal holds it and nobody else, so it is not safe for concurrent use.
type Module struct {
	serial   [10]byte
	terminal [6]byte
	keys     key.Store
	masters  map[key.ID]key.Ref // province masters by the id of the card's key

	selected  bool
	delivered *key.Question // waits for its source
	answer    []byte
}

// New makes a module with its serial number, the terminal's number (twelve digits, packed) and the
// province masters it may use.
func New(serial [10]byte, terminal [6]byte, keys key.Store, masters map[key.ID]key.Ref) *Module {
	return &Module{serial: serial, terminal: terminal, keys: keys, masters: masters}
}

// Transmit implements apdu.Channel.
func (m *Module) Transmit(b []byte) ([]byte, error) {
	c, err := apdu.Parse(b)
	if err != nil {
		return apdu.WrongLength.Bytes(), nil
	}
	data, status := m.run(c)
	if status == apdu.OK && len(data) > 0 && len(c.Data) > 0 { // T=0: fetched with GET RESPONSE
		m.answer = data
		return []byte{0x61, byte(len(data))}, nil
	}
	return apdu.Response{Data: data, Status: status}.Bytes(), nil
}

func (m *Module) run(c apdu.Command) ([]byte, apdu.Status) {
	if c.INS == apdu.GetResponse && m.answer != nil {
		data := m.answer
		m.answer = nil
		return data, apdu.OK
	}
	m.answer = nil
	if c.INS == apdu.Select {
		m.delivered, m.selected = nil, string(c.Data) == AID
		if !m.selected {
			return nil, apdu.NoFile
		}
		return nil, apdu.OK
	}
	switch {
	case !m.selected:
		return nil, apdu.NotNow
	case c.CLA == 0 && c.INS == apdu.ReadBinary && c.P1 == 0x80|FileSerial:
		return m.serial[:], apdu.OK
	case c.CLA == 0 && c.INS == apdu.ReadBinary && c.P1 == 0x80|FileTerminal:
		return m.terminal[:], apdu.OK
	case c.CLA == 0xBF && c.INS == DeliverKey:
		return nil, m.deliver(c)
	case c.CLA == 0x80 && c.INS == Calculate:
		return m.calculate(c)
	}
	return nil, apdu.NoInstruction
}

// deliver prepares a card's key: P1 is the usage with two levels, P2 the key id, the data the card's
// factor, the city's factor and the card's challenge.
func (m *Module) deliver(c apdu.Command) apdu.Status {
	m.delivered = nil
	master, there := m.masters[key.ID(c.P2)]
	switch {
	case !there:
		return apdu.NoKey
	case c.P1&0xE0 != TwoLevels:
		return apdu.WrongP1P2
	case len(c.Data) != 24:
		return apdu.WrongLength
	}
	card, city := key.Factor(c.Data[:8]), key.Factor(c.Data[8:16])
	m.delivered = &key.Question{Key: key.Path{Master: master, Factors: []key.Factor{city, card}}, Challenge: [8]byte(c.Data[16:])}
	return apdu.OK
}

// calculate uses the delivered key up: one proof for one challenge.
func (m *Module) calculate(c apdu.Command) ([]byte, apdu.Status) {
	q := m.delivered
	m.delivered = nil
	if q == nil {
		return nil, apdu.NotNow
	}
	if len(c.Data) != 8 {
		return nil, apdu.WrongLength
	}
	q.Source = [8]byte(c.Data)
	p, err := m.keys.Prove(context.Background(), []key.Question{*q})
	if errors.Is(err, key.Missing) {
		return nil, apdu.NoKey
	}
	if err != nil {
		return nil, apdu.MemoryFailure
	}
	return p[0][:], apdu.OK
}
