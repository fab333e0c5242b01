package counter

import (
	"context"
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/domain/person"
	"kawu/domain/portrait"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/wording"
)

// Photos is GET /counter/photos: the photos that wait for a look here, and the people who still need
// one. POST (multipart, fields "number" and "file") takes a photo of somebody at the window.
type Photos struct {
	web.Page
	Frame
	Wait   []PhotoRow // to look at
	Need   []PhotoRow // another photo is needed
	Pager  web.Pager
	Number string // field, as typed
	MaxMB  int
}

// PhotoRow is one photo of a list.
type PhotoRow struct {
	ID, Name, Masked string
	Source           string   // wording key
	Why              []string // worded: what is wrong
	Since            time.Time
	Href             string
}

// PhotosView is the page.
var PhotosView = web.NewView[Photos](files, "photos")

// NumberField is the identity number, named "number".
func (x Photos) NumberField() web.Field {
	return x.Field("number", "counter.photos.number", x.Number).Code(20)
}

// photoSize is how many photos stand on one page.
const photoSize = 50

func (p *Portal) photos(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	x, err := p.photosOf(r, who)
	if err != nil {
		return err
	}
	return PhotosView.Show(w, http.StatusOK, x)
}

func (p *Portal) photosOf(r *http.Request, who desk.Actor) (Photos, error) {
	ctx, h := r.Context(), holder(who)
	x := Photos{Page: p.Hall.Page(r, web.PortalCounter, "counter.photos"), MaxMB: photoMB}
	var err error
	if x.Frame, err = p.frame(ctx, who, "photos"); err != nil {
		return x, err
	}
	waiting, refused, err := portrait.Count(ctx, p.Store, h)
	if err != nil {
		return x, err
	}
	x.Pager = web.Pager{Page: web.PageOf(r), Size: photoSize, Total: waiting + refused, Base: "/counter/photos"}
	list, err := portrait.ToLookAt(ctx, p.Store, h, x.Pager.Offset(), photoSize)
	if err != nil {
		return x, err
	}
	people, err := p.people(ctx, list)
	if err != nil {
		return x, err
	}
	for _, f := range list {
		row := photoRow(x.Lang, f, people[f.Person])
		if f.State == portrait.Waiting {
			x.Wait = append(x.Wait, row)
		} else {
			x.Need = append(x.Need, row)
		}
	}
	return x, nil
}

// people reads whose photos a list is of, in one query.
func (p *Portal) people(ctx context.Context, list []portrait.Photo) (map[ref.Person]person.Person, error) {
	ids := make([]ref.Person, len(list))
	for i, f := range list {
		ids[i] = f.Person
	}
	return person.Find(ctx, p.Store, ids)
}

func photoRow(l wording.Lang, f portrait.Photo, of person.Person) PhotoRow {
	row := PhotoRow{ID: string(f.ID), Name: of.Name.Masked(), Masked: of.Number.Masked(), Source: "counter.photo.from." + string(f.Source),
		Since: f.TakenAt, Href: "/counter/photos/" + string(f.ID)}
	if !f.DecidedAt.IsZero() {
		row.Since = f.DecidedAt
	}
	for _, x := range f.Problems {
		row.Why = append(row.Why, wording.What(l, x.Fault()))
	}
	return row
}
