package sim

import (
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"kawu/kit/seal"
	"kawu/kit/sm"
	"kawu/partner/factory"
	"kawu/partner/wire/host"
)

// album is the factory's store of photos: a folder for each batch, a sealed file for each picture, all
// gone when the batch is delivered. They are too many for the simulator's journal, which never shrinks.
type album struct {
	dir string
	box *seal.Box
}

const sealPhoto = "factory.photo"

func openAlbum(dir string) (*album, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	box, err := seal.LoadOrCreate(filepath.Join(dir, "album.key"))
	return &album{dir, box}, err
}

var (
	batchName  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$`)
	digestName = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

func (a *album) put(batch string, p factory.Picture) error {
	sealed, err := a.box.Seal(sealPhoto, string(p.JPEG))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(a.dir, batch), 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(a.dir, batch, p.Digest), []byte(sealed), 0o600)
}

var (
	errNoPhoto  = errors.New("the order names a photo that never came")
	errBadPhoto = errors.New("the photo is not the one that the order names")
)

// get opens the picture that a line names; nil for a line that names none.
func (a *album) get(batch, digest string) ([]byte, error) {
	if digest == "" {
		return nil, nil
	}
	if !digestName.MatchString(digest) {
		return nil, errNoPhoto
	}
	sealed, err := os.ReadFile(filepath.Join(a.dir, batch, digest))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errNoPhoto
	}
	if err != nil {
		return nil, err
	}
	plain, err := a.box.Open(sealPhoto, string(sealed))
	if err != nil {
		return nil, errBadPhoto
	}
	if h := sm.Hash([]byte(plain)); hex.EncodeToString(h[:]) != digest {
		return nil, errBadPhoto
	}
	return []byte(plain), nil
}

func (a *album) forget(batch string) error { return os.RemoveAll(filepath.Join(a.dir, batch)) }

// tidy drops the folders of batches that nobody needs any more, as after a crash in the middle of
// forgetting.
func (a *album) tidy(needed func(batch string) bool) error {
	list, err := os.ReadDir(a.dir)
	for _, e := range list {
		if e.IsDir() && !needed(e.Name()) {
			err = errors.Join(err, a.forget(e.Name()))
		}
	}
	return err
}

// Photos is how many pictures are kept now.
func (s *Sim) Photos() (n int, err error) {
	err = s.Do(func(*host.Turn) error {
		list, err := filepath.Glob(filepath.Join(s.album.dir, "*", "*"))
		n = len(list)
		return err
	})
	return n, err
}

// photos takes a part of a batch's pictures. They may come before their data file; of a batch that is
// delivered they are not kept.
func (s *Sim) photos(t *host.Turn, q factory.Photos) (struct{}, error) {
	if !batchName.MatchString(q.Batch) {
		return struct{}{}, host.Refuse("bad_batch")
	}
	var wrong []int
	for i, p := range q.Pictures {
		if !digestName.MatchString(p.Digest) {
			wrong = append(wrong, i+1)
		}
	}
	if wrong != nil {
		return struct{}{}, host.Refuse("bad_lines", wrong...)
	}
	_, taken := s.batches.Get(q.Batch)
	if _, under := s.work.Get(q.Batch); taken && !under {
		return struct{}{}, nil
	}
	for _, p := range q.Pictures {
		if err := s.album.put(q.Batch, p); err != nil {
			return struct{}{}, err
		}
	}
	t.Worked(len(q.Pictures))
	return struct{}{}, nil
}
