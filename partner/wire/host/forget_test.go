package host

import (
	"testing"
	"time"
)

// TestForget: tables are empty afterwards, here and after a restart; what must outlive stays.
func TestForget(t *testing.T) {
	h := &Host{party: "trial", memory: newMemory()}
	if err := h.memory.open(t.TempDir() + "/trial.journal"); err != nil {
		t.Fatal(err)
	}
	h.now = func() time.Time { return time.Unix(0, 0) }
	h.told = &told{keep: func() error { return nil }, restore: func() error { return nil }}
	people, secrets := NewTable[string](h, "people"), NewTable[string](h, "secrets")
	if err := h.turn(h.now(), "", func(*Turn) error { people.Put("a", "1"); secrets.Put("key", "k"); return nil }); err != nil {
		t.Fatal(err)
	}
	if err := h.Forget(); err != nil {
		t.Fatal(err)
	}
	if people.Len() != 0 || secrets.Len() != 1 {
		t.Errorf("%d people and %d secrets are left", people.Len(), secrets.Len())
	}
}
