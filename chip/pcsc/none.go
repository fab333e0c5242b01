//go:build !pcsc

package pcsc

// Slot is a card in a reader.
type Slot struct{}

// Readers names the readers; here always NotBuilt.
func Readers() ([]string, error) { return nil, NotBuilt }

// Connect opens the card in the nth reader; here always NotBuilt.
func Connect(int) (*Slot, error) { return nil, NotBuilt }

// Transmit implements apdu.Channel.
func (*Slot) Transmit([]byte) ([]byte, error) { return nil, NotBuilt }

// Reset is the card's ATR.
func (*Slot) Reset() []byte { return nil }

// Close leaves the card.
func (*Slot) Close() error { return nil }
