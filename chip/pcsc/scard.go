//go:build pcsc

package pcsc

import (
	"strconv"

	"github.com/ebfe/scard"

	"kawu/kit/fault"
)

// Slot is a card in a reader, held for one program until Close.
type Slot struct {
	service *scard.Context
	card    *scard.Card
	reset   []byte
}

// Readers names the readers in their order: NoService.
func Readers() ([]string, error) {
	c, err := scard.EstablishContext()
	if err != nil {
		return nil, NoService.Because(err)
	}
	defer c.Release()
	names, err := c.ListReaders()
	if err != nil {
		return nil, NoService.Because(err)
	}
	return names, nil
}

// Connect opens the card in the nth reader, from 0, and resets it: NoService, NoReader.
func Connect(n int) (*Slot, error) {
	c, err := scard.EstablishContext()
	if err != nil {
		return nil, NoService.Because(err)
	}
	names, err := c.ListReaders()
	if err != nil || n < 0 || n >= len(names) {
		c.Release()
		return nil, noReader(n)
	}
	card, err := c.Connect(names[n], scard.ShareExclusive, scard.ProtocolAny)
	if err != nil {
		c.Release()
		return nil, noReader(n).Because(err)
	}
	s := &Slot{service: c, card: card}
	status, err := card.Status()
	if err != nil {
		s.Close()
		return nil, noReader(n).Because(err)
	}
	s.reset = status.Atr
	return s, nil
}

func noReader(n int) *fault.Fault {
	return fault.New(NoReader.Kind, NoReader.Code, NoReader.Message, "reader", strconv.Itoa(n))
}

// Transmit implements apdu.Channel.
func (s *Slot) Transmit(b []byte) ([]byte, error) { return s.card.Transmit(b) }

// Reset is the card's ATR.
func (s *Slot) Reset() []byte { return s.reset }

// Close resets the card, so that no proof stays open, and leaves it.
func (s *Slot) Close() error {
	err := s.card.Disconnect(scard.ResetCard)
	s.service.Release()
	return err
}
