package tray

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// A file cut at any byte is the state after some whole command, and goes on from there.
func TestCutAnywhere(t *testing.T) {
	dir := t.TempDir()
	tray, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "card")
	open := func() (*Journal, []byte) {
		j, image, err := tray.journal(path)
		if err != nil {
			t.Fatal(err)
		}
		return j, image
	}
	j, image := open()
	if len(image) != 0 {
		t.Fatal("a new file has an image")
	}
	states := [][]byte{nil}
	for i := range 5 {
		c := bytes.Repeat([]byte{byte(i)}, 3+i)
		if err := j.Append(c); err != nil {
			t.Fatal(err)
		}
		states = append(states, append(bytes.Clone(states[i]), c...))
	}
	j.Close()
	whole, _ := os.ReadFile(path)
	if st, _ := os.Stat(path); st.Mode().Perm() != 0o600 {
		t.Error(st.Mode())
	}
	for n := range whole {
		os.WriteFile(path, whole[:n], 0o600)
		j, image := open()
		known := false
		for _, s := range states {
			known = known || bytes.Equal(s, image)
		}
		if !known {
			t.Fatalf("cut at %d gives half a state", n)
		}
		j.Append([]byte("more"))
		j.Close()
		j, again := open()
		j.Close()
		if !bytes.Equal(again, append(bytes.Clone(image), "more"...)) {
			t.Fatalf("cut at %d: does not go on", n)
		}
	}
	whole[10] ^= 1 // a damaged first entry ends everything after it: no state is invented
	os.WriteFile(path, whole, 0o600)
	if _, image := open(); len(image) != 0 {
		t.Error("a damaged entry was read")
	}
}
