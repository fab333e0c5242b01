package factory

import "kawu/domain/production"

// The factory's words for its service and for the messages that carry its returns.
const (
	KindSend    = "personalise"
	KindPhotos  = "photos"
	KindLoad    = "certificates"
	KindReturns = "returns"
)

// Batch is the data file of one batch.
type Batch struct {
	Batch string `json:"batch"`
	Look  Look   `json:"look"`
	Lines []Line `json:"lines"`
}

// Look is what all cards of a batch share on their faces.
type Look struct {
	Title       string   `json:"title"`
	Region      string   `json:"region"`
	Issuer      string   `json:"issuer"`
	Hotline     string   `json:"hotline"`
	Note        string   `json:"note"`
	Version     string   `json:"version"`
	Ground      string   `json:"ground"`
	Accent      string   `json:"accent"`
	Motifs      []string `json:"motifs"`
	Bank        string   `json:"AAE008_name"`
	BankHotline string   `json:"bank_hotline,omitempty"`
}

// Photos are pictures that lines of a batch name, in parts beside its data file. They are kept until
// the batch is delivered.
type Photos struct {
	Batch    string    `json:"batch"`
	Pictures []Picture `json:"pictures"`
}

// Picture is one of them.
type Picture struct {
	Digest string `json:"digest"` // SM3, hexadecimal
	JPEG   []byte `json:"jpeg"`
}

// Line is one card to make.
type Line struct {
	Ref     string `json:"ref"`
	Card    string `json:"AAZ500"`
	Number  string `json:"AAC002"`
	Name    string `json:"AAC003"`
	Sex     string `json:"AAC004"`
	Ethnic  string `json:"AAC005"`
	Birth   string `json:"AAC006"`
	Place   string `json:"birthplace"`
	Account string `json:"AAE010"`
	Bank    string `json:"AAE008"`
	City    string `json:"AAB301"`
	Product string `json:"product"`
	Issued  string `json:"AAZ503"`
	Expires string `json:"expires"`
	Photo   string `json:"photo,omitempty"` // SM3 of the picture
	Rare    string `json:"rare,omitempty"`  // code points to look at
}

// Returns is one return: what became of some cards of a batch, and the box with those that were made.
type Returns struct {
	Batch string   `json:"batch"`
	Box   string   `json:"box"`
	Lines []Result `json:"lines"`
}

// Result is one card's.
type Result struct {
	Ref       string `json:"ref"`
	Code      string `json:"code"` // 30 made, 31 failed, 32 exception
	Reason    string `json:"reason,omitempty"`
	Chip      string `json:"AAZ501,omitempty"`
	ATR       string `json:"AAZ507,omitempty"`
	PublicKey string `json:"public_key,omitempty"`
	Print     string `json:"print,omitempty"` // digest of both printed sides
	Fonts     string `json:"fonts,omitempty"` // stood in for the typeface
	Waste     bool   `json:"waste,omitempty"`
}

// Certificates are for cards that were made and are still at the factory.
type Certificates struct {
	Lines []Certified `json:"lines"`
}

// Certified is one card's: both certificates in DER and the enveloped encryption pair.
type Certified struct {
	Ref      string `json:"ref"`
	Sign     []byte `json:"sign"`
	Encrypt  []byte `json:"encrypt"`
	Envelope []byte `json:"envelope"`
}

// Loaded has one Result for every line: 30 for a card that is complete and printed, or 31 for one that
// failed and is waste now.
type Loaded struct {
	Results []Result `json:"results"`
}

// Result codes of a return.
const (
	CodeMade      = "30"
	CodeFailed    = "31"
	CodeException = "32"
)

// word is a result as the factory writes it.
type word struct{ code, reason string }

// meaning is the same in the room's words.
type meaning struct {
	result production.Result
	reason string
}

var meanings = map[word]meaning{
	{CodeMade, ""}:           {production.Made, ""},
	{CodeFailed, "CHIP"}:     {production.Failed, "chip_failure"},
	{CodeFailed, "PRINT"}:    {production.Failed, "print_failure"},
	{CodeException, "PHOTO"}: {production.Exception, "no_photo"},
	{CodeException, "IMAGE"}: {production.Exception, "bad_photo"},
	{CodeException, "FONT"}:  {production.Exception, "unprintable"},
}

// WordOf is how a factory writes a reason: result code and word; "" for one that it has no word for.
func WordOf(reason string) (code, text string) {
	for w, m := range meanings {
		if m.reason == reason {
			return w.code, w.reason
		}
	}
	return "", ""
}
