package sim

import (
	"fmt"
	"net/http"
	"time"

	"kawu/domain/account"
	"kawu/kit/cal"
	"kawu/kit/ident"
	"kawu/kit/idno"
	"kawu/partner/bank"
	"kawu/partner/wire/host"
)

// Sim is a running system of all banks.
type Sim struct {
	*host.Host
	orders   *Orders
	files    *host.Table[bank.File] // taken and not yet answered, by bank and key
	accounts *host.Table[Account]   // by account number
	byRef    *host.Table[string]    // bank and line's ref to account number
	holders  *host.Table[string]    // bank and identity number to the class I account number
	bins     *host.Table[string]    // bank to the first six digits of its account numbers
}

// Account is one account as the bank knows it.
type Account struct {
	Account string `json:"account"`
	Bank    string `json:"bank"`
	Number  string `json:"number"`
	Class   string `json:"class"`
	State   string `json:"state"`          // N new, A normal, as banks write it
	Card    string `json:"card,omitempty"` // the card whose social security was reported enabled
}

type due struct{ File string }

// New starts it on the memory in o.Data.
func New(o host.Options) (*Sim, error) {
	h, err := host.Open("bank", o)
	if err != nil {
		return nil, err
	}
	s := &Sim{Host: h,
		files:    host.NewTable[bank.File](h, "files"),
		accounts: host.NewTable[Account](h, "accounts"),
		byRef:    host.NewTable[string](h, "refs"),
		holders:  host.NewTable[string](h, "holders"),
		bins:     host.NewTable[string](h, "bins"),
	}
	s.orders = host.Orders(h, func(o *Orders) *host.Faults { return &o.Faults })
	host.Handle(h, bank.KindOpen, s.open)
	host.Handle(h, bank.KindEnabled, s.enabled)
	host.Handle(h, bank.KindActivate, s.activate)
	host.OnDue(h, s.answer)
	h.Show("accounts", func(*http.Request) any { return map[string]int{"accounts": s.accounts.Len()} })
	return s, h.Start(o)
}

// Accounts is how many accounts were ever opened.
func (s *Sim) Accounts() (n int, err error) {
	err = s.Do(func(*host.Turn) error { n = s.accounts.Len(); return nil })
	return n, err
}

// Account reads one account; the zero value when it does not exist.
func (s *Sim) Account(number string) (a Account, err error) {
	err = s.Do(func(*host.Turn) error { a, _ = s.accounts.Get(number); return nil })
	return a, err
}

// open takes a file and plans its answer.
func (s *Sim) open(t *host.Turn, f bank.File) (struct{}, error) {
	var wrong []int
	seen := make(map[string]bool, len(f.Lines))
	for i, l := range f.Lines {
		_, consent := time.Parse(time.RFC3339, l.Consent)
		_, _, number := idno.Parse(l.Number)
		if consent != nil || number != nil || l.Name == "" || l.Mobile == "" || l.Ref == "" || seen[l.Ref] {
			wrong = append(wrong, i+1)
		}
		seen[l.Ref] = true
	}
	if wrong != nil || f.Bank == "" {
		return struct{}{}, host.Refuse("bad_lines", wrong...)
	}
	day, err := cal.AddWorkingDays(t.Now(), 1+s.orders.LateDays)
	if err != nil {
		return struct{}{}, err
	}
	name := f.Bank + " " + t.Key
	s.files.Put(name, f)
	t.Worked(len(f.Lines))
	return struct{}{}, t.Schedule(day.Add(10*time.Hour), due{name})
}

// answer writes the return file of one file.
func (s *Sim) answer(t *host.Turn, d due) error {
	f, _ := s.files.Get(d.File)
	s.files.Delete(d.File)
	a := bank.Answers{Lines: make([]bank.Answer, 0, len(f.Lines))}
	for _, l := range f.Lines {
		a.Lines = append(a.Lines, s.line(t, f.Bank, l))
	}
	if s.orders.Unordered > 0 && len(a.Lines) > 0 {
		s.orders.Unordered--
		extra := a.Lines[0]
		extra.Ref += "-unordered"
		a.Lines = append(a.Lines, extra)
	}
	return t.Post(bank.Returns(f.Bank), a)
}

// line decides one opening. A ref that has an account gets the same one again.
func (s *Sim) line(t *host.Turn, code string, l bank.Line) bank.Answer {
	a := bank.Answer{Ref: l.Ref, Number: l.Number}
	if had, ok := s.byRef.Get(code + " " + l.Ref); ok {
		acc, _ := s.accounts.Get(had)
		a.Code, a.Class, a.Account = bank.CodeOpened, acc.Class, had
		return a
	}
	refused := s.orders.refuse(l.Number)
	class := "1"
	if s.orders.ClassTwo[l.Number] {
		class = "2"
	}
	if _, has := s.holders.Get(code + " " + l.Number); has && class == "1" && refused == "" {
		refused = account.ClassOneExists
	}
	if refused != "" {
		a.Code, a.Reason = bank.WordOf(refused)
		return a
	}
	acc := Account{Account: s.number(t, code), Bank: code, Number: l.Number, Class: class, State: "N"}
	s.accounts.Put(acc.Account, acc)
	s.byRef.Put(code+" "+l.Ref, acc.Account)
	if class == "1" {
		s.holders.Put(code+" "+l.Number, acc.Account)
	}
	a.Code, a.Class, a.Account = bank.CodeOpened, class, acc.Account
	if s.orders.Stranger > 0 {
		s.orders.Stranger--
		a.Number = stranger
	}
	return a
}

// stranger is a synthetic person of 1900 whom nobody asked for.
var stranger = "11010119000101001" + string(idno.Check("11010119000101001"))

// number makes the next account number of a bank: its own six digits, twelve that count, Luhn.
func (s *Sim) number(t *host.Turn, code string) string {
	bin, ok := s.bins.Get(code)
	if !ok {
		bin = fmt.Sprintf("6230%02d", s.bins.Len()+1)
		s.bins.Put(code, bin)
	}
	body := fmt.Sprintf("%s%012d", bin, t.Next("account"))
	return body + string(ident.LuhnDigit(body))
}
