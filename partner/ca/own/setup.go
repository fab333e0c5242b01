package own

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"kawu/chip/ceremony"
	"kawu/chip/key"
	"kawu/chip/safe"
	"kawu/kit/fault"
	"kawu/kit/pki"
	"kawu/kit/sm"
	"kawu/kit/wording"
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
// both revocation lists; all of it or nothing. Everything is made beside dir and moved there last. give
// gives the custodians their sheets, and a way to take them back when a later step fails. Faults:
// Exists, BadSetup, safe.NoVault.
func Init(dir string, s *safe.Safe, u Setup, custodians [2]string, now time.Time, give func([2]ceremony.Sheet) (undo func(), err error)) ([]ceremony.Act, error) {
	if err := errors.Join(free(dir), u.check(), s.Here()); err != nil {
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
	list, err := top.RevocationList(uint64(now.Unix()), now, now.AddDate(1, 0, 0), nil)
	if err != nil {
		return nil, err
	}
	sheets, sealed, err := sealRoot(rootKey, custodians)
	if err != nil {
		return nil, err
	}
	acts := []ceremony.Act{{At: now, Who: custodians[0] + ", " + custodians[1], What: "root", Key: RootRef.String(), Check: key.PublicCheck(rootKey.Public())}}
	made, err := u.place(dir, s, top, now, map[string][]byte{"root.sealed": sealed, "public/root.crt": root.PEM(), "public/root.crl": list.PEM()},
		func() (func(), error) { return give(sheets) })
	return append(acts, made), err
}

// place writes a new authority's files beside dir, has the sheets given, makes the first issuing
// authority and moves the whole to dir. Whatever fails, nothing stays.
func (u *Setup) place(dir string, s *safe.Safe, top *pki.Issuer, now time.Time, files map[string][]byte, give func() (func(), error)) (act ceremony.Act, err error) {
	beside, err := os.MkdirTemp(filepath.Dir(dir), ".ca-*")
	if err != nil {
		return act, err
	}
	defer os.RemoveAll(beside) // gone already when all went well
	if err := os.Mkdir(filepath.Join(beside, "public"), 0o700); err != nil {
		return act, err
	}
	for name, text := range files {
		if err := write(beside, name, text); err != nil {
			return act, err
		}
	}
	undo, err := give()
	if err != nil {
		return act, err
	}
	if act, err = u.addIssuing(beside, s, top, now); err != nil {
		undo()
		return act, err
	}
	if err = u.write(beside); err == nil {
		err = os.Rename(beside, dir)
	}
	if err != nil {
		undo()
		err = errors.Join(err, s.Vault.Withdraw(u.Keys[0]))
	}
	return act, err
}

// free says whether there is room for an authority: no folder yet, or an empty one.
func free(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, "ca.yaml")); err == nil {
		return with(Exists, "dir", dir)
	}
	entries, err := os.ReadDir(dir)
	if len(entries) > 0 {
		return badSetup("occupied", "dir", dir)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return os.MkdirAll(filepath.Dir(dir), 0o700)
	}
	return err
}

// badSetup is BadSetup with a reason that has its own wording.
func badSetup(reason string, args ...any) *fault.Fault {
	return with(BadSetup, "reason", wording.Say("ca.reason."+reason, args...))
}

// check lists all that is wrong with what a setup says.
func (u Setup) check() error {
	var l fault.List
	if u.Organization == "" || u.Root == "" || u.Issuing == "" {
		l.Add("organization", badSetup("names"))
	}
	at, err := url.Parse(u.URL)
	if err != nil || at.Scheme != "http" && at.Scheme != "https" || at.Host == "" || !strings.HasSuffix(u.URL, "/") {
		l.Add("url", badSetup("url", "url", u.URL))
	}
	if u.RootDays < 1 || u.IssuingDays < 1 || u.IssuingDays > u.RootDays {
		l.Add("issuing_days", badSetup("days"))
	}
	return l.Err()
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
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Vault.Withdraw(ref))
		}
	}()
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
	err = errors.Join(write(dir, fmt.Sprintf("public/issuing-%d.crt", n), cert.PEM()), write(dir, fmt.Sprintf("public/issuing-%d.crl", n), first.PEM()))
	return act, err
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
		return u, badSetup("unreadable")
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
