package citizen

import (
	"net/http"
	"strings"

	"kawu/channel/web"
	"kawu/domain/account"
	"kawu/domain/application"
	"kawu/domain/ref"
	"kawu/kit/fault"
	"kawu/kit/phone"
)

// Mend is /mend: the bank has refused the account; why, and what the person can do about it.
type Mend struct {
	web.Page
	Bank    web.Text
	Why     string // wording key of the bank's reason
	Do      string // wording key of what to do
	Number  bool   // another mobile number may help
	Again   bool   // it may be sent again as it is, once the cause is gone
	Known   string // the mobile as the bank was told, masked
	Phone   string // as typed
	Hotline string // of the bank
}

// MendView is the page.
var MendView = web.NewView[Mend](files, "mend")

// PhoneField is the input for the mobile number that the bank knows.
func (m Mend) PhoneField() web.Field {
	return m.Field("phone", "citizen.data.phone", m.Phone).Hint(m.T("citizen.mend.phone.hint", "phone", m.Known)).Code(16).Digits().Filled("tel-national")
}

// refusedOf is the person's application that the bank has refused, with its reason.
func (p *Portal) refusedOf(r *http.Request) (application.Application, account.Account, bool, error) {
	f, err := p.file(r)
	if err != nil {
		return application.Application{}, account.Account{}, false, err
	}
	for _, a := range f.apps {
		if a.State == application.Refused {
			all, err := account.Of(r.Context(), p.Store, []ref.Application{a.ID})
			return a, all[a.ID], err == nil, err
		}
	}
	return application.Application{}, account.Account{}, false, nil
}

// mend is GET /mend.
func (p *Portal) mend(w http.ResponseWriter, r *http.Request) error {
	a, acc, ok, err := p.refusedOf(r)
	if !ok {
		if err == nil {
			http.Redirect(w, r, "/progress", http.StatusSeeOther)
		}
		return err
	}
	return MendView.Show(w, http.StatusOK, p.mendPage(r, a, acc))
}

func (p *Portal) mendPage(r *http.Request, a application.Application, acc account.Account) Mend {
	why := string(acc.Reason)
	b, _ := p.City().Bank(string(acc.Bank))
	return Mend{Page: p.page(r, "citizen.mend"), Bank: p.bank(acc.Bank), Why: "account.refused." + why, Do: "citizen.mend.do." + why,
		Number: acc.Reason == account.PhoneMismatch, Again: acc.Reason == account.DocumentExpired, Known: a.Mobile.Masked(), Hotline: b.Hotline}
}

// mended is POST /mend: the application goes to the bank once more.
func (p *Portal) mended(w http.ResponseWriter, r *http.Request) error {
	a, acc, ok, err := p.refusedOf(r)
	if !ok {
		if err == nil {
			http.Redirect(w, r, "/progress", http.StatusSeeOther)
		}
		return err
	}
	m := p.mendPage(r, a, acc)
	if !m.Number && !m.Again {
		return web.ErrNoPage
	}
	var mobile phone.Number
	if m.Phone = r.PostFormValue("phone"); m.Number && strings.TrimSpace(m.Phone) != "" {
		if mobile, _, err = phone.Parse(m.Phone); err != nil {
			m.Fail(fault.Of(err).At("phone"))
			return MendView.Form(w, m.Page, m)
		}
	} else if m.Number {
		m.Fail(phone.Empty.At("phone"))
		return MendView.Form(w, m.Page, m)
	}
	return p.Hall.Once(w, r, func() (string, error) {
		me, _ := who(r)
		return web.Saying("/progress", "said.mended"), p.Accounts.Correct(r.Context(), me, a.ID, mobile)
	})
}
