package tray

import (
	"encoding/binary"
	"hash/crc32"
	"io"
	"os"

	"kawu/kit/seal"
)

// The purposes bind sealed entries to what they hold: changes of a card's memory, or what is printed on
// it.
const (
	purpose = "tray.card"
	onFace  = "tray.face"
)

// Journal is a cos.Store in one file: each command's changes as length, checksum, sealed bytes,
// synced. A cut-off tail is dropped on opening, so that the file is the state after some whole
// command.
type Journal struct {
	f   *os.File
	box *seal.Box
}

// journal opens a card's file (0600) and gives its image, empty for a new file.
func (t *Tray) journal(path string) (*Journal, []byte, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, nil, err
	}
	b, err := io.ReadAll(f)
	if err == nil {
		image, _, good := t.entries(b)
		if err = f.Truncate(int64(good)); err == nil {
			_, err = f.Seek(int64(good), io.SeekStart)
		}
		if err == nil {
			return &Journal{f, t.box}, image, nil
		}
	}
	f.Close()
	return nil, nil, err
}

// entries opens whole entries from the front and says how many bytes they take; face is the last one
// about the print.
func (t *Tray) entries(b []byte) (image []byte, face string, good int) {
	for rest := b; len(rest) >= 8; rest = b[good:] {
		n := int(binary.BigEndian.Uint32(rest))
		if n > len(rest)-8 || crc32.ChecksumIEEE(rest[8:8+n]) != binary.BigEndian.Uint32(rest[4:]) {
			break
		}
		sealed := string(rest[8 : 8+n])
		if plain, err := t.box.Open(purpose, sealed); err == nil {
			image = append(image, plain...)
		} else if print, err := t.box.Open(onFace, sealed); err == nil {
			face = print
		} else {
			break
		}
		good += 8 + n
	}
	return image, face, good
}

func entry(box *seal.Box, about, plain string) ([]byte, error) {
	sealed, err := box.Seal(about, plain)
	if err != nil {
		return nil, err
	}
	b := binary.BigEndian.AppendUint32(make([]byte, 0, 8+len(sealed)), uint32(len(sealed)))
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(sealed)))
	return append(b, sealed...), nil
}

// Append implements cos.Store.
func (j *Journal) Append(changes []byte) error {
	b, err := entry(j.box, purpose, string(changes))
	if err != nil {
		return err
	}
	if _, err := j.f.Write(b); err != nil {
		return err
	}
	return j.f.Sync()
}

// Close closes the file.
func (j *Journal) Close() error { return j.f.Close() }
