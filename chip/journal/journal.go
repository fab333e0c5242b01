// Package journal keeps one card's memory in a file, so that a plugged card survives a power cut.
//
// It owns: the form of the file. It does not own: what the changes mean (chip/cos). The file holds the
// card's secret keys: it is for virtual cards on a developer's machine; a register of cards keeps
// sealed images instead.
package journal

import (
	"encoding/binary"
	"hash/crc32"
	"io"
	"os"
)

// Journal is a cos.Store in one file: each command's changes as length, checksum, bytes, synced. A
// cut-off tail is dropped on opening, so that the file is the state after some whole command.
type Journal struct{ f *os.File }

// Open opens or makes a card's file (0600: it holds keys) and gives its image, empty for a
// new file.
func Open(path string) (*Journal, []byte, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, nil, err
	}
	b, err := io.ReadAll(f)
	if err == nil {
		var image []byte
		good := 0
		for rest := b; len(rest) >= 8; rest = b[good:] {
			n := int(binary.BigEndian.Uint32(rest))
			if n > len(rest)-8 || crc32.ChecksumIEEE(rest[8:8+n]) != binary.BigEndian.Uint32(rest[4:]) {
				break
			}
			image = append(image, rest[8:8+n]...)
			good += 8 + n
		}
		if err = f.Truncate(int64(good)); err == nil {
			_, err = f.Seek(int64(good), io.SeekStart)
		}
		if err == nil {
			return &Journal{f}, image, nil
		}
	}
	f.Close()
	return nil, nil, err
}

// Append implements cos.Store.
func (j *Journal) Append(changes []byte) error {
	b := binary.BigEndian.AppendUint32(make([]byte, 0, 8+len(changes)), uint32(len(changes)))
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(changes))
	if _, err := j.f.Write(append(b, changes...)); err != nil {
		return err
	}
	return j.f.Sync()
}

// Close closes the file.
func (j *Journal) Close() error { return j.f.Close() }
