package wire_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"kawu/partner/wire"
)

// TestSetup: processes that start together end up with one set of keys; another start changes none.
func TestSetup(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	var all sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		all.Go(func() { errs[i] = wire.Setup(dir) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(dir, "bank.key"))
	if err != nil {
		t.Fatal(err)
	}
	us, bank := keys(t, dir, wire.Self), keys(t, dir, "bank")
	if after, err := os.ReadFile(filepath.Join(dir, "bank.key")); err != nil || string(after) != string(before) {
		t.Fatal("a second start made other keys", err)
	}
	for _, party := range wire.Parties {
		r := keys(t, dir, party)
		if _, err := us.Open(seal(t, r, wire.Header{To: wire.Self, SentAt: noon}, "x")); err != nil {
			t.Errorf("%s: %v", party, err)
		}
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".new-*")); err != nil || len(left) > 0 {
		t.Fatal("unfinished files are left", left, err)
	}
	if err := os.Chmod(filepath.Join(dir, "bank.key"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := wire.Load(dir, "bank"); !errors.Is(err, wire.KeyFile) {
		t.Fatal("a key that everybody can read was taken", err)
	}
	if strings.Contains(bank.String()+bank.LogValue().String(), "PrivateKey") {
		t.Fatal("a ring prints its keys")
	}
}
