package wire

import (
	"encoding/pem"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"kawu/kit/fault"
	"kawu/kit/sm"
)

// Self is our own name on every wire.
const Self = "kawu"

// Parties are the names of ourselves and of every simulator, as Setup makes them.
var Parties = []string{Self, "population", "province", "bank", "factory", "ca", "courier", "sms"}

// Keyring is a party's own private key and the public keys of those it speaks with. It never prints.
type Keyring struct {
	self  string
	key   *sm.PrivateKey
	known map[string]*sm.PublicKey
}

// Self is the party whose private key the ring holds.
func (r *Keyring) Self() string { return r.self }

// String hides the keys.
func (*Keyring) String() string { return "wire.Keyring" }

// LogValue hides the keys.
func (*Keyring) LogValue() slog.Value { return slog.StringValue("wire.Keyring") }

// Setup makes the missing key pairs of all Parties in dir: NAME.key (PKCS #8, mode 0600) and NAME.pub.
// It is the exchange of keys for simulators, which share the folder; a real partner's NAME.pub comes
// by a signed hand-over, and only our own .key lies here. Several processes may call it at once.
func Setup(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for _, name := range Parties {
		if err := setup(dir, name); err != nil {
			return err
		}
	}
	return nil
}

func setup(dir, name string) error {
	path := filepath.Join(dir, name+".key")
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		k, err := sm.GenerateKey()
		if err != nil {
			return err
		}
		text, err := k.MarshalPEM()
		if err != nil {
			return err
		}
		if err := create(path, text, 0o600); err != nil {
			return err
		}
	}
	k, err := private(path)
	if err != nil {
		return err
	}
	der, err := k.Public().Marshal()
	if err != nil {
		return err
	}
	return create(filepath.Join(dir, name+".pub"), pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), 0o644)
}

// create writes a whole file under its name or leaves the one that another process was faster with.
func create(path string, text []byte, mode fs.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if err = os.Link(f.Name(), path); errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

func private(path string) (*sm.PrivateKey, error) {
	broken := fault.New(KeyFile.Kind, KeyFile.Code, KeyFile.Message, "path", path)
	info, err := os.Stat(path)
	if err != nil {
		return nil, broken.Because(err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, broken
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, broken.Because(err)
	}
	k, err := sm.ParsePrivateKeyPEM(text)
	if err != nil {
		return nil, broken.Because(err)
	}
	return k, nil
}

// Load opens the ring of one party: its own .key and every .pub in dir. Fault: KeyFile.
func Load(dir, self string) (*Keyring, error) {
	key, err := private(filepath.Join(dir, self+".key"))
	if err != nil {
		return nil, err
	}
	r := &Keyring{self: self, key: key, known: map[string]*sm.PublicKey{}}
	files, err := filepath.Glob(filepath.Join(dir, "*.pub"))
	if err != nil {
		return nil, err
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		b, _ := pem.Decode(text)
		if b == nil {
			return nil, fault.New(KeyFile.Kind, KeyFile.Code, KeyFile.Message, "path", path)
		}
		p, err := sm.ParsePublicKey(b.Bytes)
		if err != nil {
			return nil, fault.New(KeyFile.Kind, KeyFile.Code, KeyFile.Message, "path", path).Because(err)
		}
		r.known[strings.TrimSuffix(filepath.Base(path), ".pub")] = p
	}
	return r, nil
}
