package own

import (
	"context"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"kawu/chip/key"
	"kawu/kit/pki"
	"kawu/kit/sm"
)

// answerFresh is how long a status answer is good; responderLife how long a responder's key is: it is
// drawn at the start and never stored.
const (
	answerFresh   = time.Hour
	responderLife = 30 * day
)

// Handler serves certificates and lists (root.crt, issuing-1.crl …, DER as RFC 5280 wants) and answers
// status questions at ocsp/N, by GET and POST. One for each issuing authority whose key is in the store.
func (a *Authority) Handler(ctx context.Context) (http.Handler, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{name}", a.file)
	for i := 1; i <= a.newest(); i++ {
		r, err := a.responder(ctx, i)
		if errors.Is(err, key.Missing) {
			continue
		}
		if err != nil {
			return nil, err
		}
		n := strconv.Itoa(i)
		mux.HandleFunc("POST /ocsp/"+n, func(w http.ResponseWriter, q *http.Request) {
			question, err := io.ReadAll(http.MaxBytesReader(w, q.Body, 1<<16))
			if err != nil {
				http.Error(w, "too long", http.StatusRequestEntityTooLarge)
				return
			}
			a.answer(w, r, question)
		})
		mux.HandleFunc("GET /ocsp/"+n+"/{question...}", func(w http.ResponseWriter, q *http.Request) {
			text, _ := url.PathUnescape(strings.TrimPrefix(q.URL.EscapedPath(), "/ocsp/"+n+"/"))
			question, _ := base64.StdEncoding.DecodeString(text) // no question is answered as a malformed one
			a.answer(w, r, question)
		})
	}
	return mux, nil
}

func (a *Authority) responder(ctx context.Context, number int) (*pki.Responder, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	issuer, err := a.issuing(ctx, number)
	if err != nil {
		return nil, err
	}
	k, err := sm.GenerateKey()
	if err != nil {
		return nil, err
	}
	profile, err := a.profile(number, pki.Config{Use: pki.Status, Validity: responderLife})
	if err != nil {
		return nil, err
	}
	now := a.clock.Now()
	form, err := issuer.Prepare(pki.Draft{Profile: profile, Subject: a.setup.name("OCSP"), Key: k.Public(), From: now})
	if err != nil {
		return nil, err
	}
	err = a.ledger.add(line{At: now.Unix(), Form: form.Serial.String(), Use: string(pki.Status), Issuer: number})
	if err != nil {
		return nil, err
	}
	cert, err := issuer.Issue(form)
	if err != nil {
		return nil, err
	}
	return pki.NewResponder(issuer.Certificate(), cert, k, answerFresh)
}

func (a *Authority) answer(w http.ResponseWriter, r *pki.Responder, question []byte) {
	answer, err := r.Answer(a.clock.Now(), question, a.standings)
	if err != nil {
		http.Error(w, "no answer", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/ocsp-response")
	_, _ = w.Write(answer)
}

func (a *Authority) standings(ask []pki.Serial) ([]pki.Standing, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.ledger.refresh(); err != nil {
		return nil, err
	}
	out := make([]pki.Standing, len(ask))
	for i, serial := range ask {
		if s := a.ledger.serials[serial.String()]; s != nil && s.released {
			out[i] = pki.Standing{Known: true, Revoked: !s.ended.IsZero(), At: s.ended, Cause: causes[s.why]}
		}
	}
	return out, nil
}

// file serves what is published, as DER.
func (a *Authority) file(w http.ResponseWriter, q *http.Request) {
	name := q.PathValue("name")
	kind := map[string]string{".crt": "application/pkix-cert", ".crl": "application/pkix-crl"}[filepath.Ext(name)]
	if kind == "" || name != filepath.Base(name) {
		http.NotFound(w, q)
		return
	}
	text, err := os.ReadFile(filepath.Join(a.dir, "public", name))
	b, _ := pem.Decode(text)
	if err != nil || b == nil {
		http.NotFound(w, q)
		return
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(b.Bytes)
}
