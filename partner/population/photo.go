package population

import (
	"context"

	"kawu/domain/portrait"
	"kawu/partner/wire"
)

// KindPhoto is the register's word for a question for photos.
const KindPhoto = "photo"

// Most is how many people one question for photos may name; the register refuses more.
const Most = portrait.Lines

// PhotoQuestion asks for the photos of identity cards.
type PhotoQuestion struct {
	Lines []PhotoLine `json:"lines"`
}

// PhotoLine is one person.
type PhotoLine struct {
	Ref    string `json:"ref"`
	Number string `json:"AAC002"`
}

// PhotoAnswer holds one Picture for every line, in any order.
type PhotoAnswer struct {
	Pictures []Picture `json:"pictures"`
}

// Picture is one person's photo; JPEG is base64 in JSON and absent when the register has none.
type Picture struct {
	Ref  string `json:"ref"`
	JPEG []byte `json:"photo,omitempty"`
}

var _ portrait.Register = (*Register)(nil)

// Photos asks for all photos in one question. Fault: wire.Malformed when a person is answered twice
// or not at all. Whether a file is a picture is not looked at here.
func (r *Register) Photos(ctx context.Context, key string, people []portrait.Wanted) ([]portrait.Found, error) {
	q := PhotoQuestion{Lines: make([]PhotoLine, len(people))}
	for i, p := range people {
		q.Lines[i] = PhotoLine{p.Key, p.Number}
	}
	var a PhotoAnswer
	if err := r.wire.Ask(ctx, KindPhoto, key, q, &a); err != nil {
		return nil, err
	}
	found := make([]portrait.Found, len(a.Pictures))
	for i, v := range a.Pictures {
		found[i] = portrait.Found{Key: v.Ref, JPEG: v.JPEG}
	}
	return wire.Match(r.wire, people, func(p portrait.Wanted) string { return p.Key },
		found, func(f portrait.Found) string { return f.Key })
}
