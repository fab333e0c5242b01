package bank

import "kawu/domain/account"

// The bank's words for its services; a bank's return files are messages of the kind Returns gives.
const (
	KindOpen     = "open"
	KindEnabled  = "ss_enabled"
	KindActivate = "activate"
)

// Returns is the kind of one bank's return files.
func Returns(code string) string { return "returns." + code }

// File is a file of openings.
type File struct {
	Bank  string `json:"AAE008"`
	Lines []Line `json:"lines"`
}

// Line is one opening.
type Line struct {
	Ref     string `json:"ref"`
	Number  string `json:"AAC002"`
	Name    string `json:"AAC003"`
	Mobile  string `json:"AAC067"`
	Outlet  string `json:"outlet"`
	Consent string `json:"consent"` // RFC 3339
}

// Answers is a return file.
type Answers struct {
	Lines []Answer `json:"lines"`
}

// Answer is the bank's result for one line.
type Answer struct {
	Ref     string `json:"ref"`
	Code    string `json:"code"` // 20 has an account, 21 none, 22 match failed
	Reason  string `json:"reason,omitempty"`
	Class   string `json:"class,omitempty"`
	Account string `json:"AAE010,omitempty"`
	Number  string `json:"AAC002"`
}

// Result codes of a return file.
const (
	CodeOpened   = "20"
	CodeNone     = "21"
	CodeMismatch = "22"
)

// Cards tells of cards whose social security was enabled, or that are to be activated.
type Cards struct {
	Bank  string `json:"AAE008"`
	Cards []Card `json:"cards"`
}

// Card is one of them.
type Card struct {
	Account string `json:"AAE010"`
	Card    string `json:"AAZ500"`
}

// word is a result as the bank writes it.
type word struct{ code, reason string }

var outcomes = map[word]account.Outcome{
	{CodeOpened, ""}:            account.Opened,
	{CodeNone, "DOC_EXPIRED"}:   account.DocumentExpired,
	{CodeNone, "CLASS1_EXISTS"}: account.ClassOneExists,
	{CodeNone, "RISK_NAME"}:     account.RiskName,
	{CodeNone, "CHARSET"}:       account.NameRejected,
	{CodeMismatch, "MOBILE"}:    account.PhoneMismatch,
}

// WordOf is how a bank writes an outcome: result code and reason; "" for one that it has no word for.
func WordOf(o account.Outcome) (code, reason string) {
	for w, v := range outcomes {
		if v == o {
			return w.code, w.reason
		}
	}
	return "", ""
}
