package own

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"strings"
	"time"

	"kawu/domain/certificate"
	"kawu/kit/fault"
	"kawu/kit/idno"
	"kawu/kit/pki"
	"kawu/kit/sm"
)

// Codes that a card can be refused with.
const (
	BadKey    = "bad_key"    // the public key is no point of the curve
	BadName   = "bad_name"   // the name cannot be written into a certificate
	BadExpiry = "bad_expiry" // not_after is no time, past, or too far ahead
	BadNumber = "bad_number" // the identity number has a wrong check character
	OtherKey  = "other_key"  // this card has certificates for another key that are in use
)

const sealCard = "ca.certificates"

// wanted is a card that can be certified.
type wanted struct {
	at      int
	subject pki.Name
	key     *sm.PublicKey
	until   time.Time
}

// Ended says that the root has revoked the newest issuing authority; args: authority, since.
var Ended = fault.New(fault.Refused, "ca.ended", "the issuing authority {authority} is revoked since {since}; it issues nothing any more")

// Issue implements certificate.Authority: a card's first certificates again when it is asked again.
// Every serial number is on the disk before it is signed.
func (a *Authority) Issue(ctx context.Context, _ string, cards []certificate.Request) ([]certificate.Issued, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.ledger.refresh(); err != nil {
		return nil, err
	}
	now := a.clock.Now().Truncate(time.Second)
	out := make([]certificate.Issued, len(cards))
	var fresh []wanted
	for i, q := range cards {
		had, ok := a.ledger.cards[q.Key]
		switch {
		case ok && had.key == q.PublicKey:
			if err := a.again(had, &out[i]); err != nil {
				return nil, err
			}
		case ok && !a.ledger.gone(had):
			out[i].Fault = OtherKey
		default:
			w, refused := a.check(now, q)
			if out[i].Fault = refused; refused == "" {
				w.at = i
				fresh = append(fresh, w)
			}
		}
		out[i].Key = q.Key
	}
	return out, a.certify(ctx, now, cards, fresh, out)
}

func (a *Authority) again(h held, out *certificate.Issued) error {
	sealed, err := a.ledger.sealed(h)
	if err != nil {
		return err
	}
	text, err := a.box.Open(sealCard, sealed)
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(text), out)
}

func (a *Authority) check(now time.Time, q certificate.Request) (w wanted, refused string) {
	if _, _, err := idno.Parse(q.Number); err != nil {
		return w, BadNumber
	}
	point, err := hex.DecodeString(q.PublicKey)
	if err == nil {
		w.key, err = sm.NewPublicKey(point)
	}
	if err != nil {
		return w, BadKey
	}
	w.subject = a.setup.name(q.Name)
	w.subject.Serial = strings.ReplaceAll(q.Key, "_", "-")
	if w.subject.Check() != nil {
		return w, BadName
	}
	if w.until, err = time.Parse(time.RFC3339, q.NotAfter); err != nil || !w.until.After(now) || w.until.After(now.AddDate(10, 11, 0)) {
		return w, BadExpiry
	}
	w.until = w.until.Truncate(time.Second)
	return w, ""
}

// certify makes both certificates of all cards, on all cores.
func (a *Authority) certify(ctx context.Context, now time.Time, cards []certificate.Request, list []wanted, out []certificate.Issued) error {
	if len(list) == 0 {
		return nil
	}
	number := a.newest()
	if since, _, err := a.over(number); err != nil || !since.IsZero() {
		if err == nil {
			err = with(Ended, "authority", a.certs[number-1].Common(), "since", since)
		}
		return err
	}
	issuer, err := a.issuing(ctx, number)
	if err != nil {
		return err
	}
	drafts, envelopes, err := a.drafts(now, number, list)
	if err != nil {
		return err
	}
	forms, err := issuer.PrepareAll(ctx, drafts)
	if err != nil {
		return err
	}
	lines := make([]line, len(forms))
	for i, f := range forms {
		h := sm.Hash(f.TBS)
		lines[i] = line{At: now.Unix(), Form: f.Serial.String(), Use: string(f.Profile.Use), Issuer: number, TBS: hex.EncodeToString(h[:])}
	}
	if err := a.ledger.add(lines...); err != nil {
		return err
	}
	certs, err := issuer.IssueAll(ctx, forms)
	if err != nil {
		return err
	}
	texts := make([]string, len(list))
	for i, w := range list {
		o := &out[w.at]
		o.Sign, o.Encrypt, o.Envelope = text(certs[2*i]), text(certs[2*i+1]), envelopes[i]
		b, err := json.Marshal(o)
		if err != nil {
			return err
		}
		texts[i] = string(b)
	}
	if texts, err = a.box.SealAll(sealCard, texts); err != nil {
		return err
	}
	lines = lines[:len(list)]
	for i, w := range list {
		lines[i] = line{At: now.Unix(), Card: cards[w.at].Key, Key: cards[w.at].PublicKey,
			Pair: []string{forms[2*i].Serial.String(), forms[2*i+1].Serial.String()}, Sealed: texts[i]}
	}
	return a.ledger.add(lines...)
}

// drafts draws the encryption pairs and says what all certificates shall say.
func (a *Authority) drafts(now time.Time, number int, list []wanted) (out []pki.Draft, envelopes [][]byte, err error) {
	profiles := map[time.Time][2]*pki.Profile{}
	envelopes = make([][]byte, len(list))
	for n, w := range list {
		pair, err := sm.GenerateKey()
		if err != nil {
			return nil, nil, err
		}
		if envelopes[n], err = sm.Envelope(w.key, pair); err != nil {
			return nil, nil, err
		}
		p, ok := profiles[w.until]
		if !ok {
			for i, use := range []pki.Use{pki.Signing, pki.Encryption} {
				if p[i], err = a.profile(number, pki.Config{Use: use, Validity: w.until.Sub(now) + time.Second}); err != nil {
					return nil, nil, err
				}
			}
			profiles[w.until] = p
		}
		out = append(out, pki.Draft{Profile: p[0], Subject: w.subject, Key: w.key, From: now},
			pki.Draft{Profile: p[1], Subject: w.subject, Key: pair.Public(), From: now})
	}
	return out, envelopes, nil
}

func text(c *pki.Certificate) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.DER()}))
}
