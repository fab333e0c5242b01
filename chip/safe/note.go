package safe

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"gopkg.in/yaml.v3"

	"kawu/chip/key"
	"kawu/chip/perso"
	"kawu/kit/fault"
)

// Origin is where the masters in use came from.
type Origin string

// The origins.
const (
	Demonstration Origin = "demonstration" // made here, worth nothing
	Ceremony      Origin = "ceremony"      // brought in by two custodians
	Elsewhere     Origin = "elsewhere"     // in a key process that has its own note
)

// Note is masters.yaml: what new cards are made with. Older versions stay in the store for older
// cards.
type Note struct {
	Origin    Origin  `yaml:"origin" json:"origin"`
	Version   byte    `yaml:"version" json:"version"` // of the city's and the banks' masters
	Tries     byte    `yaml:"tries" json:"tries"`     // wrong proofs until a card's key locks
	Transport key.Ref `yaml:"transport" json:"transport"`
}

var (
	// NoMasters says that the folder has no masters.yaml; args: path.
	NoMasters = fault.New(fault.NotFound, "safe.no_masters", "there are no card keys yet: {path} is missing")
	// BadNote says that masters.yaml cannot be read; args: path.
	BadNote = fault.New(fault.Invalid, "safe.bad_note", "{path} does not say which masters are in use")
)

// usual is what a new note begins with.
var usual = Note{Origin: Elsewhere, Version: 1, Tries: 6, Transport: key.Ref{Name: "transport/demonstration", Version: 1}}

// Note reads masters.yaml; behind a key process a missing file means the usual names.
func (s *Safe) Note() (Note, error) {
	path := filepath.Join(s.dir, "masters.yaml")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if s.Socket != "" {
			return usual, nil
		}
		return Note{}, fault.New(NoMasters.Kind, NoMasters.Code, NoMasters.Message, "path", path)
	}
	if err != nil {
		return Note{}, err
	}
	bad := fault.New(BadNote.Kind, BadNote.Code, BadNote.Message, "path", path)
	var n Note
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(&n); err != nil {
		return n, bad.Because(err)
	}
	if n.Version == 0 || n.Tries == 0 || n.Tries > 15 || n.Transport.Name == "" || n.Origin != Demonstration && n.Origin != Ceremony && n.Origin != Elsewhere {
		return n, bad
	}
	return n, nil
}

func (n Note) masters(division, bank string) perso.Masters {
	m := perso.Masters{Transport: n.Transport, City: "city/" + division, Version: n.Version, Tries: n.Tries}
	if bank != "" {
		m.Bank = "bank/" + bank
	}
	return m
}

// Use replaces masters.yaml: from now on new cards are made with these masters.
func (s *Safe) Use(n Note) error {
	text, err := yaml.Marshal(n)
	if err != nil {
		return err
	}
	tmp, err := s.beside(text)
	if err != nil {
		return err
	}
	defer os.Remove(tmp)
	return os.Rename(tmp, filepath.Join(s.dir, "masters.yaml"))
}

// beside writes a whole file with mode 0600, to be linked or renamed into its place.
func (s *Safe) beside(text []byte) (path string, err error) {
	f, err := os.CreateTemp(s.dir, ".new-*")
	if err != nil {
		return "", err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		_ = os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}
