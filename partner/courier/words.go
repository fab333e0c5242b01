package courier

import "kawu/domain/parcel"

// The courier's words for its service and for the messages that carry its scans.
const (
	KindBook  = "book"
	KindScans = "scans"
)

// Bookings asks for parcels to be collected.
type Bookings struct {
	Lines []Booking `json:"lines"`
}

// Booking is one parcel.
type Booking struct {
	Ref     string `json:"ref"`
	Sender  string `json:"AAE008"` // the bank that ships
	Name    string `json:"AAC003"`
	Mobile  string `json:"AAC067"`
	Address string `json:"AAE006"`
	Own     bool   `json:"own_signature"`
	Pay     string `json:"pay"` // 1 sender, 2 recipient
}

// Waybills has one Waybill for every line.
type Waybills struct {
	Results []Waybill `json:"results"`
}

// Waybill is one parcel's; Code is empty when it was taken.
type Waybill struct {
	Ref     string `json:"ref"`
	Waybill string `json:"waybill,omitempty"`
	Code    string `json:"code,omitempty"`
}

// Scans is a file of scans.
type Scans struct {
	Scans []Scan `json:"scans"`
}

// Scan is one.
type Scan struct {
	No      string `json:"no"`
	Waybill string `json:"waybill"`
	Op      string `json:"op"`
	At      string `json:"at"` // RFC 3339
	Place   string `json:"place,omitempty"`
	Signer  string `json:"signer,omitempty"`
	Reason  string `json:"reason,omitempty"`
}

// The courier's code lists, and what the codes mean in the room's words.
var (
	ops     = map[string]string{"203": parcel.Collected, "702": parcel.OutNow, "704": parcel.Delivered, "705": parcel.Failed, "711": parcel.Returned}
	signers = map[string]string{"": "", "10": "self", "11": "family", "12": "desk"}
	reasons = map[string]string{"": "", "101": "nobody_home", "102": "wrong_address", "103": "refused", "104": "wrong_phone"}
	refused = map[string]string{"": "", "E01": "no_addressee", "E02": "no_address", "E03": "bad_mobile", "E04": "bad_payer"}
	payers  = map[string]string{"1": "sender", "2": "recipient"}
)

// codeOf finds the courier's code for a word of ours; "" when it has none.
func codeOf(list map[string]string, word string) string {
	for code, w := range list {
		if w == word {
			return code
		}
	}
	return ""
}

// Op is the courier's code for what happened to a parcel.
func Op(what string) string { return codeOf(ops, what) }

// SignerCode is its code for who signed: self, family or desk.
func SignerCode(who string) string { return codeOf(signers, who) }

// ReasonCode is its code for why a delivery failed: nobody_home, wrong_address, refused, wrong_phone.
func ReasonCode(why string) string { return codeOf(reasons, why) }
