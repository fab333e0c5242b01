package makecard

import (
	"context"
	"maps"
	"slices"

	"kawu/domain/exchange"
	"kawu/domain/portrait"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/flow/desk"
)

// Album is a part of a batch's photos on their way to the factory, by id: the pictures themselves are
// opened only when they are sent, so that no second copy of them is kept.
type Album struct {
	Batch  string      `json:"batch"`
	Photos []ref.Photo `json:"photos"`
}

// sendPhotos puts the photos of a batch beside its file, in parts.
func (f *Flow) sendPhotos(ctx context.Context, s *desk.Sitting, b ref.Batch, photos map[ref.Person]portrait.Photo) error {
	ids := make([]ref.Photo, 0, len(photos))
	for _, who := range slices.Sorted(maps.Keys(photos)) {
		ids = append(ids, photos[who].ID)
	}
	for part := range slices.Chunk(ids, production.PhotosAtOnce) {
		if _, err := exchange.Put(ctx, s.Tx, "factory", f.Factory, Photos, string(b), len(part), Album{string(b), part}); err != nil {
			return err
		}
	}
	return nil
}

// Pictures opens an album for the factory. A photo that was replaced since it was ordered is not in
// it; the factory then says that it never came, and the card is ordered again with the new one.
func (f *Flow) Pictures(ctx context.Context, a Album) ([]production.Photo, error) {
	jpegs, err := portrait.Pictures(ctx, f.Desk.DB, a.Photos)
	if err != nil {
		return nil, err
	}
	out := make([]production.Photo, 0, len(jpegs))
	for _, digest := range slices.Sorted(maps.Keys(jpegs)) {
		out = append(out, production.Photo{Digest: digest, JPEG: jpegs[digest]})
	}
	return out, nil
}

// PhotosTaken is the handler of Photos: the factory has the pictures.
func (f *Flow) PhotosTaken(ctx context.Context, key string) error {
	x, err := exchange.Get(ctx, f.Desk.DB, ref.Exchange(key))
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Photos), desk.DrawBatch, func(s *desk.Sitting) error {
		s.About(x.Subject, int(x.N))
		_, err := exchange.Take(ctx, s.Tx, x.ID, s.ID)
		return err
	})
}
