package citizen

import (
	"net/http"
	"strings"

	"kawu/channel/web"
	"kawu/domain/application"
	"kawu/flow/confirm"
	"kawu/kit/fault"
	"kawu/kit/phone"
	"kawu/kit/tidy"
)

// ConfirmCorrect is /confirm/correct: what the person may correct. Name and number are decided by a
// register: who finds them wrong declines, and the employer mends the roster.
type ConfirmCorrect struct {
	web.Page
	Name, Masked   string
	Known          string // the mobile so far, masked
	Phone, Address string // as typed; the address also as known
	Mail           bool   // the card is mailed: the address matters
}

// ConfirmCorrectView is the page.
var ConfirmCorrectView = web.NewView[ConfirmCorrect](files, "confirm_correct")

// PhoneField is the input for the mobile number.
func (c ConfirmCorrect) PhoneField() web.Field {
	return c.Field("phone", "citizen.data.phone", c.Phone).Hint(c.T("citizen.correct.phone.hint", "phone", c.Known)).Code(16).Digits().Filled("tel-national")
}

// AddressField is the input for the address.
func (c ConfirmCorrect) AddressField() web.Field {
	hint := "citizen.correct.address.hint"
	if c.Mail {
		hint = "citizen.correct.address.mail"
	}
	return c.Field("address", "citizen.data.address", c.Address).Hint(c.T(hint)).Filled("street-address")
}

// correct is GET /confirm/correct.
func (p *Portal) correct(w http.ResponseWriter, r *http.Request) error {
	a, ok, err := p.subject(w, r)
	if !ok {
		return err
	}
	if a.State != application.Notified && a.State != application.Confirmed {
		http.Redirect(w, r, "/confirm/data", http.StatusSeeOther)
		return nil
	}
	return ConfirmCorrectView.Show(w, http.StatusOK, p.correctPage(r, a))
}

// correctPage shows the mobile masked and asks for a new one only: what a code opens is not more
// than what its reader may know.
func (p *Portal) correctPage(r *http.Request, a application.Application) ConfirmCorrect {
	return ConfirmCorrect{Page: p.page(r, "citizen.correct"), Name: a.Name.Reveal(), Masked: a.Number.Masked(), Known: a.Mobile.Masked(),
		Address: a.Address, Mail: a.Mode == application.Mail}
}

// corrected is POST /confirm/correct: saves and confirms.
func (p *Portal) corrected(w http.ResponseWriter, r *http.Request) error {
	a, ok, err := p.subject(w, r)
	if !ok {
		return err
	}
	c := p.correctPage(r, a)
	c.Phone, c.Address = r.PostFormValue("phone"), r.PostFormValue("address")
	answer := confirm.Answer{Application: a.ID}
	var bad fault.List
	if strings.TrimSpace(c.Phone) != "" {
		if answer.Mobile, _, err = phone.Parse(c.Phone); err != nil {
			bad.Add("phone", fault.Of(err))
		}
	}
	if answer.Address, _ = tidy.Trim(c.Address); c.Mail && answer.Address == "" && a.Address == "" {
		bad.Add("address", confirm.ErrAddress)
	}
	if err = bad.Err(); err == nil {
		err = p.Hall.Once(w, r, func() (string, error) {
			return "/confirm/done", p.Confirm.Confirm(r.Context(), self(a), answer)
		})
	}
	if f := fault.Of(err); f != nil && f.Kind == fault.Invalid && c.Fail(err) {
		return ConfirmCorrectView.Form(w, c.Page, c)
	}
	return settled(w, r, err)
}
