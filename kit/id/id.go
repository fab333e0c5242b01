// Package id makes ids that sort by the time they were made.
//
// An id is text: a prefix that says what it is ("app", "crd"), an underscore, and 26 characters of
// Crockford base 32: 48 bits of milliseconds, then 80 bits of which the first count up inside one
// millisecond, so that ids made together keep their order. Ids carry no personal data and are safe
// in logs and addresses.
package id

import (
	"crypto/rand"
	"encoding/binary"
	"strings"
	"sync"
	"time"
)

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

var (
	mu   sync.Mutex
	last int64
	seq  uint32
)

// New makes an id at time t. t is the transaction's time, so ids in a demo sort in the demo's time.
func New(prefix string, t time.Time) string {
	var b [16]byte
	ms := t.UnixMilli()
	_, _ = rand.Read(b[6:]) // crypto/rand.Read never fails since Go 1.24
	mu.Lock()
	if ms == last {
		seq++
	} else {
		last, seq = ms, uint32(b[7])<<8|uint32(b[8])
	}
	n := seq
	mu.Unlock()
	var head [8]byte
	binary.BigEndian.PutUint64(head[:], uint64(ms)<<16)
	copy(b[:6], head[:6])
	binary.BigEndian.PutUint32(b[6:10], n)
	return prefix + "_" + encode(b)
}

// Many makes n ids at time t, in rising order.
func Many(prefix string, t time.Time, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = New(prefix, t)
	}
	return out
}

// Prefix is what an id says it is; "" when it is not one of ours.
func Prefix(s string) string {
	p, _, ok := strings.Cut(s, "_")
	if !ok {
		return ""
	}
	return p
}

// Time is when an id was made, to the millisecond; ok is false for a text that is no id of New.
func Time(s string) (t time.Time, ok bool) {
	_, body, _ := strings.Cut(s, "_")
	if len(body) != 26 {
		return t, false
	}
	ms := int64(0)
	for i := range 10 { // the first ten characters are two zero bits and the 48 of the time
		n := strings.IndexByte(alphabet, body[i])
		if n < 0 {
			return t, false
		}
		ms = ms<<5 | int64(n)
	}
	return time.UnixMilli(ms), true
}

func encode(b [16]byte) string {
	var out [26]byte
	hi, lo := binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])
	for i := 25; i >= 0; i-- {
		out[i] = alphabet[lo&31]
		lo = lo>>5 | hi<<59
		hi >>= 5
	}
	return string(out[:])
}
