package own

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"time"

	"kawu/domain/certificate"
	"kawu/kit/fault"
	"kawu/kit/pki"
)

// BadLedger says that a line of the ledger cannot be read; args: line.
var BadLedger = fault.New(fault.Internal, "ca.bad_ledger", "the ledger of the certificate authority is damaged at byte {at}")

// line is one entry; the fields of one kind are set. No names stand in the open: a card is an id, its
// certificates are sealed.
type line struct {
	At int64 `json:"at"` // Unix seconds

	Form   string `json:"form,omitempty"`   // a serial number that is about to be signed
	Use    string `json:"use,omitempty"`    // of the form
	Issuer int    `json:"issuer,omitempty"` // number of the issuing authority
	TBS    string `json:"tbs,omitempty"`    // SM3 of what will be signed

	Card   string   `json:"card,omitempty"` // a card's certificates, released
	Key    string   `json:"key,omitempty"`  // the card's public key
	Pair   []string `json:"pair,omitempty"` // serial numbers: signing, encryption
	Sealed string   `json:"sealed,omitempty"`

	End string `json:"end,omitempty"` // a serial number that goes out of use, or comes back into it
	Why string `json:"why,omitempty"` // RFC 5280 name; certificate.Lifted: back
}

// standing is what is known of a serial number.
type standing struct {
	issuer   int
	use      pki.Use
	at       time.Time
	released bool
	ended    time.Time // zero: good
	why      string
}

// gone says that it is out of use for good.
func (s *standing) gone() bool { return !s.ended.IsZero() && s.why != certificate.OnHold }

// changes says whether a reason would change anything: what is gone stays so for its first reason.
func (s *standing) changes(reason string) bool {
	switch {
	case s.gone():
		return false
	case reason == certificate.Lifted:
		return !s.ended.IsZero()
	case reason == certificate.OnHold:
		return s.ended.IsZero()
	}
	return true
}

// change takes a reason. What was on hold and is revoked keeps the moment of the hold (X.509).
func (s *standing) change(reason string, at time.Time) {
	switch {
	case !s.changes(reason):
	case reason == certificate.Lifted:
		s.ended, s.why = time.Time{}, ""
	case s.ended.IsZero():
		s.ended, s.why = at, reason
	default:
		s.why = reason
	}
}

// held is where a card's newest certificates stand.
type held struct {
	key    string
	pair   [2]string
	offset int64
	length int
}

// ledger is the file and what it says.
type ledger struct {
	file    *os.File
	read    int64 // up to here it is in memory
	serials map[string]*standing
	cards   map[string]held
}

func openLedger(path string) (*ledger, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	l := &ledger{file: f, serials: map[string]*standing{}, cards: map[string]held{}}
	if err := l.refresh(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return l, nil
}

// refresh reads what was added since, by this process or another. A last line without its end is one
// that a power cut broke off: whatever it was about was not answered.
func (l *ledger) refresh() error {
	r := bufio.NewReaderSize(io.NewSectionReader(l.file, l.read, 1<<62), 1<<20)
	for {
		text, err := r.ReadBytes('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if at := l.read; len(bytes.TrimSpace(text)) > 0 {
			var x line
			if err := json.Unmarshal(text, &x); err == nil {
				l.take(x, at, len(text))
			} else if !bytes.HasSuffix(text, []byte("\x00\n")) { // not a broken end that was closed off
				return with(BadLedger, "at", at)
			}
		}
		l.read += int64(len(text))
	}
}

func (l *ledger) take(x line, offset int64, length int) {
	at := time.Unix(x.At, 0).UTC()
	switch {
	case x.Form != "":
		l.serials[x.Form] = &standing{issuer: x.Issuer, use: pki.Use(x.Use), at: at}
	case x.Card != "":
		for _, s := range x.Pair {
			if l.serials[s] != nil {
				l.serials[s].released = true
			}
		}
		if len(x.Pair) == 2 {
			l.cards[x.Card] = held{x.Key, [2]string(x.Pair), offset, length}
		}
	case x.End != "":
		if s := l.serials[x.End]; s != nil {
			s.change(x.Why, at)
		}
	}
}

// add writes lines, all on the disk when it returns.
func (l *ledger) add(lines ...line) error {
	if len(lines) == 0 {
		return nil
	}
	start, err := l.file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if start > l.read { // a broken end: closed off, so that it stays one line
		b.WriteString("\x00\n")
	}
	out, sizes := json.NewEncoder(&b), make([]int, len(lines))
	for i, x := range lines {
		before := b.Len()
		if err := out.Encode(x); err != nil {
			return err
		}
		sizes[i] = b.Len() - before
	}
	if _, err = l.file.Write(b.Bytes()); err == nil {
		err = l.file.Sync()
	}
	if err != nil {
		return err
	}
	if end, err := l.file.Seek(0, io.SeekEnd); err != nil || start != l.read || end != start+int64(b.Len()) {
		return errors.Join(err, l.refresh()) // somebody else wrote, too
	}
	for i, x := range lines { // reading them again takes 20 µs a certificate
		l.take(x, l.read, sizes[i])
		l.read += int64(sizes[i])
	}
	return nil
}

// sealed reads a card's sealed certificates again.
func (l *ledger) sealed(h held) (string, error) {
	text := make([]byte, h.length)
	if _, err := l.file.ReadAt(text, h.offset); err != nil {
		return "", err
	}
	var x line
	err := json.Unmarshal(text, &x)
	return x.Sealed, err
}

// gone says that both certificates of a card are out of use for good: it is being made again.
func (l *ledger) gone(h held) bool {
	return l.serials[h.pair[0]].gone() && l.serials[h.pair[1]].gone()
}
