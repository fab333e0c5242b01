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
	if err != nil || kept != 300 || f.Made.Wall.Min <= 0 || f.Floor.Wall.Min <= 0 || f.Bare.Wall.Median > f.Bare.Wall.Max || f.OfFloor.Wall <= 0 {
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
