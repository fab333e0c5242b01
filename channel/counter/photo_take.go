package counter

import (
	"errors"
	"io"
	"net/http"
	"slices"

	"kawu/channel/web"
	"kawu/domain/person"
	"kawu/domain/portrait"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/flow/takephoto"
	"kawu/kit/fault"
	"kawu/kit/idno"
)

// photoMB is the largest file that is taken; chip/photo has the same limit.
const photoMB = 15

var (
	errPhotoFile = fault.New(fault.Invalid, "counter.photo_file", "choose the photo first")
	errPhotoBig  = fault.New(fault.Invalid, "photo.too_big", "the file has more than {limit} MB", "limit", photoMB)
)

// accept is POST /counter/photos/{id}/accept.
func (p *Portal) accept(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	err := p.Hall.Once(w, r, func() (string, error) {
		return web.Saying("/counter/photos", "said.photo_accepted"), p.Photos.Accept(r.Context(), who, ref.Photo(r.PathValue("id")), r.PostForm["overruled"])
	})
	return p.photoAgain(w, r, who, err)
}

// refuse is POST /counter/photos/{id}/refuse.
func (p *Portal) refuse(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	err := p.Hall.Once(w, r, func() (string, error) {
		id := ref.Photo(r.PathValue("id"))
		return web.Saying("/counter/photos/"+string(id), "said.photo_refused"), p.Photos.Refuse(r.Context(), who, id)
	})
	return p.photoAgain(w, r, who, err)
}

// another is POST /counter/photos/{id}/new: a photo taken at the window in the place of one that
// cannot be used.
func (p *Portal) another(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	f, err := p.found(r, who)
	if err != nil {
		return err
	}
	file, err := photoFile(w, r)
	if err == nil {
		err = p.shoot(w, r, who, f.Person, file)
	}
	return p.photoAgain(w, r, who, err)
}

// photoAgain shows the page of one photo with what was wrong with its form.
func (p *Portal) photoAgain(w http.ResponseWriter, r *http.Request, who desk.Actor, wrong error) error {
	if wrong == nil {
		return nil
	}
	x, err := p.photoOf(r, who)
	if err != nil {
		return err
	}
	for i, f := range x.Found {
		x.Found[i].Ticked = slices.Contains(r.PostForm["overruled"], f.Code)
	}
	if !x.Page.Fail(wrong) {
		return wrong
	}
	return PhotoView.Form(w, x.Page, x)
}

// snap is POST /counter/photos: a photo of somebody at the window.
func (p *Portal) snap(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	file, wrong := photoFile(w, r)
	if !errors.Is(wrong, errPhotoBig) { // what stood behind a file that is too big was not read
		id, bad := p.standing(r)
		if wrong = errors.Join(bad, wrong); wrong == nil {
			wrong = p.shoot(w, r, who, id, file)
		}
	}
	if wrong == nil {
		return nil
	}
	x, err := p.photosOf(r, who)
	if err != nil {
		return err
	}
	x.Number = r.PostFormValue("number")
	if !x.Page.Fail(flat(wrong)) {
		return wrong
	}
	return PhotosView.Form(w, x.Page, x)
}

// flat makes one list of the faults that were joined.
func flat(err error) error {
	many, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return err
	}
	var list fault.List
	for _, e := range many.Unwrap() {
		f := fault.Of(e)
		if f == nil {
			return err
		}
		list = append(list, f)
	}
	return list.Err()
}

// standing finds the person whose document lies on the desk.
func (p *Portal) standing(r *http.Request) (ref.Person, error) {
	n, _, err := idno.Parse(r.PostFormValue("number"))
	if f := fault.Of(err); f != nil {
		return "", f.At("number")
	}
	mark := person.Mark(p.Store.Box(), n)
	found, err := person.ByMarks(r.Context(), p.Store, []string{mark})
	if err == nil && found[mark].ID == "" {
		err = person.ErrUnknown.At("number")
	}
	return found[mark].ID, err
}

// shoot takes a photo and leads to where it stands: with doubts to its page, where the clerk decides.
func (p *Portal) shoot(w http.ResponseWriter, r *http.Request, who desk.Actor, of ref.Person, file []byte) error {
	return p.Hall.Once(w, r, func() (string, error) {
		f, err := p.Photos.Take(r.Context(), who, takephoto.Shot{Person: of, Source: portrait.Outlet, File: file, Insist: true})
		switch {
		case err != nil:
			return "", atFile(err)
		case len(f.Problems) > 0:
			return web.Saying("/counter/photos/"+string(f.ID), "said.photo_look"), nil
		}
		return web.Saying("/counter/photos", "said.photo_good"), nil
	})
}

// atFile points every fault of a picture to the field that holds it.
func atFile(err error) error {
	var list fault.List
	if !errors.As(err, &list) {
		return err
	}
	out := make(fault.List, len(list))
	for i, f := range list {
		out[i] = f.At("file")
	}
	return out
}

// photoFile reads the file of a form.
func photoFile(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	r.Body = http.MaxBytesReader(w, r.Body, photoMB<<20+64<<10) // some room for the form around the file
	var over *http.MaxBytesError
	if err := r.ParseMultipartForm(1 << 20); errors.As(err, &over) {
		return nil, errPhotoBig.At("file")
	} else if err != nil {
		return nil, errPhotoFile.At("file")
	}
	defer func() { _ = r.MultipartForm.RemoveAll() }()
	file, _, err := r.FormFile("file")
	if err != nil {
		return nil, errPhotoFile.At("file")
	}
	defer file.Close()
	return io.ReadAll(file)
}
