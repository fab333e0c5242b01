package reader

import (
	"errors"
	"testing"

	"kawu/chip/apdu"
	"kawu/chip/cos"
	"kawu/chip/key"
	"kawu/chip/psam"
)

// A terminal without a line: the module holds the province's masters, the card was made with the
// city's.
func TestOffline(t *testing.T) {
	card, office := made(t, 3)
	masters := map[key.ID]key.Ref{key.Internal: {Name: "province/51/ssse/irk", Version: 1}, key.Read: {Name: "province/51/ssse/rk", Version: 1}}
	m := psam.New([10]byte{1}, [6]byte{0x51, 0x01, 0, 0, 0, 0x07}, office.Keys, masters)
	d, terminal, err := Offline(card, card.Power(cos.Contact), m, "510100")
	if err != nil || d.Name != "龴龵𠮷·小明" || terminal != "510100000007" {
		t.Fatal(d, terminal, err)
	}
	if _, _, err := Offline(card, card.Power(cos.Contact), m, "510300"); !errors.Is(err, Forged) {
		t.Error("another city's key opens the card:", err)
	}
	delete(masters, key.Read)
	if _, _, err := Offline(card, card.Power(cos.Contact), m, "510100"); !errors.Is(err, apdu.Refused) {
		t.Error("a module without the reading key:", err)
	}
	masters[key.Read] = key.Ref{Name: "province/52/ssse/rk", Version: 1}
	if _, _, err := Offline(card, card.Power(cos.Contact), m, "510100"); !errors.Is(err, apdu.Refused) {
		t.Error("a module whose key is gone:", err)
	}
}

func TestModuleRefuses(t *testing.T) {
	_, office := made(t, 3)
	m := psam.New([10]byte{1}, [6]byte{}, office.Keys, map[key.ID]key.Ref{key.Read: {Name: "province/51/ssse/rk", Version: 1}})
	deliver := apdu.Command{CLA: 0xBF, INS: psam.DeliverKey, P1: psam.TwoLevels | psam.UsageEncrypt, P2: byte(key.Read), Data: make([]byte, 24)}
	calculate := apdu.Command{CLA: 0x80, INS: psam.Calculate, Data: make([]byte, 8)}
	one := deliver
	one.P1 = 1<<5 | psam.UsageEncrypt
	short := deliver
	short.Data = short.Data[:16]
	other := deliver
	other.P2 = byte(key.Update)
	for i, x := range []struct {
		cmd  apdu.Command
		want apdu.Status
	}{
		{deliver, apdu.NotNow}, {apdu.Command{INS: apdu.Select, P1: 4, Data: []byte("other")}, apdu.NoFile},
		{apdu.Command{INS: apdu.Select, P1: 4, Data: []byte(psam.AID)}, apdu.OK}, {calculate, apdu.NotNow}, {one, apdu.WrongP1P2},
		{short, apdu.WrongLength}, {other, apdu.NoKey}, {deliver, apdu.OK}, {calculate, apdu.OK}, {calculate, apdu.NotNow},
		{apdu.Command{INS: apdu.ReadBinary, P1: 0x80 | psam.FileSerial, Le: 10}, apdu.OK}, {apdu.Command{INS: 0xFF}, apdu.NoInstruction},
	} {
		if r, err := apdu.Send(m, x.cmd); err != nil || r.Status != x.want {
			t.Errorf("%d: %s, want %s, %v", i, r.Status, x.want, err)
		}
	}
}
