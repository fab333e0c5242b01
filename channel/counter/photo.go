package counter

import (
	"net/http"
	"strconv"

	"kawu/channel/web"
	"kawu/domain/portrait"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/wording"
)

// Photo is /counter/photos/{id}: one photo as it would be printed, with what the check found. POST
// …/accept overrules with a field "overruled" for every finding, …/refuse asks for another, …/new
// (multipart, field "file") takes another at the window.
type Photo struct {
	web.Page
	Frame
	PhotoRow
	Picture string // address; empty when there is nothing that could be printed
	State   web.Tag
	Waits   bool // for a decision
	Needs   bool // another photo
	Found   []Finding
	MaxMB   int
}

// Finding is one thing that the check found.
type Finding struct {
	Code, What, Do string // the two last worded
	Ticked         bool
}

// PhotoView is the page.
var PhotoView = web.NewView[Photo](files, "photo")

// FoundTicks are the boxes of the findings, all named "overruled".
func (x Photo) FoundTicks() web.Choices {
	c := x.Choices("overruled", "counter.photo.overrule")
	for i, f := range x.Found {
		c = c.Add(f.Code, f.What, f.Do, f.Ticked)
		c.Choices[i].Many = true
		if i > 0 {
			c.Choices[i].ID = "f-overruled-" + strconv.Itoa(i)
		}
	}
	return c
}

// found reads a photo that this party looks at; any other is unknown here.
func (p *Portal) found(r *http.Request, who desk.Actor) (portrait.Photo, error) {
	f, err := portrait.Get(r.Context(), p.Store, ref.Photo(r.PathValue("id")))
	if err == nil && f.Looker != holder(who) {
		err = portrait.ErrUnknown
	}
	return f, err
}

func (p *Portal) photo(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	x, err := p.photoOf(r, who)
	if err != nil {
		return err
	}
	return PhotoView.Show(w, http.StatusOK, x)
}

func (p *Portal) photoOf(r *http.Request, who desk.Actor) (Photo, error) {
	x := Photo{Page: p.Hall.Page(r, web.PortalCounter, "counter.photo"), MaxMB: photoMB}
	f, err := p.found(r, who)
	if err != nil {
		return x, err
	}
	people, err := p.people(r.Context(), []portrait.Photo{f})
	if err != nil {
		return x, err
	}
	if x.Frame, err = p.frame(r.Context(), who, "photos"); err != nil {
		return x, err
	}
	x.PhotoRow = photoRow(x.Lang, f, people[f.Person])
	x.Waits, x.Needs, x.State = f.State == portrait.Waiting, f.State == portrait.Refused, photoTag(f)
	if x.Waits {
		x.Picture = x.Href + "/picture"
	}
	for _, v := range f.Problems {
		x.Found = append(x.Found, Finding{Code: v.Code, What: wording.What(x.Lang, v.Fault()), Do: wording.Do(x.Lang, v.Fault())})
	}
	return x, nil
}

func photoTag(f portrait.Photo) web.Tag {
	tone := map[string]web.Tone{string(portrait.Waiting): web.Watch, string(portrait.Refused): web.Bad, string(portrait.Good): web.Good}
	return web.Tag{Tone: tone[string(f.State)], Said: web.Say("counter.photo.state." + string(f.State))}
}

// picture is GET …/picture: the JPEG, only while a clerk of this party has to look at it.
func (p *Portal) picture(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	f, err := p.found(r, who)
	if err != nil {
		return err
	}
	if f.State != portrait.Waiting {
		return portrait.ErrUnknown
	}
	jpeg, err := portrait.Picture(r.Context(), p.Store, f.ID)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/jpeg")
	w.Header().Set("Cache-Control", "no-store")
	_, err = w.Write(jpeg)
	if err != nil {
		return nil // the clerk has gone on
	}
	return nil
}
