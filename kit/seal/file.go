package seal

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"kawu/kit/fault"
)

var (
	// OpenToOthers says that group or others may read the master key file; args: path, mode.
	OpenToOthers = fault.New(fault.Refused, "seal.open_to_others",
		"the master key file {path} has mode {mode}; make it 0600, and think of who has read it")
	// Malformed says that the file does not hold 64 hexadecimal digits; args: path.
	Malformed = fault.New(fault.Invalid, "seal.malformed", "{path} is not a master key file")
)

// LoadOrCreate makes a Box from the master secret in a file: 64 hexadecimal digits, mode 0600. A
// missing file is made (its folder too, 0700) with a random secret. Losing the file loses every
// sealed value: it belongs into the backup, apart from the database. Faults: OpenToOthers, Malformed.
func LoadOrCreate(path string) (*Box, error) {
	master, err := read(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err = create(path); err == nil || errors.Is(err, fs.ErrExist) {
			master, err = read(path) // whoever was first: its file counts
		}
	}
	if err != nil {
		return nil, err
	}
	defer clear(master)
	return New(master)
}

func read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if m := st.Mode().Perm(); m&0o077 != 0 {
		return nil, fault.New(OpenToOthers.Kind, OpenToOthers.Code, OpenToOthers.Message, "path", path, "mode", m.String())
	}
	text := make([]byte, 66)
	n, _ := f.Read(text)
	master, err := hex.DecodeString(strings.TrimSpace(string(text[:n])))
	if err != nil || len(master) != 32 {
		return nil, fault.New(Malformed.Kind, Malformed.Code, Malformed.Message, "path", path)
	}
	return master, nil
}

// create writes beside and links into place, so that two processes starting at once agree on one
// secret and a power cut never leaves half a file.
func create(path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".master-*") // 0600 by itself
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	var master [32]byte
	rand.Read(master[:])
	_, err = f.WriteString(hex.EncodeToString(master[:]) + "\n")
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	return os.Link(f.Name(), path)
}
