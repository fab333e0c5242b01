package sim

import (
	"fmt"

	"kawu/partner/courier"
	"kawu/partner/wire/host"
)

// Orders are what it can be told, beside the common faults. A parcel is named by its ref, its waybill
// or its addressee's mobile number.
type Orders struct {
	host.Faults
	FailDelivery map[string]string `json:"fail_delivery,omitempty"` // parcel to reason: nobody_home, wrong_address, refused, wrong_phone
	FailNext     int               `json:"fail_next,omitempty"`     // next deliveries fail with nobody_home
	Sign         map[string]string `json:"sign,omitempty"`          // parcel to who signs: self, family, desk
	Unbooked     int               `json:"unbooked,omitempty"`      // files of scans with one for a waybill never given
	LateDays     int               `json:"late_days,omitempty"`     // days later than usual, for parcels booked from now on
}

// Check refuses words that couriers do not have.
func (o *Orders) Check() error {
	for _, why := range o.FailDelivery {
		if courier.ReasonCode(why) == "" {
			return fmt.Errorf("no courier fails because of %q", why)
		}
	}
	for _, who := range o.Sign {
		if courier.SignerCode(who) == "" {
			return fmt.Errorf("%q cannot sign", who)
		}
	}
	return nil
}

func (p parcel) named(list map[string]string) (string, bool) {
	for _, name := range []string{p.Ref, p.Waybill, p.Mobile} {
		if v, ok := list[name]; ok {
			return v, true
		}
	}
	return "", false
}

// failure is why this delivery fails; "" when it does not.
func (o *Orders) failure(p parcel) string {
	if why, ok := p.named(o.FailDelivery); ok {
		return why
	}
	if o.FailNext > 0 {
		o.FailNext--
		return "nobody_home"
	}
	return ""
}

// signer is who signs.
func (o *Orders) signer(p parcel) string {
	if who, ok := p.named(o.Sign); ok {
		return who
	}
	return "self"
}
