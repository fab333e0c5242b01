package main

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"kawu/app"
)

// What simulators know lies in a folder that is named for them, and is nobody else's to read.
func TestSimulatorsFolder(t *testing.T) {
	data := t.TempDir()
	memory, keys := app.PartnerFolders(data)
	for _, family := range app.Families {
		p, err := app.StartPartner(family, app.PartnerOptions{Addr: "127.0.0.1:0", Data: memory, Keys: keys})
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Stop(); err != nil {
			t.Error(err)
		}
	}
	n := 0
	err := filepath.WalkDir(filepath.Join(data, "simulators"), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		n++
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		return err
	})
	if err != nil || n < 2*len(app.Families) {
		t.Error(n, err)
	}
	if out, _, _ := ran(t, data, "partner", "--help"); !strings.Contains(out, "never for real ones") {
		t.Error("partner --help does not say what its folder is for:", out)
	}
}
