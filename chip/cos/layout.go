package cos

import (
	"kawu/chip/element"
	"kawu/chip/key"
)

// FileID is a file's two-byte identifier.
type FileID uint16

// Kind is how a file is organised.
type Kind byte

// The kinds.
const (
	Linear      Kind = iota // records of fixed tag and length
	Variable                // records of any content, as bank data
	Transparent             // bytes
)

// Mode is what a rule asks for.
type Mode byte

// The modes met in key-loading tables.
const (
	Free Mode = iota
	Never
	ByPIN
	ByKey
	ByPINOrKey
)

// Access is the rule for one kind of access to a file.
type Access struct {
	Mode Mode
	Key  key.ID
}

// File is an elementary file.
type File struct {
	ID          FileID
	Short       byte // short file id; 0 none
	Kind        Kind
	Records     []element.Element // Linear
	Size        int               // Transparent: bytes; Variable: number of records
	Read, Write Access
}

// App is a dedicated file: an environment (DDF) or an application (ADF).
type App struct {
	Name   string
	AID    string
	ID     FileID
	Parent int // index of the parent; the MF is its own
	Files  []File
	Keys   []key.ID
	PIN    bool // has a PIN of its own; others use their environment's
}

// Application identifiers.
const (
	AIDSocial = "sx1.sh.\xC9\xE7\xBB\xE1\xB1\xA3\xD5\xCF" // "sx1.sh.社会保障" in GB 2312
	AIDPKI    = "PKI.\xC9\xE7\xBB\xE1\xB1\xA3\xD5\xCF"
	AIDCert   = "SS.CERT.ADF1"
	AIDDebit  = "\xA0\x00\x00\x03\x33\x01\x01\x01"
	AIDPPSE   = "2PAY.SYS.DDF01"
	rid       = "\xD1\x56\x00\x00\x05" // the ministry's registered identifier
)

// File ids that others need by name.
const (
	EFIssuer      FileID = 0xEF05
	EFHolder      FileID = 0xEF06
	EFPublicKey   FileID = 0x0012
	EFSigning     FileID = 0x0018
	EFEncryption  FileID = 0x0019
	PublicKeySize        = 66 // 0100 (length in bits), X, Y
	CertSize             = 1280
)

// Indexes of the applications of every generation, in the order of the tree.
const (
	mf = iota
	social
	df01
	df02
	df03
	df04
	df05
	pki
	cert
	debit
	ppse
)

// tree is what the mask of the given generation holds. Generation 2 reads freely, has no
// certificates, and its chip no antenna.
func tree(generation int) []App {
	read := Access{ByKey, key.Read}
	if generation < 3 {
		read = Access{Mode: Free}
	}
	write := Access{ByKey, key.Update}
	linear := func(id FileID, read Access, records []element.Element) File {
		return File{ID: id, Short: byte(id & 0x1F), Kind: Linear, Records: records, Read: read, Write: write}
	}
	holder := Access{ByPINOrKey, key.Read} // the person's own data in the DFs
	// Files that exist on the card and whose records are not published: they can be selected, and
	// every record is absent.
	reserved := func(files []File, ids ...FileID) []File {
		for _, id := range ids {
			files = append(files, linear(id, holder, nil))
		}
		return files
	}
	apps := []App{
		mf: {Name: "MF", AID: "1PAY.SYS.DDF01", ID: 0x3F00, Parent: mf},
		social: {Name: "SSSE", AID: AIDSocial, ID: 0xDDF1, Parent: mf, PIN: true,
			Keys: []key.ID{key.Master, key.Internal, key.Update, key.ReloadPIN, key.UnlockPIN, key.Maintain, key.Read},
			Files: []File{
				linear(EFIssuer, read, element.IssuerFile),
				linear(EFHolder, read, element.HolderFile),
				{ID: 0xEF07, Short: 7, Kind: Transparent, Size: 512, Read: Access{Mode: Never}, Write: write}, // fingerprint
				{ID: 0xEF08, Short: 8, Kind: Transparent, Size: 4096, Read: read, Write: write},               // photo
			}},
		df01: {Name: "DF01", AID: rid + "\x00", ID: 0xDF01, Parent: social, Keys: []key.ID{key.Update}, Files: reserved([]File{
			linear(0xEF05, holder, element.Household), linear(0xEF06, holder, element.Residence), linear(0xEF07, holder, element.Standing),
			linear(0xEF08, holder, element.Marital), linear(0xEF15, holder, element.Education)},
			0xEF09, 0xEF0A, 0xEF16, 0xEF17, 0xEF18, 0xEF19, 0xEF1A)},
		df02: {Name: "DF02", AID: rid + "\x01", ID: 0xDF02, Parent: social, Files: reserved([]File{linear(0xEF05, holder, element.Employment)},
			0xEF06, 0xEF07, 0xEF09, 0xEF15, 0xEF16)},
		df03: {Name: "DF03", AID: rid + "\x02", ID: 0xDF03, Parent: social, Files: reserved([]File{
			linear(0xEF05, holder, element.Unemployment), linear(0xEF07, holder, element.Pension)}, 0xEF06, 0xEF15)},
		df04: {Name: "DF04", AID: rid + "\x03", ID: 0xDF04, Parent: social, Keys: []key.ID{key.Update}, Files: reserved([]File{
			linear(0xEF05, holder, element.MedicalBasic), linear(0xEF08, holder, element.MedicalDetail)}, 0xEF06, 0xEF15)},
		df05: {Name: "DF05", AID: rid + "\x04", ID: 0xDF05, Parent: social, Files: []File{linear(0xEF05, holder, element.Education)}},
		pki:  {Name: "PKI", AID: AIDPKI, ID: 0xDDF2, Parent: mf},
		cert: {Name: "CERT", AID: AIDCert, ID: 0xADF1, Parent: pki, PIN: true,
			Keys: []key.ID{key.Master, key.Update, key.Maintain},
			Files: []File{
				{ID: EFPublicKey, Kind: Transparent, Size: PublicKeySize, Write: Access{Mode: Never}},
				{ID: EFSigning, Kind: Transparent, Size: CertSize, Write: write},
				{ID: EFEncryption, Kind: Transparent, Size: CertSize, Write: write},
			}},
		debit: {Name: "DEBIT", AID: AIDDebit, ID: 0xADF2, Parent: mf, Keys: []key.ID{key.Master, key.Maintain},
			Files: []File{{ID: 0x0001, Short: 1, Kind: Variable, Size: 4, Write: Access{Mode: Never}},
				{ID: 0x0002, Short: 2, Kind: Variable, Size: 4, Write: Access{Mode: Never}}}},
		ppse: {Name: "PPSE", AID: AIDPPSE, ID: 0xADF3, Parent: mf},
	}
	if generation < 3 {
		apps[pki].AID, apps[cert].AID, apps[ppse].AID = "", "", "" // not on this mask: never found
	}
	return apps
}

// trees are built once per generation.
var trees = map[int][]App{2: tree(2), 3: tree(3)}

func (a *App) file(match func(*File) bool) (int, bool) {
	for i := range a.Files {
		if match(&a.Files[i]) {
			return i, true
		}
	}
	return 0, false
}
