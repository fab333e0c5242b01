package sim

import (
	"context"
	"time"

	"kawu/kit/pki"
	"kawu/kit/sm"
	"kawu/partner/ca"
)

// certify makes both certificates of all lines, on all cores.
func (s *Sim) certify(now time.Time, q ca.Requests, list []wanted, out []ca.Result) error {
	issuer, _, err := s.authority(now)
	if err != nil {
		return err
	}
	profiles := map[time.Time][2]*pki.Profile{}
	drafts, envelopes := make([]pki.Draft, 0, 2*len(list)), make([][]byte, len(list))
	for n, w := range list {
		pair, err := sm.GenerateKey()
		if err != nil {
			return err
		}
		if envelopes[n], err = sm.Envelope(w.key, pair); err != nil {
			return err
		}
		p, ok := profiles[w.until]
		if !ok {
			for i, use := range []pki.Use{pki.Signing, pki.Encryption} {
				if p[i], err = pki.NewProfile(pki.Config{Use: use, Validity: w.until.Sub(now.Truncate(time.Second)) + time.Second, CRL: address}); err != nil {
					return err
				}
			}
			profiles[w.until] = p
		}
		drafts = append(drafts,
			pki.Draft{Profile: p[0], Subject: w.subject, Key: w.key, From: now},
			pki.Draft{Profile: p[1], Subject: w.subject, Key: pair.Public(), From: now})
	}
	forms, err := issuer.PrepareAll(context.Background(), drafts)
	if err != nil {
		return err
	}
	certs, err := issuer.IssueAll(context.Background(), forms)
	if err != nil {
		return err
	}
	for i, w := range list {
		sign, encrypt := certs[2*i], certs[2*i+1]
		var serials []string
		for _, c := range []*pki.Certificate{sign, encrypt} {
			serial, _ := c.Serial()
			s.serials.Put(serial.String(), true)
			serials = append(serials, serial.String())
		}
		line := q.Lines[w.at]
		s.issued.Put(line.Ref, issued{line.PublicKey, sign.DER(), encrypt.DER(), envelopes[i], serials})
		out[w.at].Sign, out[w.at].Encrypt, out[w.at].Envelope = sign.DER(), encrypt.DER(), envelopes[i]
	}
	return nil
}
