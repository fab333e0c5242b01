package apdu

import "fmt"

// Status is the two-byte status word that ends every answer.
type Status uint16

// Status words the card and the terminals of this system use.
const (
	OK             Status = 0x9000
	Invalidated    Status = 0x6283 // selected, but blocked
	Triesless      Status = 0x63C0 // wrong secret; the low nibble counts the tries left
	MemoryFailure  Status = 0x6581
	WrongLength    Status = 0x6700
	NoSecureClass  Status = 0x6882
	WrongFileKind  Status = 0x6981
	NotSatisfied   Status = 0x6982 // security status
	Blocked        Status = 0x6983 // secret locked
	NoChallenge    Status = 0x6984
	NotNow         Status = 0x6985 // conditions of use
	WrongData      Status = 0x6A80
	CardLocked     Status = 0x6A81 // function not supported: the whole card is locked
	NoFile         Status = 0x6A82
	NoRecord       Status = 0x6A83
	NoSpace        Status = 0x6A84
	WrongP1P2      Status = 0x6A86
	NoKey          Status = 0x6A88
	OutsideFile    Status = 0x6B00
	NoInstruction  Status = 0x6D00
	NoClass        Status = 0x6E00
	WrongMAC       Status = 0x9302
	AppDead        Status = 0x9303 // application locked for ever
	KeyUnsupported Status = 0x9403
)

var words = map[Status]string{
	OK: "done", Invalidated: "selected but blocked", MemoryFailure: "memory failure", WrongLength: "wrong length",
	NoSecureClass: "secure messaging not supported", WrongFileKind: "command does not fit the file", NotSatisfied: "security status not satisfied",
	Blocked: "secret is locked", NoChallenge: "no challenge is open", NotNow: "conditions of use not satisfied", WrongData: "wrong data",
	CardLocked: "the card is locked", NoFile: "file not found", NoRecord: "record not found", NoSpace: "not enough room",
	WrongP1P2: "wrong P1 or P2", NoKey: "key not found", OutsideFile: "offset outside the file", NoInstruction: "instruction not supported",
	NoClass: "class not supported", WrongMAC: "MAC is wrong", AppDead: "application is locked for ever", KeyUnsupported: "key not supported",
}

// Tries is the word for a wrong secret with n tries left.
func Tries(n int) Status { return Triesless | Status(n&0xF) }

// TriesLeft reads Tries back; false for any other word.
func (s Status) TriesLeft() (int, bool) { return int(s & 0xF), s&0xFFF0 == Triesless }

// Bytes is the word as it travels.
func (s Status) Bytes() []byte { return []byte{byte(s >> 8), byte(s)} }

// String is the four digits and the meaning.
func (s Status) String() string {
	if n, ok := s.TriesLeft(); ok {
		return fmt.Sprintf("%04X wrong, %d tries left", uint16(s), n)
	}
	if w, ok := words[s]; ok {
		return fmt.Sprintf("%04X %s", uint16(s), w)
	}
	return fmt.Sprintf("%04X", uint16(s))
}
