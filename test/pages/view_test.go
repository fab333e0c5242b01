package pages

import (
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/jba/templatecheck"

	"kawu/channel/centre"
	"kawu/channel/citizen"
	"kawu/channel/counter"
	"kawu/channel/employer"
	"kawu/channel/web"
)

func check[T any](t *testing.T, v web.View[T]) {
	t.Helper()
	var zero T
	if err := templatecheck.CheckHTML(v.Template(), zero); err != nil {
		t.Errorf("%s: %v", v.Name(), err)
	}
}

// A template names only fields and methods that its Go type has.
func TestTemplatesFitTheirTypes(t *testing.T) {
	check(t, centre.AuditView)
	check(t, centre.BatchView)
	check(t, centre.BatchesView)
	check(t, centre.CampaignView)
	check(t, centre.CardView)
	check(t, centre.DutiesView)
	check(t, centre.EditionView)
	check(t, centre.EditionsView)
	check(t, centre.ExceptionsView)
	check(t, centre.ExchangesView)
	check(t, centre.HandoverView)
	check(t, centre.HandoversView)
	check(t, centre.OverdueView)
	check(t, centre.OverviewView)
	check(t, centre.ProposalView)
	check(t, centre.ProposeView)
	check(t, centre.SearchView)
	check(t, citizen.ActivateView)
	check(t, citizen.ActivateDoneView)
	check(t, citizen.FraudView)
	check(t, citizen.CityNoticeView)
	check(t, citizen.FAQView)
	check(t, citizen.HotlinesView)
	check(t, citizen.HowView)
	check(t, citizen.HowAnswerView)
	check(t, citizen.ConfirmCodeView)
	check(t, citizen.ConfirmCorrectView)
	check(t, citizen.ConfirmDataView)
	check(t, citizen.ConfirmDeclineView)
	check(t, citizen.ConfirmDoneView)
	check(t, citizen.HomeView)
	check(t, citizen.LostView)
	check(t, centre.LossesView)
	check(t, counter.LossView)
	check(t, citizen.MeView)
	check(t, citizen.MessagesView)
	check(t, citizen.OutletsView)
	check(t, citizen.ProgressView)
	check(t, citizen.SignInView)
	check(t, citizen.SignInCodeView)
	check(t, citizen.FirstNoticeView)
	check(t, citizen.InboxView)
	check(t, counter.BankView)
	check(t, counter.BenchView)
	check(t, counter.CollectView)
	check(t, counter.HandoverView)
	check(t, counter.HandoversView)
	check(t, counter.PhotoView)
	check(t, counter.PhotosView)
	check(t, counter.ReceiptView)
	check(t, counter.TallyView)
	check(t, employer.BankView)
	check(t, employer.BatchesView)
	check(t, employer.CheckView)
	check(t, employer.RowPart)
	check(t, employer.ConfirmView)
	check(t, employer.SubmitView)
	check(t, employer.SubmittedView)
	check(t, employer.TrackView)
	check(t, employer.UploadView)
	check(t, web.TroubleView)
	check(t, web.TroublePart)
	check(t, web.StaffSignInView)
	check(t, web.StaffPasswordView)
}

var unworded = regexp.MustCompile(`⟦[^⟧]*⟧`)

// Every page shows itself in both languages, with a wording for everything it says and no Chinese
// on an English page except proper names, which are marked as Chinese.
func TestEveryPageSpeaksBothLanguages(t *testing.T) {
	h := Handler()
	for _, s := range Samples() {
		for _, lang := range []string{"zh-CN", "en"} {
			r := httptest.NewRequest("GET", s.Path, nil)
			r.Header.Set("Cookie", "lang="+lang)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			body := w.Body.String()
			if !strings.Contains(body, `<html lang="`+lang+`"`) {
				t.Errorf("%s: not in %s: %d %.200s", s.Path, lang, w.Code, body)
			}
			for _, m := range unworded.FindAllString(body, -1) {
				t.Errorf("%s: %s: no wording for %s", s.Path, lang, m)
			}
		}
	}
}
