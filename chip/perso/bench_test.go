package perso

import (
	"testing"

	"kawu/chip/key"
	"kawu/kit/sm"
)

// The floor of a card: the same cryptography as bare calls, without files, commands or reading back.
// "one certificate" is the floor of the figures page; "this card" has the second pair and the
// envelope that this system's cards have.
func BenchmarkFloor(b *testing.B) {
	ca, _ := sm.GenerateKey()
	master, _ := sm.NewCipher(make([]byte, 16))
	kb := make([]byte, 1024)
	certificate := func(b *testing.B) *sm.PrivateKey {
		k, _ := sm.GenerateKey()
		sig, err := ca.Sign(kb[:600])
		if err != nil || !ca.Public().Verify(kb[:600], sig) {
			b.Fatal(err)
		}
		return k
	}
	bulk := func() {
		for i := range 12 {
			key.Rebuilt.Child(master, key.Factor{byte(i)})
		}
		master.EncryptCBC(kb[:16], kb)
		master.CMAC(kb)
	}
	b.Run("one certificate", func(b *testing.B) {
		for b.Loop() {
			certificate(b)
			bulk()
		}
	})
	b.Run("this card", func(b *testing.B) {
		for b.Loop() {
			k := certificate(b)
			e, _ := sm.Envelope(k.Public(), certificate(b))
			if _, err := sm.OpenEnvelope(k, e); err != nil {
				b.Fatal(err)
			}
			bulk()
		}
	})
}

func BenchmarkMakeAll(b *testing.B) {
	m, _ := maker(b)
	blanks, orders := make([]Blank, 256), make([]Order, 256)
	for b.Loop() {
		b.StopTimer()
		for i := range blanks {
			_, blanks[i] = blank(b, uint32(i), 3)
			orders[i] = order(uint32(i))
		}
		b.StartTimer()
		for _, r := range m.MakeAll(ctx, blanks, orders) {
			if r.Err != nil {
				b.Fatal(r.Err)
			}
		}
	}
	b.ReportMetric(float64(b.N*len(orders))/b.Elapsed().Seconds(), "cards/s")
}
