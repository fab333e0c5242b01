package pages

import (
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// sent are the addresses that forms send to, files the downloads: what handlers must answer besides
// the pages themselves. {id} is any id.
var (
	sent = []string{
		"/sign-in", "/sign-in/again", "/sign-in/code", "/sign-in/notice", "/sign-out", "/confirm", "/confirm/data", "/confirm/correct", "/confirm/decline", "/activate", "/mend", "/lost", "/counter/loss", "/counter/loss/{id}", "/centre/cards/{id}",
		"/employer/sign-in", "/employer/sign-out", "/employer/batches", "/employer/batches/{id}/upload", "/employer/batches/{id}/check", "/employer/batches/{id}/rows/{id}",
		"/employer/batches/{id}/groups/{id}", "/employer/batches/{id}/bank", "/employer/batches/{id}/notify", "/employer/batches/{id}/remind", "/employer/batches/{id}/submit",
		"/counter/sign-out", "/counter/find", "/counter/collect/{id}/identity", "/counter/collect/{id}/found", "/counter/collect/{id}/sign", "/counter/collect/{id}/enable",
		"/counter/collect/{id}/bank", "/counter/collect/{id}/receipt", "/counter/handovers/{id}", "/counter/tally", "/counter/photos", "/counter/photos/{id}/accept", "/counter/photos/{id}/new", "/counter/bank/site/{id}", "/counter/bank/exceptions/{id}",
		"/centre/sign-out", "/centre/password", "/counter/password", "/employer/password", "/centre/search", "/centre/handovers/{id}", "/centre/exceptions/{id}", "/centre/overdue/{id}", "/centre/exchanges/{id}/again", "/centre/proposals/new", "/centre/proposals/{id}", "/centre/terminals/{id}", "/centre/faces/{id}",
	}
	files = []string{"/employer/template.xlsx", "/employer/batches/{id}/annotated", "/employer/batches/{id}/codes", "/centre/editions/{id}/text"}
)

var anID = regexp.MustCompile(`/(bat_\d|crd_\w+|hov_\d|exc_\d|col_\d|trb_\d|pho_\d|exg_\d|out_\d|fac_\d|bnk_\d|cou_\d|emp_\d|cen_\d|edn_\d|20\d\d-[a-z]+|b\d|h\d|\d+|roster\.\w+)(/|$)`)

// plain is an address without query, fragment, state and ids.
func plain(href string) string {
	for _, cut := range []string{"?", "#", "~"} {
		href, _, _ = strings.Cut(href, cut)
	}
	return anID.ReplaceAllString(href, "/{id}$2")
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// fetch gives the parsed page of a sample.
func fetch(t *testing.T, path string) *html.Node {
	t.Helper()
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	n, err := html.Parse(w.Body)
	if err != nil {
		t.Fatal(path, err)
	}
	return n
}

// No page has a dead end: every link leads to a page of the portals or to a listed download, every
// form to a listed address, and every #id within a page to something that is there once.
func TestLinksLeadSomewhere(t *testing.T) {
	var pages []string
	for _, s := range Samples() {
		pages = append(pages, plain(s.Path))
	}
	for _, s := range Samples() {
		ids, inside := map[string]int{}, []string{}
		for n := range fetch(t, s.Path).Descendants() {
			if id := attr(n, "id"); id != "" {
				ids[id]++
			}
			switch href := attr(n, "href"); {
			case n.Data == "use" || n.Data == "link" || href == "":
			case strings.HasPrefix(href, "#"):
				inside = append(inside, href[1:])
			case strings.HasPrefix(href, "?") || strings.HasPrefix(href, "tel:"):
			case !slices.Contains(pages, plain(href)) && !slices.Contains(files, plain(href)):
				t.Errorf("%s: link to nowhere: %s", s.Path, href)
			}
			if n.Data == "label" && attr(n, "for") != "" {
				inside = append(inside, attr(n, "for"))
			}
			if n.Data == "form" && attr(n, "method") == "post" {
				to := attr(n, "action")
				if to == "" {
					to = s.Path
				}
				if !slices.Contains(sent, plain(to)) {
					t.Errorf("%s: form to nowhere: %s", s.Path, to)
				}
			}
		}
		for id, n := range ids {
			if n > 1 {
				t.Errorf("%s: id %q stands there %d times", s.Path, id, n)
			}
		}
		for _, id := range inside {
			if ids[id] == 0 && id != "" {
				t.Errorf("%s: nothing has the id %q", s.Path, id)
			}
		}
	}
}
