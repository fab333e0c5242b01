package pki

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"kawu/kit/sm"
)

const second = time.Second

// Issuer is a certificate with the key that signs for it; safe for concurrent use if the signer is.
type Issuer struct {
	cert   *Certificate
	signer sm.Signer
}

// Unsigned is a linted to-be-signed form: store Serial and TBS before it is signed.
type Unsigned struct {
	Profile *Profile
	Serial  Serial
	TBS     []byte
}

// NewIssuer refuses a signer whose key is not the certificate's: WrongKey.
func NewIssuer(cert *Certificate, signer sm.Signer) (*Issuer, error) {
	if !cert.key.Equal(signer.Public()) {
		return nil, WrongKey
	}
	return &Issuer{cert, signer}, nil
}

// Certificate is the issuer's own.
func (i *Issuer) Certificate() *Certificate { return i.cert }

// SelfSigned makes a root certificate; the draft's key is the signer's.
func SelfSigned(d Draft, signer sm.Signer) (*Certificate, error) {
	d.Key = signer.Public()
	u, err := prepare(d, nil)
	if err != nil {
		return nil, err
	}
	return release(u, nil, signer)
}

// Prepare encodes and lints; nothing is signed yet.
func (i *Issuer) Prepare(d Draft) (*Unsigned, error) { return prepare(d, i.cert) }

// Issue signs a prepared form and releases it only after the signature verifies and the finished
// certificate passes the lint again.
func (i *Issuer) Issue(u *Unsigned) (*Certificate, error) { return release(u, i.cert, i.signer) }

// PrepareAll prepares a set on all cores, in its order; the first fault stops it.
func (i *Issuer) PrepareAll(ctx context.Context, drafts []Draft) ([]*Unsigned, error) {
	return all(ctx, drafts, i.Prepare)
}

// IssueAll issues a set on all cores, in its order; the first fault stops it. A certificate that was
// signed before the fault exists: its stored form says so.
func (i *Issuer) IssueAll(ctx context.Context, set []*Unsigned) ([]*Certificate, error) {
	return all(ctx, set, i.Issue)
}

func all[In, Out any](ctx context.Context, in []In, one func(In) (Out, error)) ([]Out, error) {
	out := make([]Out, len(in))
	var next atomic.Int64
	var once sync.Once
	var failed error
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(in)) {
		wg.Go(func() {
			for k := next.Add(1) - 1; k < int64(len(in)) && ctx.Err() == nil; k = next.Add(1) - 1 {
				o, err := one(in[k])
				if err != nil {
					once.Do(func() { failed = err; stop() })
					return
				}
				out[k] = o
			}
		})
	}
	wg.Wait()
	if failed == nil {
		failed = ctx.Err()
	}
	if failed != nil {
		return nil, failed
	}
	return out, nil
}

func prepare(d Draft, issuer *Certificate) (*Unsigned, error) {
	if err := d.Subject.Check(); err != nil {
		return nil, err
	}
	if d.Serial == (Serial{}) {
		d.Serial = NewSerial()
	}
	own := keyID(d.Key)
	var issuerX *sm.X509
	name, authority := []byte(nil), own
	if issuer == nil { // the root names itself
		name = d.Subject.element()
	} else {
		name, authority, issuerX = issuer.x.RawSubject, issuer.x.SubjectKeyId, issuer.x
	}
	tbs, err := d.encode(name, own, authority)
	if err != nil {
		return nil, err
	}
	x, err := read(tbs, unsignedSignature)
	if err != nil {
		return nil, err
	}
	if err := lint(x, d.Profile, issuerX); err != nil {
		return nil, err
	}
	if err := lintDraft(x, d); err != nil {
		return nil, err
	}
	return &Unsigned{Profile: d.Profile, Serial: d.Serial, TBS: tbs}, nil
}

func release(u *Unsigned, issuer *Certificate, signer sm.Signer) (*Certificate, error) {
	signature, err := signer.Sign(u.TBS)
	if err != nil {
		return nil, err
	}
	if !signer.Public().Verify(u.TBS, signature) {
		return nil, BadSignature
	}
	x, err := read(u.TBS, signature)
	if err != nil {
		return nil, err
	}
	var issuerX *sm.X509
	if issuer != nil {
		issuerX = issuer.x
	}
	if err := lint(x, u.Profile, issuerX); err != nil {
		return nil, err
	}
	key, err := sm.X509Key(x)
	if err != nil {
		return nil, err
	}
	return &Certificate{der: x.Raw, x: x, key: key}, nil
}

func read(tbs, signature []byte) (*sm.X509, error) {
	x, err := sm.ParseX509(envelope(tbs, signature, nil))
	if err != nil {
		return nil, because(Lint, "it cannot be read back").Because(err)
	}
	return x, nil
}
