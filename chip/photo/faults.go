package photo

import "kawu/kit/fault"

// Hard refusals.
var (
	TooBig    = fault.New(fault.Invalid, "photo.too_big", "the file has more than {limit} MB")
	NotAPhoto = fault.New(fault.Invalid, "photo.not_a_photo", "the file is not a JPEG or PNG picture, or is damaged")
	Bomb      = fault.New(fault.Invalid, "photo.bomb", "the picture has more than {limit} million pixels")
	TooSmall  = fault.New(fault.Invalid, "photo.too_small", "the picture has {width} × {height} pixels; at least {min_width} × {min_height} are needed")
	Blank     = fault.New(fault.Invalid, "photo.blank", "there is nothing to see in the picture")
)

// Soft refusals: a clerk who has looked may accept the picture.
var (
	Shape      = fault.New(fault.Refused, "photo.shape", "the picture is too wide or too tall; {lost} percent of it would be cut off")
	Background = fault.New(fault.Refused, "photo.background", "the background is not white: {white} percent of it is, {wanted} are needed")
	Dark       = fault.New(fault.Refused, "photo.dark", "the picture is too dark")
	Blurred    = fault.New(fault.Refused, "photo.blurred", "the picture is not sharp")
)

// Soft says whether a clerk may overrule the code.
func Soft(code string) bool {
	switch code {
	case Shape.Code, Background.Code, Dark.Code, Blurred.Code:
		return true
	}
	return false
}

func with(f *fault.Fault, args ...any) *fault.Fault {
	return fault.New(f.Kind, f.Code, f.Message, args...)
}
