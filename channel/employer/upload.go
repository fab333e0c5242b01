package employer

import (
	"errors"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"time"

	"kawu/channel/web"
	"kawu/kit/fault"
	"kawu/kit/sheet"
	"kawu/kit/state"
)

// Upload is /employer/batches/{id}/upload, step 1: choose the roster file. POST (multipart, field
// "file") checks it and leads to check; a file that cannot be read comes back here with what to do.
type Upload struct {
	web.Page
	Frame
	Last   *Uploaded // what was uploaded before; a new file replaces it
	MaxMB  int
	MaxRow int
}

// Uploaded is a roster as it was received.
type Uploaded struct {
	File string
	At   time.Time
	Rows int
	Took time.Duration // of the check; zero: not known any more
	Note web.Said      // read as GB 18030, cells normalised …; empty: nothing to say
}

// UploadView is the page.
var UploadView = web.NewView[Upload](files, "upload")

// The limits of a roster; kit/sheet has the same.
const (
	maxMB   = 20
	maxRows = 100_000
)

// ErrNoFile is the refusal of the form without a file.
var ErrNoFile = fault.New(fault.Invalid, "employer.no_file", "choose a file first")

// upload is GET …/upload.
func (p *Portal) upload(v *visit) error {
	return p.showUpload(v, p.page(v, "employer.upload"))
}

func (p *Portal) showUpload(v *visit, page web.Page) error {
	u := Upload{Page: page, Frame: v.frame("upload"), MaxMB: maxMB, MaxRow: maxRows}
	if v.col.FileName != "" {
		u.Last = &Uploaded{File: v.col.FileName, Rows: int(v.col.RowsRead)}
	}
	return UploadView.Form(v.w, page, u)
}

// uploaded is POST …/upload. The file streams to the disk and is checked from there.
func (p *Portal) uploaded(v *visit) error {
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, maxMB<<20+64<<10) // some room for the form around the file
	defer func() {
		if v.r.MultipartForm != nil {
			_ = v.r.MultipartForm.RemoveAll()
		}
	}()
	file, head, err := p.file(v)
	if err == nil {
		defer file.Close()
		err = p.once(v, "check", func() error {
			_, err := p.apply.Upload(v.r.Context(), v.who, v.col.ID, filepath.Base(head.Filename), file, head.Size)
			return err
		})
	}
	f := fault.Of(err)
	if f == nil || f.Is(state.ErrMove) {
		return err
	}
	page := p.page(v, "employer.upload")
	if !page.Fail(f.At("file")) {
		return err
	}
	return p.showUpload(v, page)
}

// file finds the file in the form, kept on the disk beyond the first megabyte.
func (p *Portal) file(v *visit) (multipart.File, *multipart.FileHeader, error) {
	var over *http.MaxBytesError
	if err := v.r.ParseMultipartForm(1 << 20); errors.As(err, &over) {
		return nil, nil, fault.New(sheet.TooBig.Kind, sheet.TooBig.Code, sheet.TooBig.Message, "max", maxMB)
	} else if err != nil {
		return nil, nil, ErrNoFile.Because(err)
	}
	file, head, err := v.r.FormFile("file")
	if err != nil {
		return nil, nil, ErrNoFile
	}
	return file, head, nil
}
