package trial

import (
	"errors"
	"os"
	"path/filepath"
	"sync"

	"kawu/partner/wire"
)

// made makes one set of keys for the whole test process: wire.Setup syncs every file to the disk,
// which a property test with a hundred simulators would wait for.
var made = sync.OnceValues(func() (files map[string][]byte, err error) {
	dir, err := os.MkdirTemp("", "trial-keys-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := wire.Setup(dir); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(dir)
	files = map[string][]byte{}
	for _, e := range entries {
		text, fault := os.ReadFile(filepath.Join(dir, e.Name()))
		files[e.Name()], err = text, errors.Join(err, fault)
	}
	return files, err
})

// keys puts that set into dir.
func keys(dir string) error {
	files, err := made()
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	for name, text := range files {
		err = errors.Join(err, os.WriteFile(filepath.Join(dir, name), text, 0o600))
	}
	return err
}
