package safe

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"kawu/chip/cos"
	"kawu/chip/key"
	"kawu/chip/perso"
	"kawu/kit/fault"
	"kawu/kit/sm"
)

// BadMaker says that the chip maker's key file is not 32 hexadecimal digits; args: path.
var BadMaker = fault.New(fault.Invalid, "safe.bad_maker", "{path} is not a chip maker's transport key")

// Demonstrate makes the masters that a city and its banks lack. Masters of a ceremony are never
// touched, and a key process has its own: false then, and when nothing was missing. Several
// processes may call it at once and agree on one set.
func (s *Safe) Demonstrate(division string, banks []string) (made bool, err error) {
	n, err := s.Note()
	switch {
	case err == nil && n.Origin != Demonstration, s.Vault == nil:
		return false, nil
	case err != nil && !errors.Is(err, NoMasters):
		return false, err
	case err != nil:
		n = usual
		n.Origin = Demonstration
	}
	before := len(s.Vault.Names())
	transport, err := s.maker()
	if err != nil {
		return false, err
	}
	defer clear(transport[:])
	if err := s.Vault.Import(n.Transport, transport[:]); err != nil && !errors.Is(err, key.Taken) {
		return false, err
	}
	for _, bank := range append([]string{""}, banks...) {
		if err := perso.Found(s.Vault, n.masters(division, bank), division); err != nil {
			return false, err
		}
	}
	return len(s.Vault.Names()) > before, s.Use(n) // last: what the note names is there
}

// Foundry is the chip maker of a demonstration, with its own copy of the transport key. Fault:
// NoMasters before Demonstrate.
func (s *Safe) Foundry(template cos.Chip) (*perso.Foundry, error) {
	k, err := s.readMaker()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(NoMasters.Kind, NoMasters.Code, NoMasters.Message, "path", filepath.Join(s.dir, "maker.key"))
	}
	if err != nil {
		return nil, err
	}
	return perso.NewFoundry(k, template)
}

// maker reads the chip maker's key or draws it; whoever was first, its file counts.
func (s *Safe) maker() (k [sm.KeySize]byte, err error) {
	k, err = s.readMaker()
	if !errors.Is(err, fs.ErrNotExist) {
		return k, err
	}
	rand.Read(k[:])
	tmp, err := s.beside([]byte(hex.EncodeToString(k[:]) + "\n"))
	if err != nil {
		return k, err
	}
	defer os.Remove(tmp)
	if err := os.Link(tmp, filepath.Join(s.dir, "maker.key")); err != nil && !errors.Is(err, fs.ErrExist) {
		return k, err
	}
	return s.readMaker()
}

func (s *Safe) readMaker() (k [sm.KeySize]byte, err error) {
	path := filepath.Join(s.dir, "maker.key")
	text, err := os.ReadFile(path)
	if err != nil {
		return k, err
	}
	b, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(b) != len(k) {
		return k, fault.New(BadMaker.Kind, BadMaker.Code, BadMaker.Message, "path", path)
	}
	copy(k[:], b)
	return k, nil
}
