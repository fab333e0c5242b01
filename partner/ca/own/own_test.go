package own

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kawu/chip/ceremony"
	"kawu/chip/safe"
	"kawu/domain/certificate"
	"kawu/kit/clock"
	"kawu/kit/fault"
	"kawu/kit/pki"
	"kawu/kit/seal"
	"kawu/kit/sm"
)

var (
	ctx   = context.Background()
	start = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	setup = Setup{Organization: "示例市社会保障卡中心", Root: "根证书", Issuing: "签发证书", URL: "http://ca.example/", RootDays: 10950, IssuingDays: 7300}
	who   = [2]string{"li.01", "zhao.02"}
)

// place is an authority in a folder of its own.
type place struct {
	t     *testing.T
	dir   string
	safe  *safe.Safe
	box   *seal.Box
	clock *clock.Manual
	parts map[string]ceremony.Part
}

func found(t *testing.T) *place {
	t.Helper()
	p := &place{t: t, dir: filepath.Join(t.TempDir(), "ca"), clock: clock.At(start), parts: map[string]ceremony.Part{}}
	var err error
	if p.safe, err = safe.Open(filepath.Join(filepath.Dir(p.dir), "keys"), ""); err != nil {
		t.Fatal(err)
	}
	if p.box, err = seal.New(make([]byte, 32)); err != nil {
		t.Fatal(err)
	}
	acts, err := Init(p.dir, p.safe, setup, who, start, func(s [2]ceremony.Sheet) (func(), error) {
		for i, w := range who {
			p.parts[w] = s[i][RootRef]
		}
		return func() { clear(p.parts) }, nil
	})
	if err != nil || len(acts) != 2 {
		t.Fatal(acts, err)
	}
	return p
}

func (p *place) open() *Authority {
	p.t.Helper()
	a, err := Open(p.dir, p.safe.Keys, p.box, p.clock)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = a.Close() })
	return a
}

func request(t *testing.T, id string) certificate.Request {
	t.Helper()
	k, err := sm.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return certificate.Request{Key: id, Name: "测试𠮷", Number: "11010519491231002X", PublicKey: hex.EncodeToString(k.Public().Point()),
		NotAfter: start.AddDate(10, 0, 0).Format(time.RFC3339)}
}

func issue(t *testing.T, a *Authority, q ...certificate.Request) []certificate.Issued {
	t.Helper()
	got, err := a.Issue(ctx, "", q)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func parse(t *testing.T, text string) (*pki.Certificate, pki.Serial) {
	t.Helper()
	c, err := pki.ParsePEM([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	s, _ := c.Serial()
	return c, s
}

func (p *place) list(name string) *pki.RevocationList {
	p.t.Helper()
	a := &Authority{dir: p.dir}
	c, err := a.certificate(name + ".crt")
	if err != nil {
		p.t.Fatal(err)
	}
	l, err := a.list(name, c)
	if err != nil {
		p.t.Fatal(err)
	}
	return l
}

func TestIssuing(t *testing.T) {
	p := found(t)
	a := p.open()
	one, two := request(t, "crd_1"), request(t, "crd_2")
	bad := map[string]func(*certificate.Request){
		BadKey: func(q *certificate.Request) { q.PublicKey = "04" }, BadName: func(q *certificate.Request) { q.Name = "张\ufffd" },
		BadNumber: func(q *certificate.Request) { q.Number = "110105194912310021" }, BadExpiry: func(q *certificate.Request) { q.NotAfter = start.Format(time.RFC3339) },
	}
	for want, spoil := range bad {
		q := request(t, "crd_bad")
		spoil(&q)
		if got := issue(t, a, one, q, two); got[1].Fault != want || got[1].Sign != "" || got[0].Sign == "" || got[2].Key != "crd_2" {
			t.Errorf("%s: %+v", want, got[1].Fault)
		}
	}
	first := issue(t, a, one, two)
	chain, err := a.Chain(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	root, _ := parse(t, chain.Root)
	issuing, _ := parse(t, chain.Issuing)
	for text, by := range map[string]*pki.Certificate{chain.List: issuing, chain.RootList: root} {
		if b, _ := pem.Decode([]byte(text)); b == nil {
			t.Error("a list is missing")
		} else if _, err := pki.ParseRevocationList(b.Bytes, by); err != nil {
			t.Error("a list is not its issuer's:", err)
		}
	}
	if der := issuing.DER(); !bytes.Contains(der, []byte("/root.crl")) || bytes.Contains(der, []byte("/issuing-1.crl")) {
		t.Error("the issuing authority does not name the root's list, or names its own")
	}
	for _, text := range []string{first[0].Sign, first[0].Encrypt} {
		c, _ := parse(t, text)
		if err := pki.Verify(c, issuing, root, start.AddDate(9, 0, 0)); err != nil || c.Common() != "测试𠮷" || c.SubjectSerial() != "crd-1" {
			t.Error(err, c.Common(), c.SubjectSerial())
		}
	}
	p.clock.To(start.Add(time.Hour))
	if again := issue(t, p.open(), two, one); again[1].Sign != first[0].Sign || again[0].Encrypt != first[1].Encrypt || !bytes.Equal(again[1].Envelope, first[0].Envelope) {
		t.Error("asked again after a restart, there were other certificates")
	}
	other := request(t, "crd_1")
	if got := issue(t, a, other); got[0].Fault != OtherKey {
		t.Error("a card has certificates for two keys")
	}
	text, err := os.ReadFile(filepath.Join(p.dir, "ledger"))
	if err != nil || bytes.Contains(text, []byte("测试")) || bytes.Contains(text, []byte(one.Number)) || bytes.Contains(text, []byte("BEGIN")) {
		t.Error("the ledger tells of people", err)
	}
}

func TestRevoking(t *testing.T) {
	p := found(t)
	a := p.open()
	one := request(t, "crd_1")
	got := issue(t, a, one, request(t, "crd_2"))
	_, sign := parse(t, got[0].Sign)
	_, crypt := parse(t, got[0].Encrypt)
	all := []certificate.Revocation{{Serial: sign.String(), Reason: "keyCompromise"}, {Serial: crypt.String(), Reason: "superseded"}}
	for _, wrong := range []certificate.Revocation{{Serial: pki.NewSerial().String(), Reason: "superseded"}, {Serial: sign.String(), Reason: "lost"}} {
		if err := a.Revoke(ctx, "", []certificate.Revocation{all[1], wrong}); !errors.Is(err, Unknown) {
			t.Fatal(err)
		}
	}
	if p.list("issuing-1").Len() != 0 {
		t.Fatal("a refused revocation revoked a part")
	}
	p.clock.To(start.Add(time.Minute))
	if err := a.Revoke(ctx, "", all); err != nil {
		t.Fatal(err)
	}
	p.clock.To(start.Add(time.Hour))
	if err := p.open().Revoke(ctx, "", []certificate.Revocation{{Serial: sign.String(), Reason: "superseded"}}); err != nil {
		t.Fatal(err)
	}
	// Another process that did not know revoked it too.
	if err := a.ledger.add(line{At: start.Add(2 * time.Hour).Unix(), End: sign.String(), Why: "superseded"}); err != nil {
		t.Fatal(err)
	}
	if err := a.Publish(ctx); err != nil {
		t.Fatal(err)
	}
	l := p.list("issuing-1")
	r, ok := l.Find(sign)
	if !ok || l.Len() != 2 || r.Cause != pki.KeyCompromise || !r.At.Equal(start.Add(time.Minute)) {
		t.Error("the first reason does not stand:", r, l.Len())
	}
	again := request(t, "crd_1")
	if got := issue(t, a, again); got[0].Fault != "" || got[0].Sign == "" {
		t.Error("a card that is made again gets no certificates:", got[0].Fault)
	}
	st, err := a.Status(ctx)
	if err != nil || st.Cards != 2 || st.Signed != 6 || st.Revoked != 2 || st.Unfinished != 0 || len(st.Warnings) != 0 || !st.Members[1].Ready || st.Members[1].Lines != 2 {
		t.Errorf("%+v %v", st, err)
	}
	p.clock.To(start.AddDate(12, 0, 0))
	if st, err = a.Status(ctx); err != nil || len(st.Warnings) != 3 {
		t.Errorf("an old authority: %q %v", st.Warnings, err)
	}
}

// A power cut between the form and the certificate: the number is known, answered as never issued,
// and revoked when nobody can be waiting for it any more.
func TestPowerCut(t *testing.T) {
	p := found(t)
	a := p.open()
	lostSerial := pki.NewSerial()
	if err := a.ledger.add(line{At: start.Unix(), Form: lostSerial.String(), Use: "signing", Issuer: 1}); err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(filepath.Join(p.dir, "ledger"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteString(`{"at":1,"card":"crd_1","ke`); err != nil {
		t.Fatal(err)
	}
	file.Close()
	b := p.open()
	got := issue(t, b, request(t, "crd_1"))
	b = p.open()
	if again, err := b.Status(ctx); err != nil || again.Cards != 1 || again.Signed != 2 || again.Unfinished != 1 || got[0].Sign == "" {
		t.Fatalf("%+v %v", again, err)
	}
	if st, err := b.standings([]pki.Serial{lostSerial}); err != nil || st[0].Known {
		t.Error("a certificate that nobody has is answered as good:", st, err)
	}
	for lines, after := range []time.Duration{time.Minute, 2 * time.Hour} {
		p.clock.To(start.Add(after))
		if err := b.Publish(ctx); err != nil || p.list("issuing-1").Len() != lines {
			t.Error(after, p.list("issuing-1").Len(), err)
		}
	}
	if err := os.WriteFile(filepath.Join(p.dir, "ledger"), []byte("{}\nnonsense\n{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(p.dir, p.safe.Keys, p.box, p.clock); !errors.Is(err, BadLedger) {
		t.Error("a damaged ledger is read:", err)
	}
}

func TestRootCeremony(t *testing.T) {
	p := found(t)
	if _, err := Init(p.dir, p.safe, setup, who, start, nil); !errors.Is(err, Exists) {
		t.Error("a second authority over the first:", err)
	}
	a := p.open()
	before := issue(t, a, request(t, "crd_1"))
	_, old := parse(t, a.mustChain(t).Issuing)
	plan, err := ParsePlan([]byte(fmt.Sprintf("ceremony: next\nissuing: true\nrevoke: [{serial: %s, reason: superseded}]\nlist_days: 400\n", old)))
	if err != nil {
		t.Fatal(err)
	}
	one := map[string]ceremony.Part{who[0]: p.parts[who[0]]}
	if _, err := Hold(p.dir, p.safe, plan, one, start); !errors.Is(fault.Of(err), ceremony.Incomplete) {
		t.Error("one custodian alone opened the root:", err)
	}
	swapped := map[string]ceremony.Part{who[0]: p.parts[who[1]], who[1]: p.parts[who[0]]}
	if _, err := Hold(p.dir, p.safe, plan, swapped, start); !errors.Is(fault.Of(err), ceremony.WrongPart) {
		t.Error("exchanged parts:", err)
	}
	later := start.AddDate(1, 0, 0)
	p.clock.To(later)
	acts, err := Hold(p.dir, p.safe, plan, p.parts, later)
	if err != nil || len(acts) != 4 {
		t.Fatal(acts, err)
	}
	if r, ok := p.list("root").Find(old); !ok || r.Cause != pki.Superseded {
		t.Error("the root's list does not name the authority that ended")
	}
	a = p.open()
	q := request(t, "crd_2")
	q.NotAfter = later.AddDate(10, 0, 0).Format(time.RFC3339)
	got := issue(t, a, q)
	c, _ := parse(t, got[0].Sign)
	chain := a.mustChain(t)
	issuing, _ := parse(t, chain.Issuing)
	root, _ := parse(t, chain.Root)
	if err := pki.Verify(c, issuing, root, later); err != nil || issuing.Common() != "签发证书 2" {
		t.Error(issuing.Common(), err)
	}
	_, first := parse(t, before[0].Sign)
	if err := a.Revoke(ctx, "", []certificate.Revocation{{Serial: first.String(), Reason: "superseded"}}); err != nil {
		t.Fatal(err)
	}
	if p.list("issuing-1").Len() != 1 || p.list("issuing-2").Len() != 0 {
		t.Error("a certificate is revoked on another authority's list")
	}
	for _, bad := range []string{"", "ceremony: x\n", "ceremony: x\nlist_days: 1\nsecret: 1\n", "ceremony: x\nlist_days: 1\nrevoke: [{serial: zz}]\n"} {
		if _, err := ParsePlan([]byte(bad)); err == nil {
			t.Errorf("%q is a plan", bad)
		}
	}
}

func (a *Authority) mustChain(t *testing.T) certificate.Chain {
	t.Helper()
	c, err := a.Chain(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestHandlerServesOnlyWhatIsPublished(t *testing.T) {
	p := found(t)
	h, err := p.open().Handler(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{"/root.crt": 200, "/issuing-1.crl": 200, "/root.sealed": 404, "/ledger": 404, "/..%2fca.yaml": 404, "/..%2fpublic%2froot.crt": 404, "/ocsp/2/x": 404} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != want {
			t.Error(path, w.Code)
		}
	}
}
