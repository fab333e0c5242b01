package centre

import (
	"testing"

	"kawu/domain/certificate"
	"kawu/kit/state"
	"kawu/kit/wording"
)

// TestCertificates: every state and every reason has its words, and what the authority still publishes is
// said until it has confirmed.
func TestCertificates(t *testing.T) {
	reasons := []string{certificate.Superseded, certificate.Ceased, certificate.Lost, certificate.OnHold}
	for _, s := range []state.State{certificate.Good, certificate.Held, certificate.Revoked} {
		for _, r := range reasons {
			c := certOf(certificate.Certificate{State: s, Reason: r, Told: r})
			if !wording.Has(c.State.Said.Key) || !wording.Has(c.Reason.Key) || !c.Was.Empty() {
				t.Errorf("%s %s: %+v", s, r, c)
			}
		}
	}
	c := certOf(certificate.Certificate{State: certificate.Revoked, Reason: certificate.Lost, Told: certificate.OnHold})
	if c.Reason.Key != "centre.cert.reason.keycompromise" || c.Was.Key != "centre.cert.reason.certificatehold" {
		t.Errorf("cancelled while on hold, the authority not told yet: %+v", c)
	}
	if c := certOf(certificate.Certificate{State: certificate.Good, Told: certificate.OnHold}); !c.Reason.Empty() || c.Was.Empty() {
		t.Errorf("released, the authority not told yet: %+v", c)
	}
	if c := certOf(certificate.Certificate{State: certificate.Held, Reason: certificate.OnHold}); c.Was.Key != "centre.cert.good" {
		t.Errorf("reported, the authority not told yet: %+v", c)
	}
}
