package tray

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"kawu/chip/cos"
	"kawu/chip/key"
	"kawu/kit/fault"
	"kawu/kit/seal"
)

var (
	// NoCard says that the tray has no virtual card of this name; args: card.
	NoCard = fault.New(fault.NotFound, "tray.no_card", "there is no virtual card {card} here; only cards that the simulated factory made can be plugged in")
	// BadName says that a name cannot be a card's; args: card.
	BadName = fault.New(fault.Invalid, "tray.bad_name", "{card} is no name for a virtual card")
)

// Tray is a folder of cards.
type Tray struct {
	dir string
	box *seal.Box
}

// Open opens a folder, made when it is missing; its key lies in it (0600).
func Open(dir string) (*Tray, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	box, err := seal.LoadOrCreate(filepath.Join(dir, "tray.key"))
	return &Tray{dir, box}, err
}

var name = regexp.MustCompile(`^[A-Za-z0-9_.-]{2,80}$`)

// path spreads the cards over 1,024 folders at most, by the end of their names.
func (t *Tray) path(card string) (string, error) {
	if !name.MatchString(card) || card[0] == '.' {
		return "", fault.New(BadName.Kind, BadName.Code, BadName.Message, "card", card)
	}
	return filepath.Join(t.dir, card[len(card)-2:], card+".card"), nil
}

// Put lays a card into the tray in place of one that had its name. The write is not synced: until
// somebody plugs it in, a virtual card can be made again.
func (t *Tray) Put(card string, c *cos.Card) error {
	path, err := t.path(card)
	if err != nil {
		return err
	}
	entry, err := entry(t.box, purpose, string(c.Image()))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	fresh := path + ".new"
	if err := os.WriteFile(fresh, entry, 0o600); err != nil {
		return err
	}
	return os.Rename(fresh, path)
}

// Print notes what was printed on a card, by the digest of its faces (chip/face). Like Put it is not
// synced. Fault: NoCard.
func (t *Tray) Print(card, digest string) error {
	path, err := t.there(card)
	if err != nil {
		return err
	}
	entry, err := entry(t.box, onFace, digest)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(entry)
	return errors.Join(err, f.Close())
}

// Printed is the digest of what was printed on a card; "" for a blank face. Fault: NoCard.
func (t *Tray) Printed(card string) (string, error) {
	path, err := t.there(card)
	if err != nil {
		return "", err
	}
	b, err := os.ReadFile(path)
	_, face, _ := t.entries(b)
	return face, err
}

// there is the file of a card that lies in the tray.
func (t *Tray) there(card string) (string, error) {
	path, err := t.path(card)
	if err != nil {
		return "", err
	}
	if _, err = os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		err = fault.New(NoCard.Kind, NoCard.Code, NoCard.Message, "card", card)
	}
	return path, err
}

// Take takes a card into the hand: every command's changes are kept, synced, before it answers.
// Close the journal when it is put back. Fault: NoCard.
func (t *Tray) Take(card string) (*cos.Card, *Journal, error) {
	path, err := t.there(card)
	if err != nil {
		return nil, nil, err
	}
	j, image, err := t.journal(path)
	if err != nil {
		return nil, nil, err
	}
	c, err := cos.Load(image, key.Rebuilt, j)
	if err != nil {
		return nil, nil, errors.Join(err, j.Close())
	}
	return c, j, nil
}

// Copy reads a card without keeping what is done to it, for work on a set that ends with Put.
func (t *Tray) Copy(card string) (*cos.Card, error) {
	c, j, err := t.Take(card)
	if err != nil {
		return nil, err
	}
	image := c.Image()
	if err := j.Close(); err != nil {
		return nil, err
	}
	return cos.Load(image, key.Rebuilt, nil)
}

// Scrap destroys a card's file; one that is not there is left alone.
func (t *Tray) Scrap(card string) error {
	path, err := t.path(card)
	if err != nil {
		return err
	}
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
