package pages

import (
	"context"
	_ "embed"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"kawu/kit/clock"
)

// axe-core 4.14.1, the accessibility rules we did not write. MPL-2.0, see testdata/axe.LICENSE.
//
//go:embed testdata/axe.min.js
var axe string

// browser starts a headless Chromium with an empty profile; without one the test is skipped.
func browser(t *testing.T) context.Context {
	t.Helper()
	bin := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			bin = p
			break
		}
	}
	if bin == "" {
		t.Skip("no chromium here: apt-get install chromium fonts-noto-cjk")
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(bin),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.UserDataDir(t.TempDir()))
	ctx, end := chromedp.NewContext(alloc)
	t.Cleanup(func() { end(); stop() })
	still(t, ctx)
	return ctx
}

// still turns motion off, and the policy that would keep axe out.
func still(t *testing.T, ctx context.Context) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true}); err != nil {
		t.Fatal(err)
	}
}

// modes are the ways a page can look, as the switches that a person would press.
var modes = []struct{ name, query string }{
	{"standard", "lang=zh-CN&care=0&contrast=normal&kiosk=0"},
	{"care", "lang=zh-CN&care=1&contrast=normal&kiosk=0"},
	{"contrast", "lang=zh-CN&care=0&contrast=high&kiosk=0"},
	{"english", "lang=en&care=0&contrast=normal&kiosk=0"},
}

// audit runs axe. What a page is made of is the same in every mode, so all rules are asked in the
// standard one, and in the others those that depend on colour and size.
func audit(mode string) string {
	only := `["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]`
	if mode != "standard" {
		only = `{type:"rule",values:["color-contrast","target-size","scrollable-region-focusable"]}`
	}
	return `axe.run(document,{resultTypes:["violations"],runOnly:` + only + `})
 .then(r=>({Passes:r.passes.length,Violations:r.violations.map(v=>({ID:v.id,Impact:v.impact,N:v.nodes.length,At:v.nodes[0].target.join(" "),Why:v.nodes[0].failureSummary}))}))`
}

type finding struct {
	Passes     int
	Violations []struct {
		ID, Impact, At, Why string
		N                   int
	}
}

// sideways names what sticks out furthest; "" when nothing does. Boxes that scroll by themselves hold
// their content.
const sideways = `(()=>{const over=document.documentElement.scrollWidth-innerWidth;if(over<=0)return "";
 let worst="",far=innerWidth;for(const e of document.body.querySelectorAll("*")){const r=e.getBoundingClientRect().right;
 if(r>far+1&&!e.closest(".tablewrap,.chartscroll,.people,.tabs,.rail,.fkeys")){far=r;worst=e.tagName+"."+(e.getAttribute("class")||"")+" "+e.textContent.trim().slice(0,30)}}
 return over+" px: "+worst})()`

// Every page in every mode: no violation of WCAG 2.2 AA, and nothing sticks out sideways from 320 px to
// a desktop's width.
func TestPagesAreAccessible(t *testing.T) {
	if testing.Short() {
		t.Skip("minutes of browser time")
	}
	ctx := browser(t)
	srv := httptest.NewServer(Handler())
	t.Cleanup(srv.Close)
	for _, m := range modes {
		open(t, ctx, srv.URL+"/?"+m.query)
		for _, s := range Samples() {
			if skipped(m.name, s.Path) {
				continue
			}
			open(t, ctx, srv.URL+s.Path)
			if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](axe)); err != nil {
				t.Fatal(s.Path, err)
			}
			for _, width := range []int64{320, 390, 1280} {
				look(t, ctx, m.name, s.Path, width)
			}
		}
	}
}

// audited tells where axe looks: at a phone's width everywhere; at a desktop's only on the first state
// of a page in the standard mode, because rules do not differ by width and minutes do. KAWU_PAGE asks
// for both widths.
func audited(mode, path string, width int64) bool {
	switch width {
	case 390:
		return true
	case 1280:
		return os.Getenv("KAWU_PAGE") != "" || mode == "standard" && !strings.Contains(path, "~")
	}
	return false
}

// skipped leaves out other pages than KAWU_PAGE begins with, when it is set; otherwise, outside the
// standard mode, the further states of a page, which look like the first. KAWU_PAGE=/ asks for all.
func skipped(mode, path string) bool {
	if only := os.Getenv("KAWU_PAGE"); only != "" {
		return !strings.HasPrefix(path, only)
	}
	return mode != "standard" && strings.Contains(path, "~")
}

func open(t *testing.T, ctx context.Context, url string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		t.Fatal(url, err)
	}
}

func look(t *testing.T, ctx context.Context, mode, path string, width int64) {
	t.Helper()
	at := fmt.Sprintf("%s %s @%d", mode, path, width)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 844)); err != nil {
		t.Fatal(at, err)
	}
	over, err := chromedp.Run(ctx, chromedp.Evaluate[string](sideways))
	if err != nil {
		t.Fatal(at, err)
	}
	if over != "" {
		t.Errorf("%s: sticks out sideways by %s", at, over)
	}
	if !audited(mode, path, width) {
		return
	}
	f, err := chromedp.Run(ctx, chromedp.Evaluate[finding](audit(mode), chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(at, err)
	}
	if f.Passes == 0 {
		t.Errorf("%s: axe has checked nothing", at)
	}
	for _, v := range f.Violations {
		t.Errorf("%s: %s (%s) ×%d at %s\n%s", at, v.ID, v.Impact, v.N, v.At, v.Why)
	}
}

// TestPictures writes a picture of every page into the folder KAWU_SHOTS, for people to look at.
func TestPictures(t *testing.T) {
	dir := os.Getenv("KAWU_SHOTS")
	if dir == "" {
		t.Skip("set KAWU_SHOTS to a folder to get pictures")
	}
	ctx := browser(t)
	srv := httptest.NewServer(Handler())
	t.Cleanup(srv.Close)
	want := os.Getenv("KAWU_MODE")
	for _, m := range modes {
		if want != "" && m.name != want {
			continue
		}
		open(t, ctx, srv.URL+"/?"+m.query)
		for _, s := range Samples() {
			if only := os.Getenv("KAWU_PAGE"); only != "" && !strings.HasPrefix(s.Path, only) {
				continue
			}
			for name, v := range map[string][3]int64{"phone": {390, 844, 2}, "desk": {1440, 900, 1}} {
				stop := clock.Since()
				picture(t, ctx, srv.URL+s.Path, filepath.Join(dir, m.name+"-"+name+strings.ReplaceAll(s.Path, "/", "_")+".png"), v)
				t.Log(s.Path, name, stop().Round(time.Millisecond))
			}
		}
	}
}

func picture(t *testing.T, ctx context.Context, url, file string, v [3]int64) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(v[0], v[1], chromedp.EmulateScale(float64(v[2]))), chromedp.Navigate(url)); err != nil {
		t.Fatal(url, err)
	}
	if v[0] < 1000 { // a bar that is fixed at the bottom would lie across the middle of a long picture
		_ = chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](`document.querySelectorAll(".tabbar,.fkeys").forEach(e=>e.style.position="static")`))
	}
	b, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(url, err)
	}
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
