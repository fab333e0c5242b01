package own

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"gopkg.in/yaml.v3"

	"kawu/chip/ceremony"
	"kawu/chip/key"
	"kawu/chip/safe"
	"kawu/kit/fault"
	"kawu/kit/pki"
	"kawu/kit/sm"
)

// Setup is ca.yaml: who the authority is, and where readers find what it publishes.
type Setup struct {
	Organization string    `yaml:"organization"`
	Root         string    `yaml:"root"`    // common name of the root
	Issuing      string    `yaml:"issuing"` // common name of the issuing authorities; the number is added
	URL          string    `yaml:"url"`     // http://…/, under which root.crl, issuing-1.crl, ocsp/1 … are served
	RootDays     int       `yaml:"root_days"`
	IssuingDays  int       `yaml:"issuing_days"`
	Keys         []key.Ref `yaml:"keys"` // the issuing authorities' keys, in their order; the last one issues
}

var (
	// Exists says that the folder has an authority; args: dir.
	Exists = fault.New(fault.Conflict, "ca.exists", "{dir} holds a certificate authority already")
	// None says that there is no authority in the folder; args: dir.
	None = fault.New(fault.NotFound, "ca.none", "there is no certificate authority in {dir}")
	// BadSetup names what is wrong with ca.yaml or the plan of a ceremony; args: reason.
	BadSetup = fault.New(fault.Invalid, "ca.bad_setup", "the certificate authority cannot be set up like this: {reason}")
)

func with(f *fault.Fault, args ...any) *fault.Fault {
	return fault.New(f.Kind, f.Code, f.Message, args...)
}

// RootRef names the root's secret on the custodians' sheets.
var RootRef = key.Ref{Name: "ca/root", Version: 1}

const day = 24 * time.Hour

// Init makes an authority: a root, an issuing authority whose key is made in the safe's vault, and
// both revocation lists. give gets the two custodians' sheets and keeps them before anything else is
// kept. Faults: Exists, BadSetup, safe.NoVault.
func Init(dir string, s *safe.Safe, u Setup, custodians [2]string, now time.Time, give func([2]ceremony.Sheet) error) ([]ceremony.Act, error) {
	if _, err := os.Stat(filepath.Join(dir, "ca.yaml")); err == nil {
		return nil, with(Exists, "dir", dir)
	}
	if err := s.Here(); err != nil {
		return nil, err
	}
	rootKey, err := sm.GenerateKey()
	if err != nil {
		return nil, err
	}
	asRoot, err := pki.NewProfile(pki.Config{Use: pki.Root, Validity: time.Duration(u.RootDays) * day})
	if err != nil {
		return nil, err
	}
	root, err := pki.SelfSigned(pki.Draft{Profile: asRoot, From: now, Key: rootKey.Public(), Subject: u.name(u.Root)}, rootKey)
	if err != nil {
		return nil, err
	}
	top, err := pki.NewIssuer(root, rootKey)
	if err != nil {
		return nil, err
	}
	sheets, sealed, err := sealRoot(rootKey, custodians)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Join(dir, "public"), 0o700); err != nil {
		return nil, err
	}
	if err := give(sheets); err != nil {
		return nil, err
	}
	acts := []ceremony.Act{{At: now, Who: custodians[0] + ", " + custodians[1], What: "root", Key: RootRef.String(), Check: key.PublicCheck(rootKey.Public())}}
	made, err := u.addIssuing(dir, s, top, now)
	if err != nil {
		return nil, err
	}
	list, err := top.RevocationList(uint64(now.Unix()), now, now.AddDate(1, 0, 0), nil)
	if err != nil {
		return nil, err
	}
	return append(acts, made), errors.Join(write(dir, "root.sealed", sealed), write(dir, "public/root.crt", root.PEM()),
		write(dir, "public/root.crl", list.PEM()), u.write(dir))
}

func (u Setup) name(common string) pki.Name {
	return pki.Name{Country: "CN", Organization: u.Organization, Common: common}
}

// addIssuing makes the next issuing authority and adds its key to the setup.
func (u *Setup) addIssuing(dir string, s *safe.Safe, top *pki.Issuer, now time.Time) (act ceremony.Act, err error) {
	n := len(u.Keys) + 1
	profile, err := pki.NewProfile(pki.Config{Use: pki.Issuing, Validity: time.Duration(u.IssuingDays) * day, CRL: u.URL + "root.crl", CA: u.URL + "root.crt"})
	if err != nil {
		return act, err
	}
	ref := key.Ref{Name: "ca/issuing", Version: byte(n)}
	for err = s.Vault.GenerateSM2(ref); errors.Is(err, key.Taken); err = s.Vault.GenerateSM2(ref) {
		ref.Version++ // of an attempt that did not come to its end
	}
	if err != nil {
		return act, err
	}
	list, err := s.Vault.Signer(context.Background(), ref)
	if err != nil {
		return act, err
	}
	form, err := top.Prepare(pki.Draft{Profile: profile, From: now, Key: list.Public(), Subject: u.name(fmt.Sprintf("%s %d", u.Issuing, n))})
	if err != nil {
		return act, err
	}
	cert, err := top.Issue(form)
	if err != nil {
		return act, err
	}
	issuer, err := pki.NewIssuer(cert, list)
	if err != nil {
		return act, err
	}
	first, err := issuer.RevocationList(uint64(now.Unix()), now, now.Add(listDays*day), nil)
	if err != nil {
		return act, err
	}
	u.Keys = append(u.Keys, ref)
	act = ceremony.Act{At: now, Who: "root", What: "issuing", Key: ref.String(), Check: key.PublicCheck(cert.Key())}
	return act, errors.Join(write(dir, fmt.Sprintf("public/issuing-%d.crt", n), cert.PEM()), write(dir, fmt.Sprintf("public/issuing-%d.crl", n), first.PEM()))
}

func readSetup(dir string) (u Setup, err error) {
	text, err := os.ReadFile(filepath.Join(dir, "ca.yaml"))
	if errors.Is(err, fs.ErrNotExist) {
		return u, with(None, "dir", dir)
	}
	if err != nil {
		return u, err
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(&u); err != nil || len(u.Keys) == 0 {
		return u, with(BadSetup, "reason", "ca.yaml cannot be read")
	}
	return u, nil
}

func (u Setup) write(dir string) error {
	text, err := yaml.Marshal(u)
	if err != nil {
		return err
	}
	return write(dir, "ca.yaml", text)
}

// write replaces a file as a whole.
func write(dir, name string, text []byte) error {
	path := filepath.Join(dir, name)
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
