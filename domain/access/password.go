package access

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"kawu/kit/fault"
)

// Cost is what one look at a password costs. It is written into every hash, so that it can be
// raised later: a hash of another cost is made again when its owner signs in.
type Cost struct {
	Memory  uint32 // KiB
	Time    uint32 // passes
	Threads uint8
}

// Standard is OWASP's recommendation for argon2id of 2023: 19 MiB, 2 passes, 1 thread.
var Standard = Cost{Memory: 19 * 1024, Time: 2, Threads: 1}

const (
	saltSize = 16
	keySize  = 32
	// PasswordMin is the fewest characters of a password (GB/T 22239 asks for length and change;
	// NIST SP 800-63B says that length alone helps).
	PasswordMin = 10
)

// ErrPassword is the refusal of a new password that is too short.
var ErrPassword = fault.New(fault.Invalid, "access.password_short", "a password has at least {min} characters", "min", PasswordMin)

// slots keeps a rush of sign-ins from taking all memory: each look takes Cost.Memory.
var slots = make(chan struct{}, max(2, runtime.GOMAXPROCS(0)))

func (c Cost) key(password string, salt []byte) []byte {
	slots <- struct{}{}
	defer func() { <-slots }()
	return argon2.IDKey([]byte(password), salt, c.Time, c.Memory, c.Threads, keySize)
}

var b64 = base64.RawStdEncoding

func long(password string) bool { return utf8.RuneCountInString(password) >= PasswordMin }

// Hash makes the text to store for a password: $argon2id$v=19$m=19456,t=2,p=1$salt$key.
func (c Cost) Hash(password string) (string, error) {
	if !long(password) {
		return "", ErrPassword
	}
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt) // never fails since Go 1.24
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Time, c.Threads,
		b64.EncodeToString(salt), b64.EncodeToString(c.key(password, salt))), nil
}

// Matches tells whether a password belongs to a hash, and whether the hash should be made again
// because it has another cost. A text that is no hash matches nothing, and takes as long.
func (c Cost) Matches(password, hash string) (ok, stale bool) {
	cost, salt, key, valid := parse(hash)
	if !valid {
		c.key(password, make([]byte, saltSize))
		return false, false
	}
	ok = subtle.ConstantTimeCompare(cost.key(password, salt), key) == 1
	return ok, ok && cost != c
}

// parse refuses costs beyond any that this program writes, so that a changed row cannot stop it.
func parse(hash string) (c Cost, salt, key []byte, ok bool) {
	p := strings.Split(hash, "$")
	if len(p) != 6 || p[1] != "argon2id" || p[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, false
	}
	if _, err := fmt.Sscanf(p[3], "m=%d,t=%d,p=%d", &c.Memory, &c.Time, &c.Threads); err != nil ||
		c.Memory > 1<<20 || c.Time < 1 || c.Time > 16 || c.Threads < 1 || c.Threads > 16 {
		return c, nil, nil, false
	}
	salt, err1 := b64.DecodeString(p[4])
	key, err2 := b64.DecodeString(p[5])
	return c, salt, key, err1 == nil && err2 == nil && len(salt) >= 8 && len(key) == keySize
}
