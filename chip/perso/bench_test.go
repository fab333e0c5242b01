package perso

import (
	"testing"

	"kawu/chip/cos"
	"kawu/chip/key"
)

func TestMeasure(t *testing.T) {
	kept := 0
	f, err := Measure(ctx, 100, 3, at, func(images []string) error {
		for _, x := range images {
			if _, err := cos.Load([]byte(x), key.Rebuilt, nil); err != nil {
				t.Error(err)
			}
		}
		kept += len(images)
		return nil
	})
	if err != nil || kept != 600 || f.Made.Wall.Min <= 0 || f.Floor.Wall.Min <= 0 || f.Bare.Wall.Median > f.Bare.Wall.Max || f.OfFloor.Wall <= 0 || f.SingleOf.Wall <= 0 {
		t.Errorf("%+v, %v", f, err)
	}
	t.Logf("%.0f %% of the floor, %.0f %% of the bare one", 100*f.OfFloor.CPU, 100*f.OfBare.CPU)
}

// BenchmarkMakeAll is for profiles: nothing but making.
func BenchmarkMakeAll(b *testing.B) {
	m, foundry, err := bench(at)
	if err != nil {
		b.Fatal(err)
	}
	const n = 1000
	k := 0
	for b.Loop() {
		b.StopTimer()
		blanks, orders, err := trays(foundry, k, n)
		if err != nil {
			b.Fatal(err)
		}
		k += n
		b.StartTimer()
		if err := finished(m.MakeAll(ctx, blanks, orders)); err != nil {
			b.Fatal(err)
		}
	}
}

// An authority for signing certificates only leaves the encryption pair's place empty.
func TestSigningOnly(t *testing.T) {
	r, err := newRig(1, at)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []*Maker{r.both, r.signing} {
		blanks, orders, err := trays(r.foundry, r.next, 1)
		r.next++
		if err != nil {
			t.Fatal(err)
		}
		got := m.Make(ctx, blanks[0], orders[0])
		if got.Stage != Finished || got.SignCert == nil || (got.CryptCert == nil) != (m == r.signing) {
			t.Fatalf("%s %v, certificates %v and %v", got.Stage, got.Err, got.SignCert, got.CryptCert)
		}
		if n := len(got.SignCert.DER()) - 90; n < form-20 || n > form+20 { // without algorithm and signature
			t.Errorf("the floors sign %d bytes, cards' certificates have %d", form, n)
		}
	}
}
