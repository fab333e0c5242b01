package pages

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"kawu/channel/employer"
	"kawu/channel/web"
)

// mending answers the employer's inline form as its handler would: 422 with the row again, or the
// row mended. Everything else is the gallery.
func mending() http.Handler {
	h := Hall()
	mux := http.NewServeMux()
	mux.Handle("POST /employer/batches/bat_1/rows/{line}", h.Handle(func(w http.ResponseWriter, r *http.Request) error {
		row := line(18, "欧阳秉谦", num(r.FormValue("id"), ""), tel("139****1841", ""), dep("研发部"))
		status := http.StatusOK
		if row.Saved = len(r.FormValue("id")) == 18; !row.Saved {
			row.Cells[1].Fault, row.Tone, status = "应为 18 位", web.Bad, http.StatusUnprocessableEntity
		}
		return employer.RowPart.Show(w, status, employer.Check{Page: h.Page(r, web.PortalEmployer, "employer.check"), Frame: frame("check", 1),
			Cols: []string{"employer.col.name", "employer.col.id_number", "employer.col.mobile", "employer.col.department"}}.ShowRow(row))
	}))
	mux.Handle("/", Handler())
	return h.Wrap(mux)
}

func eval[T any](t *testing.T, ctx context.Context, js string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](js))
	if err != nil {
		t.Fatal(js, err)
	}
	return v
}

// A wrong cell is mended without leaving the page: the answer 422 shows the fault and keeps the
// focus, the right answer turns the row green. All under the strict policy, by keyboard.
func TestRowsAreMendedInPlace(t *testing.T) {
	ctx := browser(t)
	_, _ = chromedp.Call(ctx, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: false})
	srv := httptest.NewServer(mending())
	t.Cleanup(srv.Close)
	open(t, ctx, srv.URL+"/employer/batches/bat_1/check?lang=zh-CN")
	const field = "#i-18-id"
	settle := `(async()=>{await new Promise(r=>addEventListener("htmx:after:swap",r,{once:true}));return true})()`
	press := func(value string) {
		t.Helper()
		js := `(()=>{const f=document.querySelector("` + field + `");f.focus();f.value="` + value + `";window.swapped=` + settle + `;f.form.requestSubmit();return true})()`
		eval[bool](t, ctx, js)
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("window.swapped", chromedp.EvalAwaitPromise)); err != nil {
			t.Fatal(err)
		}
	}
	press("123")
	if got := eval[string](t, ctx, `document.querySelector("#m-18-id").textContent+"/"+document.activeElement.id`); got != "应为 18 位/i-18-id" {
		t.Errorf("after a wrong value: %s", got)
	}
	press("110102198807124018")
	if got := eval[string](t, ctx, `document.querySelector("#row-18 [role=status]")?.textContent+"/"+location.pathname`); got != "已通过//employer/batches/bat_1/check" {
		t.Errorf("after the right value: %s", got)
	}
}

// No page breaks the policy it is sent with: nothing is blocked, nothing fails, in the console.
func TestPagesObeyTheirPolicy(t *testing.T) {
	if testing.Short() {
		t.Skip("a minute of browser time")
	}
	ctx := browser(t)
	_, _ = chromedp.Call(ctx, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: false})
	_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `window.wrong=[];addEventListener("securitypolicyviolation",e=>wrong.push(e.violatedDirective+" "+e.blockedURI+" "+e.sample));addEventListener("error",e=>wrong.push(e.message||e.target.src||e.target.href),true)`})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(Handler())
	t.Cleanup(srv.Close)
	for _, s := range Samples() {
		open(t, ctx, srv.URL+s.Path)
		if got := eval[string](t, ctx, `wrong.join("; ")`); got != "" && !strings.Contains(got, "/counter/photo/") {
			t.Errorf("%s: %s", s.Path, got)
		}
	}
}

// Without script every page still shows its content and every form has a button; the two things
// that only script can do, reading aloud and printing, are not offered or have the browser's own.
func TestPagesWorkWithoutScript(t *testing.T) {
	ctx := browser(t)
	srv := httptest.NewServer(Handler())
	t.Cleanup(srv.Close)
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	for _, s := range Samples() {
		open(t, ctx, srv.URL+s.Path)
		const seen = `(()=>{const m=document.querySelector("main");if(!m||m.innerText.trim().length<10)return "no content";
			for(const f of document.querySelectorAll("form"))if(!f.querySelector("button")&&f.getAttribute("role")!=="search")return "a form without a button: "+f.action;
			for(const b of m.querySelectorAll("button[type=button]:not([data-print])"))if(b.offsetParent)return "a dead button: "+b.textContent;return ""})()`
		if got := eval[string](t, ctx, seen); got != "" {
			t.Errorf("%s: %s", s.Path, got)
		}
	}
}

// A clerk hands a card over without the mouse: "/" finds, Enter sends, digits open the other tasks.
func TestTheBenchNeedsNoMouse(t *testing.T) {
	ctx := browser(t)
	srv := httptest.NewServer(Handler())
	t.Cleanup(srv.Close)
	if _, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
		t.Fatal(err)
	}
	open(t, ctx, srv.URL+"/counter/")
	if got := eval[string](t, ctx, `document.activeElement.id`); got != "q" {
		t.Errorf("the search field has the focus at once, not %q", got)
	}
	if err := chromedp.Do(ctx, chromedp.KeyEvent("1")); err != nil {
		t.Fatal(err)
	}
	if got := eval[string](t, ctx, `document.activeElement.value+location.pathname`); got != "1/counter/" {
		t.Errorf("a digit in a field is a digit: %s", got)
	}
	open(t, ctx, srv.URL+"/counter/collect/crd_1~wrong")
	if got := eval[string](t, ctx, `document.activeElement.id`); got != "errsum" {
		t.Errorf("the error summary has the focus, not %q", got)
	}
	open(t, ctx, srv.URL+"/counter/collect/crd_1~found")
	if got := eval[bool](t, ctx, `(()=>{let hit=false;document.querySelector('[data-key="2"]').addEventListener("click",()=>hit=true);document.activeElement.blur();dispatchEvent(new KeyboardEvent("keydown",{key:"2"}));return hit})()`); !got {
		t.Error("2 does not open the second task")
	}
}
