package perso

import "testing"

func TestMeasure(t *testing.T) {
	f, err := Measure(ctx, 300, at)
	if err != nil || f.Made <= 0 || f.Floor <= 0 || f.Bare <= 0 {
		t.Errorf("%+v, %v", f, err)
	}
	t.Logf("%+v: %.0f %% of the floor", f, 100*f.Made/f.Floor)
}

func BenchmarkMakeAll(b *testing.B) {
	for b.Loop() {
		f, err := Measure(ctx, 1000, at)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(f.Made, "cards/s")
		b.ReportMetric(f.Floor, "floor/s")
		b.ReportMetric(f.Bare, "bare/s")
	}
}
