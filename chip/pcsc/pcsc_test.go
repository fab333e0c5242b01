//go:build pcsc

package pcsc

import (
	"os"
	"testing"
	"time"

	"kawu/chip/apdu"
	"kawu/chip/cos"
)

// TestVirtualCard reads the card that chip/vpcd's test has plugged in.
func TestVirtualCard(t *testing.T) {
	if os.Getenv("KAWU_INSIDE") == "" {
		t.Skip("runs inside chip/vpcd's test, which plugs a card in")
	}
	names, err := Readers()
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	s, err := Connect(0)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if len(s.Reset()) != 17 {
		t.Errorf("ATR %X", s.Reset())
	}
	if _, err := apdu.Do(s, "select", apdu.Command{INS: apdu.Select, P1: 4, Data: []byte(cos.AIDSocial)}); err != nil {
		t.Error(err)
	}
	if b, err := apdu.Do(s, "challenge", apdu.Command{INS: apdu.Challenge, Le: 8}); err != nil || len(b) != 8 {
		t.Error(b, err)
	}
	// vpcd's two writes cost 40 ms a command when the card's side acknowledges late.
	start := time.Now()
	for range 200 {
		if _, err := s.Transmit([]byte{0, 0x84, 0, 0, 8}); err != nil {
			t.Fatal(err)
		}
	}
	if each := time.Since(start) / 200; each > 20*time.Millisecond {
		t.Errorf("%v a command", each)
	} else {
		t.Logf("%v a command", each)
	}
	if _, err := Connect(9); err == nil {
		t.Error("a reader that is not there")
	}
}
