package centre

import (
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"
	"time"

	"kawu/channel/web"
	"kawu/flow/desk"
	"kawu/flow/publish"
	"kawu/kit/fault"
	"kawu/policy/notice"
	"kawu/policy/strict"
)

// Propose is /centre/proposals/new (?from= the edition to start from). POST checks a text (field "do"
// is "check") or puts it before a second person ("propose"); what is wrong stands beside its line.
type Propose struct {
	web.Page
	Frame
	Text     string
	Note     string
	Base     string // the edition it started from
	Bases    []web.Option
	Findings []Found
	Looked   *Looked // of a text that is right
}

// Found is one finding with the line it is about.
type Found struct {
	Line   int
	Key    string
	Clause string
	Text   web.Text
	Lines  []Line // around it
}

// Line is one line of the text.
type Line struct {
	N   int
	S   string
	Bad bool
}

// Looked is what a text that is right would do.
type Looked struct {
	ID      string
	From    time.Time
	Before  string
	Keep    int // open cases that keep the edition before
	Changes []Change

	Unquoted []Unquoted // to be held against the notice again
}

// Unquoted is a number or a day that changed while the words quoted from the notice did not.
type Unquoted struct {
	Section string // wording key
	Name    string // the clause's id
	Key     string // wording key
	From    string
	To      string
	Phrase  string
}

// ProposeView is the page.
var ProposeView = web.NewView[Propose](files, "propose")

// NoteField is why, for the second person.
func (x Propose) NoteField() web.Field {
	return x.Field("note", "centre.propose.note", x.Note).Hint(x.T("centre.propose.note.hint"))
}

// ErrTooBig is the refusal of a file beyond the limit of kit's reader.
var ErrTooBig = fault.New(fault.Invalid, "publish.too_big", "the file is larger than {limit} KB", "limit", strict.MaxBytes>>10)

func (p *Portal) propose(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	x, err := p.proposing(r, who)
	if err != nil {
		return err
	}
	city, err := p.Publish.Shelf.Now(r.Context())
	if err != nil {
		return err
	}
	if x.Base = r.URL.Query().Get("from"); x.Base == "" {
		x.Base = city.On(x.Now).ID
	}
	if _, err := city.Edition(x.Base); err != nil {
		return err
	}
	text, _, err := p.Publish.Shelf.Text(x.Base)
	if err != nil {
		return err
	}
	x.Text = start(text, x.Now.AddDate(0, 0, 1))
	return ProposeView.Show(w, http.StatusOK, x)
}

// proposing starts the page for somebody who may propose.
func (p *Portal) proposing(r *http.Request, who desk.Actor) (Propose, error) {
	x := Propose{Page: p.Hall.Page(r, web.PortalCentre, "centre.propose")}
	if !p.mayPublish(who) {
		return x, desk.ErrForbidden
	}
	city, err := p.Publish.Shelf.Now(r.Context())
	if err != nil {
		return x, err
	}
	for _, e := range city.Editions() {
		x.Bases = append(x.Bases, web.Option{Value: e.ID, Label: e.ID + " · " + web.Text(e.Name).In(x.Lang)})
	}
	x.Frame, err = p.frame(r.Context(), "editions")
	return x, err
}

var (
	idOf    = regexp.MustCompile(`(?m)^id:.*$`)
	blockOf = regexp.MustCompile(`(?m)^in_force:\n(?:[ #].*\n)*`)
	beginOf = regexp.MustCompile(`(?m)^  from: (\d{4}-\d\d-\d\d)`)
)

// start makes a draft of an edition: it begins tomorrow, and has an id of its own. What the draft says of
// the notice's own first day stays true: its {from} becomes the day that it was.
func start(text string, tomorrow time.Time) string {
	day := tomorrow.Format(time.DateOnly)
	text = idOf.ReplaceAllString(text, "id: edition-"+day)
	return blockOf.ReplaceAllStringFunc(text, func(block string) string {
		if old := beginOf.FindStringSubmatch(block); old != nil {
			block = strings.ReplaceAll(block, "{from}", old[1])
		}
		return beginOf.ReplaceAllString(block, "  from: "+day)
	})
}

// proposed is POST /centre/proposals/new.
func (p *Portal) proposed(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	x, err := p.proposing(r, who)
	if err != nil {
		return err
	}
	r.Body = http.MaxBytesReader(w, r.Body, 4*strict.MaxBytes)
	defer func() {
		if r.MultipartForm != nil {
			_ = r.MultipartForm.RemoveAll()
		}
	}()
	if x.Text, err = textOf(r); err == nil {
		x.Note = r.PostFormValue("note")
		if r.PostFormValue("do") != "propose" {
			return p.look(w, r, x)
		}
		err = p.Hall.Once(w, r, func() (string, error) {
			id, err := p.Publish.Propose(r.Context(), who, x.Text, x.Note, r.PostFormValue("once"))
			return web.Saying("/centre/proposals/"+string(id), "said.proposed"), err
		})
	}
	var found notice.Findings
	if errors.As(err, &found) {
		x.Findings = beside(x.Text, found)
		return ProposeView.Show(w, http.StatusUnprocessableEntity, x)
	}
	if err == nil {
		return nil
	}
	if !x.Page.Fail(err) {
		return err
	}
	return ProposeView.Form(w, x.Page, x)
}

// look is the check without proposing.
func (p *Portal) look(w http.ResponseWriter, r *http.Request, x Propose) error {
	status := http.StatusOK
	if strings.TrimSpace(x.Text) == "" {
		x.Page.Fail(publish.ErrEmpty.At("text"))
		return ProposeView.Form(w, x.Page, x)
	}
	read, err := p.Publish.ReadNew(r.Context(), x.Text)
	if err != nil {
		return err
	}
	if x.Looked, x.Findings = looked(x.Text, read); len(x.Findings) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return ProposeView.Show(w, status, x)
}

// looked is what a text would do, or what is wrong with it.
func looked(text string, read publish.Reading) (*Looked, []Found) {
	if len(read.Findings) > 0 {
		return nil, beside(text, read.Findings)
	}
	l := &Looked{ID: read.Edition.ID, From: read.Edition.InForce.From.Time(), Before: read.Before.ID, Keep: int(read.Keep),
		Changes: changes(read.Before, read.Edition, read.Changes)}
	for _, u := range read.Unquoted {
		l.Unquoted = append(l.Unquoted, Unquoted{sectionName(u.Section), u.Clause, keyName(lineKey(u.Change)), u.From, u.To, u.Phrase})
	}
	return l, nil
}

// textOf is the file when one was chosen, else what stands in the text field.
func textOf(r *http.Request) (string, error) {
	file, head, err := r.FormFile("file")
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return "", ErrTooBig.At("file")
	case err != nil: // no file, or a form without files
		if text := r.PostFormValue("text"); len(text) <= strict.MaxBytes {
			return strings.ReplaceAll(text, "\r\n", "\n"), nil
		}
		return "", ErrTooBig.At("text")
	case head.Size > strict.MaxBytes:
		return "", ErrTooBig.At("file")
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	return strings.ReplaceAll(string(data), "\r\n", "\n"), err
}

// around is how many lines before and after a finding are shown.
const around = 1

// beside puts every finding beside its lines, in the order of the file.
func beside(text string, found notice.Findings) []Found {
	lines := strings.Split(text, "\n")
	out := make([]Found, len(found))
	for i, f := range found {
		out[i] = Found{Line: f.Line, Key: f.Key, Clause: f.Clause, Text: web.Text(f.Message)}
		for n := max(1, f.Line-around); f.Line > 0 && n <= min(len(lines), f.Line+around); n++ {
			out[i].Lines = append(out[i].Lines, Line{n, lines[n-1], n == f.Line})
		}
	}
	return out
}

// FoundBox is findings with the page's language.
type FoundBox struct {
	web.Page
	Found []Found
}

// ShowFound boxes findings for their list.
func (f Frame) ShowFound(p web.Page, found []Found) FoundBox { return FoundBox{p, found} }
