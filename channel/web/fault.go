package web

import (
	"embed"
	"net/http"
	"strings"

	"kawu/kit/fault"
	"kawu/kit/wording"
)

//go:embed *.html
var pages embed.FS

// Trouble is the page of a fault: what happened, why, what to do now, the number to quote.
type Trouble struct {
	Page
	Kind   fault.Kind
	Code   string // stable code, to find the case by
	Why    string // worded
	Number string // of the request, in the log
}

// What is the wording key of the page's first line, Do that of what to do now.
func (t Trouble) What() string { return "web.trouble." + string(t.Kind) }

// Do is the wording key of what to do now.
func (t Trouble) Do() string { return "web.trouble." + string(t.Kind) + ".do" }

// TroubleView is the page, TroublePart the piece for htmx.
var (
	TroubleView = NewView[Trouble](pages, "trouble")
	TroublePart = Part[Trouble](TroubleView, "troublepart")
)

// Word is a fault in the visitor's language.
func (p Page) Word(f *fault.Fault) string { return wording.Of(p.Lang, f) }

// Fail answers with the page of a fault. An error that is no fault is logged with the number that
// the page shows, and says nothing of itself.
func (h *Hall) Fail(w http.ResponseWriter, r *http.Request, err error) {
	rule, number := fault.RuleOf(err), numberOf(r)
	f := fault.Of(err)
	if f == nil || f.Kind == fault.Internal {
		f = fault.New(fault.Internal, "fault.internal", "internal error", "number", number)
	}
	h.Log.Log(r.Context(), rule.Level, "fault", "number", number, "code", f.Code, "err", err)
	portal := PortalOf(r.URL.Path)
	t := Trouble{Page: h.Page(r, portal, "web.trouble."+string(f.Kind)), Kind: f.Kind, Code: f.Code, Number: number}
	t.Why = t.Word(f)
	view := TroubleView
	if r.Header.Get("HX-Request") != "" {
		view = TroublePart
	}
	if err := view.Show(w, rule.Status, t); err != nil {
		h.Log.ErrorContext(r.Context(), "fault page", "number", number, "err", err)
		http.Error(w, number, http.StatusInternalServerError)
	}
}

// PortalOf finds the portal by the address.
func PortalOf(path string) Portal {
	for _, p := range []Portal{PortalEmployer, PortalCounter, PortalCentre} {
		if strings.HasPrefix(path, p.Home()) {
			return p
		}
	}
	return PortalCitizen
}

// ErrNoPage is the answer to an address that does not exist.
var ErrNoPage = fault.New(fault.NotFound, "web.no_page", "there is no such page")

// NoPage is the handler for addresses that no portal has.
func (h *Hall) NoPage() http.Handler {
	return h.Handle(func(http.ResponseWriter, *http.Request) error { return ErrNoPage })
}
