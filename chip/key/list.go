package key

import (
	"context"
	"encoding/hex"
	"path/filepath"
	"strconv"
	"strings"

	"kawu/kit/sm"
)

// Listed is what may be told of a key.
type Listed struct {
	Ref
	Kind  string // sm4 or sm2
	Check string // of an SM4 key its check value; of an SM2 key the first eight bytes of its public point's SM3
}

// Lister is a store that can tell which keys it has, sorted by name and version.
type Lister interface {
	List(ctx context.Context) ([]Listed, error)
}

// CheckValue is the first three bytes of SM4 of zeros under a key, as six capital digits: it names
// the key and tells nothing of it.
func CheckValue(k *sm.Cipher) string {
	var out [sm.BlockSize]byte
	_ = k.EncryptBlocks(out[:], out[:]) // one block is always whole
	return strings.ToUpper(hex.EncodeToString(out[:3]))
}

// PublicCheck names a public key as Listed.Check does.
func PublicCheck(k *sm.PublicKey) string {
	h := sm.Hash(k.Point())
	return strings.ToUpper(hex.EncodeToString(h[:8]))
}

// List implements Lister; keys that other processes have added are among them.
func (v *Vault) List(context.Context) ([]Listed, error) {
	added, err := v.files.names()
	if err != nil {
		return nil, err
	}
	for _, r := range added {
		if _, err := v.get(r); err != nil {
			return nil, err
		}
	}
	var out []Listed
	for _, r := range v.Names() {
		l := Listed{Ref: r, Kind: "sm4"}
		if e, _ := v.get(r); e.sm2 != nil {
			l.Kind, l.Check = "sm2", PublicCheck(e.sm2.Public())
		} else {
			l.Check = CheckValue(e.sm4)
		}
		out = append(out, l)
	}
	return out, nil
}

// ParseRef reads String's form.
func ParseRef(text string) (Ref, bool) {
	name, version, _ := strings.Cut(text, "@")
	n, err := strconv.ParseUint(version, 10, 8)
	return Ref{name, byte(n)}, err == nil && n > 0 && nameForm.MatchString(name)
}

// names reads the folder again; nil files have none.
func (f *files) names() (out []Ref, err error) {
	if f == nil {
		return nil, nil
	}
	list, err := filepath.Glob(filepath.Join(f.dir, "*.key"))
	for _, path := range list {
		if r, ok := ParseRef(strings.ReplaceAll(strings.TrimSuffix(filepath.Base(path), ".key"), "+", "/")); ok {
			out = append(out, r)
		}
	}
	return out, err
}
