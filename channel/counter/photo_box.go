package counter

import "kawu/channel/web"

// PhotosBox is a table of photos with the page's language.
type PhotosBox struct {
	web.Page
	Label, Do string // worded
	Rows      []PhotoRow
}

// ShowPhotos boxes photos; label and do are wording keys.
func (f Frame) ShowPhotos(p web.Page, label, do string, rows []PhotoRow) PhotosBox {
	return PhotosBox{p, p.T(label), p.T(do), rows}
}

// FileBox is the field of a picture, named "file".
type FileBox struct {
	web.Page
	MaxMB int
}

// ShowFile boxes the field of a picture.
func (f Frame) ShowFile(p web.Page, maxMB int) FileBox { return FileBox{p, maxMB} }
