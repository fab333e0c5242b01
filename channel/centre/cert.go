package centre

import (
	"strings"

	"kawu/channel/web"
	"kawu/domain/certificate"
)

// Cert is a card's signing certificate as the centre reads it; its encryption certificate goes the same
// way at the same moment.
type Cert struct {
	Serial string
	State  web.Tag
	Reason web.Said // why it is out of use, as the authority's list names it; empty while it is good
	Was    web.Said // what the authority still says of it while it is being told; empty when it knows
}

var certTones = map[string]web.Tone{"good": web.Good, "held": web.Watch, "revoked": web.Bad}

// certOf words a certificate.
func certOf(k certificate.Certificate) Cert {
	c := Cert{Serial: k.Serial, State: web.Tag{Tone: certTones[string(k.State)], Said: web.Say("centre.cert." + string(k.State))}}
	if k.Reason != "" {
		c.Reason = certReason(k.Reason)
	}
	if k.Reason != k.Told {
		c.Was = certReason(k.Told)
	}
	return c
}

// certReason words an RFC 5280 reason; "" is a certificate that no list names.
func certReason(r string) web.Said {
	if r == "" {
		return web.Say("centre.cert.good")
	}
	return web.Say("centre.cert.reason."+strings.ToLower(r), "name", r)
}
