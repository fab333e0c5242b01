package production

import "context"

// Order is one card to make: the factory's data file line (the "21 items" plus photo reference). The
// photos themselves go beside the file, in parts.
type Order struct {
	Key        string `json:"key"` // card id
	CardNumber string `json:"card_number"`
	Number     string `json:"number"` // identity number
	Name       string `json:"name"`
	Sex        string `json:"sex"`        // GB/T 2261.1
	Ethnic     string `json:"ethnic"`     // GB/T 3304, two digits; 99 while nobody has told it
	Birth      string `json:"birth"`      // YYYYMMDD
	Birthplace string `json:"birthplace"` // six-digit division
	Account    string `json:"account"`    // bank card number
	Bank       string `json:"bank"`
	City       string `json:"city"` // six-digit division of the issuing city
	Product    string `json:"product"`
	Issued     string `json:"issued"`          // YYYYMMDD
	Expires    string `json:"expires"`         // YYYYMMDD
	Photo      string `json:"photo,omitempty"` // digest of the picture; empty when there is none
	Rare       string `json:"rare,omitempty"`  // characters that the card's typeface lacks, "U+20BB7 U+4DAE": somebody looks at the printed name
}

// Look is how the cards of a batch look, which is the same for all: city, product and bank.
type Look struct {
	Title       string   `json:"title"`
	Region      string   `json:"region"`
	Issuer      string   `json:"issuer"`
	Hotline     string   `json:"hotline"`
	Note        string   `json:"note"`
	Version     string   `json:"version"` // of the design
	Ground      string   `json:"ground"`  // "#rrggbb", like Accent
	Accent      string   `json:"accent"`
	Motifs      []string `json:"motifs"`
	Bank        string   `json:"bank"` // its name as printed
	BankHotline string   `json:"bank_hotline,omitempty"`
}

// Work is a batch for the factory. Remake batches hold only the cards to make again.
type Work struct {
	Batch  string  `json:"batch"`
	Look   Look    `json:"look"`
	Orders []Order `json:"orders"`
}

// PhotosAtOnce is how many photos go to the factory in one message at most: some 10 MB.
const PhotosAtOnce = 500

// Photo is a picture that orders of a batch name.
type Photo struct {
	Digest string `json:"digest"`
	JPEG   []byte `json:"jpeg"`
}

// Result of making one card.
type Result string

// The factory's results (its codes 30, 31, 32).
const (
	Made      Result = "made"
	Failed    Result = "failed"    // chip or print failure: make it again
	Exception Result = "exception" // cannot be made from this data: missing photo, unprintable character
)

// Return is the factory's answer for one card.
type Return struct {
	Key       string `json:"key"`
	Result    Result `json:"result"`
	Reason    string `json:"reason,omitempty"`     // chip_failure, print_failure, no_photo, bad_photo, unprintable
	Chip      string `json:"chip,omitempty"`       // card identification code (卡识别码), 32 hex digits
	ATR       string `json:"atr,omitempty"`        // 26 hex digits of historical bytes (卡复位信息)
	PublicKey string `json:"public_key,omitempty"` // SM2 signing key made on the card: 04 and 64 bytes, hex
	Print     string `json:"print,omitempty"`      // digest of the printed faces (chip/face); empty when nothing is printed yet
	Fonts     string `json:"fonts,omitempty"`      // those that had to stand in for the card's typeface, "BabelStoneHan"
	Waste     bool   `json:"waste,omitempty"`      // something was written on the chip before it failed: it is counted and destroyed
}

// ReturnFile is one return for one batch; No rises and is unique with the factory.
type ReturnFile struct {
	No    string   `json:"no"`
	Batch string   `json:"batch"`
	Box   string   `json:"box"` // shipment that carries the cards made
	Lines []Return `json:"lines"`
}

// Loading is what the authority gave for one card: it goes on the chip before the box leaves.
type Loading struct {
	Key      string `json:"key"`
	Sign     string `json:"sign"`     // PEM
	Encrypt  string `json:"encrypt"`  // PEM
	Envelope []byte `json:"envelope"` // the encryption pair, for the chip's signing key only
}

// Factory makes cards. Send hands a batch over and returns when the factory has taken it; Photos
// hands over pictures that its orders name, before or after it; results come by Collect, in files
// after the one named. Load has certificates put on cards that are still there and their faces
// printed, and says of each, in order, whether it is finished.
type Factory interface {
	Send(ctx context.Context, key string, w Work) error
	Photos(ctx context.Context, key, batch string, set []Photo) error
	Collect(ctx context.Context, after string) ([]ReturnFile, error)
	Load(ctx context.Context, key string, set []Loading) ([]Return, error)
}
