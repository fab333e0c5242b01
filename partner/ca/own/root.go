package own

import (
	"crypto/subtle"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kawu/chip/ceremony"
	"kawu/chip/key"
	"kawu/kit/fault"
	"kawu/kit/seal"
	"kawu/kit/sm"
)

// sealedRoot is root.sealed: the root's key under a secret that is the exclusive or of two parts, with
// the check values by which a slip is found.
type sealedRoot struct {
	ceremony.Master
	Sealed []byte
}

// sealRoot draws the secret, and gives each custodian's sheet.
func sealRoot(k *sm.PrivateKey, custodians [2]string) (sheets [2]ceremony.Sheet, text []byte, err error) {
	sheets, masters := ceremony.SplitAll([]key.Ref{RootRef}, custodians)
	c, err := whole(sheets[0][RootRef], sheets[1][RootRef])
	if err != nil {
		return sheets, nil, err
	}
	der, err := k.MarshalPKCS8()
	if err != nil {
		return sheets, nil, err
	}
	defer clear(der)
	text, err = json.MarshalIndent(sealedRoot{masters[0], c.Seal(der, []byte(RootRef.String()))}, "", "  ")
	return sheets, text, err
}

func whole(a, b ceremony.Part) (*sm.Cipher, error) {
	defer clear(a[:])
	subtle.XORBytes(a[:], a[:], b[:])
	return sm.NewCipher(a[:])
}

// Custodians are the two who can open the root together.
func Custodians(dir string) ([]string, error) {
	r, err := readRoot(dir)
	if err != nil {
		return nil, err
	}
	return slices.Sorted(maps.Keys(r.Parts)), nil
}

func readRoot(dir string) (r sealedRoot, err error) {
	text, err := os.ReadFile(filepath.Join(dir, "root.sealed"))
	if err != nil {
		return r, with(None, "dir", dir).Because(err)
	}
	if err := json.Unmarshal(text, &r); err != nil || len(r.Parts) != 2 {
		return r, seal.Broken
	}
	return r, nil
}

// openRoot needs both custodians' parts: ceremony.Incomplete, ceremony.WrongPart, ceremony.WrongWhole.
func openRoot(dir string, parts map[string]ceremony.Part) (*sm.PrivateKey, error) {
	r, err := readRoot(dir)
	if err != nil {
		return nil, err
	}
	var l fault.List
	var both []ceremony.Part
	for who, want := range r.Parts {
		p, given := parts[who]
		got := ceremony.CheckValue(p)
		switch {
		case !given:
			l.Add(who, with(ceremony.Incomplete, "who", who, "key", RootRef.String()))
		case !strings.EqualFold(got, want):
			l.Add(who, with(ceremony.WrongPart, "key", RootRef.String(), "got", got, "want", want))
		}
		both = append(both, p)
	}
	if err := l.Err(); err != nil {
		return nil, err
	}
	c, err := whole(both[0], both[1])
	if err != nil {
		return nil, err
	}
	der, err := c.Open(r.Sealed, []byte(RootRef.String()))
	if err != nil {
		return nil, with(ceremony.WrongWhole, "key", RootRef.String(), "got", key.CheckValue(c), "want", r.Check).Because(err)
	}
	defer clear(der)
	return sm.ParsePrivateKey(der)
}
