package key

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"kawu/kit/seal"
	"kawu/kit/sm"
)

// files keeps a vault's keys in a folder: one small JSON file per key, its secret sealed with the
// key's own name, so that two files cannot be exchanged.
type files struct {
	dir string
	box *seal.Box
}

type record struct {
	Key    Ref    `json:"key"`
	Kind   string `json:"kind"` // sm4 or sm2
	Sealed string `json:"sealed"`
}

// OpenVault opens the vault in a folder, made when missing. The box is the key-encryption key.
func OpenVault(dir string, box *seal.Box, s Scheme) (*Vault, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	f := &files{dir, box}
	v := NewVault(s)
	names, err := filepath.Glob(filepath.Join(dir, "*.key"))
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		r, e, err := f.read(name)
		if err != nil {
			return nil, err
		}
		v.keys[r] = e
	}
	v.files = f
	return v, nil
}

func (f *files) read(name string) (Ref, entry, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return Ref{}, entry{}, err
	}
	var r record
	if err := json.Unmarshal(text, &r); err != nil {
		return Ref{}, entry{}, seal.Broken.Because(err)
	}
	secret, err := f.box.Open("key "+r.Kind+" "+r.Key.String(), r.Sealed)
	if err != nil {
		return Ref{}, entry{}, err
	}
	b, err := base64.StdEncoding.DecodeString(secret)
	if err != nil {
		return Ref{}, entry{}, seal.Broken.Because(err)
	}
	defer clear(b)
	var e entry
	if r.Kind == "sm2" {
		e.sm2, err = sm.ParsePrivateKey(b)
	} else {
		e.sm4, err = sm.NewCipher(b)
	}
	return r.Key, e, err
}

func (f *files) path(r Ref) string {
	return filepath.Join(f.dir, strings.ReplaceAll(r.String(), "/", "+")+".key")
}

// find reads one key that another process may have added since the folder was opened; false when
// there is none. A file under another key's name is no key.
func (f *files) find(r Ref) (entry, bool, error) {
	was, e, err := f.read(f.path(r))
	if errors.Is(err, fs.ErrNotExist) {
		return e, false, nil
	}
	if err == nil && was != r {
		err = seal.Broken
	}
	return e, err == nil, err
}

// write never overwrites: a key that is there stays, whoever else is writing.
func (f *files) write(r Ref, kind string, secret []byte) error {
	sealed, err := f.box.Seal("key "+kind+" "+r.String(), base64.StdEncoding.EncodeToString(secret))
	if err != nil {
		return err
	}
	text, err := json.Marshal(record{r, kind, sealed})
	if err != nil {
		return err
	}
	t, err := os.CreateTemp(f.dir, ".key-*")
	if err != nil {
		return err
	}
	defer os.Remove(t.Name())
	_, err = t.Write(text)
	if err == nil {
		err = t.Sync()
	}
	if cerr := t.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	err = os.Link(t.Name(), f.path(r))
	if errors.Is(err, fs.ErrExist) {
		return about(Taken, r)
	}
	return err
}
