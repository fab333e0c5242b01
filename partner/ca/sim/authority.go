package sim

import (
	"time"

	"kawu/domain/certificate"
	"kawu/kit/pki"
	"kawu/kit/sm"
	"kawu/partner/ca"
	"kawu/partner/wire/host"
)

const (
	organisation = "Kawu simulator"
	address      = "http://crl.ca.invalid/issuing.crl" // of the list of holders' certificates; nobody serves it: Chain has the lists
	rootAddress  = "http://crl.ca.invalid/root.crl"    // of the root's list, which names issuing authorities
	year         = 365 * 24 * time.Hour
)

// Chain gives the authorities' certificates and a revocation list signed now and good for a day;
// GET /control/chain gives the same.
func (s *Sim) Chain() (c ca.Chain, err error) {
	err = s.Do(func(t *host.Turn) error { c, err = s.chain(t, struct{}{}); return err })
	return c, err
}

func (s *Sim) chain(t *host.Turn, _ struct{}) (c ca.Chain, err error) {
	issuer, root, err := s.authority(t.Now())
	if err != nil {
		return c, err
	}
	var list []pki.Revoked
	for text, r := range s.revoked.All() {
		serial, err := pki.ParseSerial(text)
		if err != nil {
			return c, err
		}
		list = append(list, pki.Revoked{Serial: serial, At: r.At, Cause: r.Cause})
	}
	crl, err := issuer.RevocationList(uint64(t.Next("crl")), t.Now(), t.Now().AddDate(0, 0, 1), list)
	if err != nil {
		return c, err
	}
	rootCRL, _ := s.secrets.Get("root.crl")
	return ca.Chain{Root: string(root.PEM()), Issuing: string(issuer.Certificate().PEM()), CRL: string(crl.PEM()), RootCRL: rootCRL}, nil
}

// authority reads the authorities from the memory; the first call makes them.
func (s *Sim) authority(now time.Time) (*pki.Issuer, *pki.Certificate, error) {
	if s.secrets.Len() == 0 {
		if err := s.found(now); err != nil {
			return nil, nil, err
		}
	}
	root, err := s.certificate("root")
	if err != nil {
		return nil, nil, err
	}
	issuing, err := s.certificate("issuing")
	if err != nil {
		return nil, nil, err
	}
	text, _ := s.secrets.Get("issuing.key")
	key, err := sm.ParsePrivateKeyPEM([]byte(text))
	if err != nil {
		return nil, nil, err
	}
	issuer, err := pki.NewIssuer(issuing, key)
	return issuer, root, err
}

func (s *Sim) certificate(name string) (*pki.Certificate, error) {
	text, _ := s.secrets.Get(name)
	return pki.ParsePEM([]byte(text))
}

// found makes the root, its empty revocation list and the issuing authority. The root's key is
// forgotten: nothing else is ever signed with it, so its list is good for as long as it is.
func (s *Sim) found(now time.Time) error {
	rootKey, err := sm.GenerateKey()
	if err != nil {
		return err
	}
	key, err := sm.GenerateKey()
	if err != nil {
		return err
	}
	asRoot, err := pki.NewProfile(pki.Config{Use: pki.Root, Validity: 30 * year})
	if err != nil {
		return err
	}
	asIssuing, err := pki.NewProfile(pki.Config{Use: pki.Issuing, Validity: 20 * year, CRL: rootAddress})
	if err != nil {
		return err
	}
	root, err := pki.SelfSigned(pki.Draft{Profile: asRoot, From: now, Key: rootKey.Public(),
		Subject: pki.Name{Country: "CN", Organization: organisation, Common: "Kawu simulator root"}}, rootKey)
	if err != nil {
		return err
	}
	top, err := pki.NewIssuer(root, rootKey)
	if err != nil {
		return err
	}
	form, err := top.Prepare(pki.Draft{Profile: asIssuing, From: now, Key: key.Public(),
		Subject: pki.Name{Country: "CN", Organization: organisation, Common: "Kawu simulator issuing authority"}})
	if err != nil {
		return err
	}
	issuing, err := top.Issue(form)
	if err != nil {
		return err
	}
	list, err := top.RevocationList(1, now, now.AddDate(20, 0, 0), nil)
	if err != nil {
		return err
	}
	text, err := key.MarshalPEM()
	if err != nil {
		return err
	}
	s.secrets.Put("root.crl", string(list.PEM()))
	s.secrets.Put("root", string(root.PEM()))
	s.secrets.Put("issuing", string(issuing.PEM()))
	s.secrets.Put("issuing.key", string(text))
	return nil
}

var causes = map[string]pki.Cause{"unspecified": pki.Unspecified, "keyCompromise": pki.KeyCompromise,
	"affiliationChanged": pki.Changed, "superseded": pki.Superseded, "cessationOfOperation": pki.Ceased, "certificateHold": pki.Hold}

// revoke takes all named certificates out of use, or back into it, or, when one is not ours or cannot
// come back, none. One that is revoked for good stays so for its first cause; one that was on hold keeps
// the moment of the hold.
func (s *Sim) revoke(t *host.Turn, q ca.Revocations) (struct{}, error) {
	var wrong []int
	for i, l := range q.Lines {
		_, known := causes[l.Reason]
		was, is := s.revoked.Get(l.Serial)
		lift := l.Reason == certificate.Lifted
		if !known && !lift || !s.given(l.Serial) || lift && is && was.Cause != pki.Hold {
			wrong = append(wrong, i+1)
		}
	}
	if wrong != nil {
		return struct{}{}, host.Refuse("bad_lines", wrong...)
	}
	t.Worked(len(q.Lines))
	for _, l := range q.Lines {
		was, is := s.revoked.Get(l.Serial)
		switch {
		case l.Reason == certificate.Lifted:
			s.revoked.Delete(l.Serial)
		case !is:
			s.revoked.Put(l.Serial, revoked{t.Now(), causes[l.Reason]})
		case was.Cause == pki.Hold:
			s.revoked.Put(l.Serial, revoked{was.At, causes[l.Reason]})
		}
	}
	return struct{}{}, nil
}

func (s *Sim) given(serial string) bool { _, ok := s.serials.Get(serial); return ok }
