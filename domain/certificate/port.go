package certificate

import "context"

// Request asks for the two certificates of one card: signing for the key made on the card, and
// encryption for a pair that the authority makes.
type Request struct {
	Key       string `json:"key"` // card id
	Name      string `json:"name"`
	Number    string `json:"number"` // identity number; goes into the subject only as the profile says
	PublicKey string `json:"public_key"`
	NotAfter  string `json:"not_after"` // RFC 3339, the card's expiry
}

// Issued is the authority's answer for one card; Fault is its error code when it refused.
type Issued struct {
	Key     string `json:"key"`
	Fault   string `json:"fault,omitempty"`
	Sign    string `json:"sign,omitempty"`    // PEM
	Encrypt string `json:"encrypt,omitempty"` // PEM
	// Envelope holds the encryption pair for the chip's signing key: nobody else can open it.
	Envelope []byte `json:"envelope,omitempty"`
}

// Revocation takes a certificate out of use, or back into it.
type Revocation struct {
	Serial string `json:"serial"`
	Reason string `json:"reason"` // RFC 5280 name: superseded, keyCompromise, cessationOfOperation, certificateHold, removeFromCRL
}

// Lifted ends a hold: the certificate is good again and the next list does not name it.
const Lifted = "removeFromCRL"

// Chain is what a reader of cards needs to trust them, as PEM.
type Chain struct {
	Root    string `json:"root"`
	Issuing string `json:"issuing"`
	List    string `json:"list"` // the issuing authority's newest revocation list
	// RootList is the root's: it names issuing authorities, and a full path check asks for it.
	RootList string `json:"root_list"`
	// Former are issuing authorities that made certificates which are still in use.
	Former []Former `json:"former,omitempty"`
}

// Former is an issuing authority that has a successor.
type Former struct {
	Issuing string `json:"issuing"`
	List    string `json:"list"` // empty when its key is gone and nothing can be revoked any more
}

// Authority is the certificate authority. A repeated key returns the first answer, so a lost
// answer never makes a second certificate. A card whose certificates are all revoked may have new
// ones for another key: it was made again; one on hold is not revoked. Revoke does all of its list or
// none: certificateHold suspends, Lifted takes that back, any other reason is for good, of one on hold
// too, and the first of those stands. Lifting what is revoked for good is refused; what is so already
// is no fault. Chain brings the newest list each time.
type Authority interface {
	Issue(ctx context.Context, key string, cards []Request) ([]Issued, error)
	Revoke(ctx context.Context, key string, list []Revocation) error
	Chain(ctx context.Context, key string) (Chain, error)
}
