package employer

import (
	"time"

	"kawu/channel/web"
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
	Took time.Duration // of the check
	Note web.Said      // read as GB 18030, cells normalised …; empty: nothing to say
}

// UploadView is the page.
var UploadView = web.NewView[Upload](files, "upload")
