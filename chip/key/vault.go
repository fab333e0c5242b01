package key

import (
	"context"
	"crypto/rand"
	"maps"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"kawu/kit/sm"
)

// Vault is the software Store: keys in memory, sealed on disk when it was opened on a folder. It is
// the default and for tests; production puts keys into a device or another process behind Store.
// Safe for concurrent use, and for several processes on one folder: a key that another has added is
// found when it is asked for. A large set is worked on all cores.
type Vault struct {
	scheme Scheme
	files  *files // nil: memory only

	mu   sync.RWMutex
	keys map[Ref]entry
}

type entry struct {
	sm4 *sm.Cipher
	sm2 *sm.PrivateKey
}

// NewVault is an empty vault in memory.
func NewVault(s Scheme) *Vault { return &Vault{scheme: s, keys: map[Ref]entry{}} }

var nameForm = regexp.MustCompile(`^[a-z0-9]+([/_-][a-z0-9]+)*$`)

// Generate makes a random SM4 master key: BadName, Taken.
func (v *Vault) Generate(r Ref) error {
	var k [sm.KeySize]byte
	rand.Read(k[:])
	return v.Import(r, k[:])
}

// GenerateSM2 makes a signing key: BadName, Taken.
func (v *Vault) GenerateSM2(r Ref) error {
	k, err := sm.GenerateKey()
	if err != nil {
		return err
	}
	der, err := k.MarshalPKCS8()
	if err != nil {
		return err
	}
	return v.put(r, entry{sm2: k}, "sm2", der)
}

// Withdraw takes back a key that was made in a step which then failed: nothing was made with it.
func (v *Vault) Withdraw(r Ref) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.keys, r)
	if v.files == nil {
		return nil
	}
	return os.Remove(v.files.path(r))
}

// Import takes a 16-byte master key that others gave: a transport key of a chip maker, a key
// rebuilt from custodians' parts. The caller wipes its copy.
func (v *Vault) Import(r Ref, k []byte) error {
	c, err := sm.NewCipher(k)
	if err != nil {
		return err
	}
	return v.put(r, entry{sm4: c}, "sm4", k)
}

// Descend makes a child master inside the vault: a city's key from its province's.
func (v *Vault) Descend(parent Ref, f Factor, child Ref) error {
	c, err := v.cipher(Path{Master: parent})
	if err != nil {
		return err
	}
	k := v.scheme.Child(c, f)
	defer clear(k[:])
	return v.Import(child, k[:])
}

// Names lists all keys, sorted.
func (v *Vault) Names() []Ref {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return slices.SortedFunc(maps.Keys(v.keys), func(a, b Ref) int { return strings.Compare(a.String(), b.String()) })
}

func (v *Vault) put(r Ref, e entry, kind string, secret []byte) error {
	if !nameForm.MatchString(r.Name) || r.Version == 0 {
		return about(BadName, r)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if _, there := v.keys[r]; there {
		return about(Taken, r)
	}
	if v.files != nil {
		if err := v.files.write(r, kind, secret); err != nil {
			return err
		}
	}
	v.keys[r] = e
	return nil
}

func (v *Vault) get(r Ref) (entry, error) {
	v.mu.RLock()
	e, there := v.keys[r]
	v.mu.RUnlock()
	if there {
		return e, nil
	}
	if v.files == nil || !nameForm.MatchString(r.Name) {
		return e, about(Missing, r)
	}
	e, there, err := v.files.find(r)
	if err != nil {
		return e, err
	}
	if !there {
		return e, about(Missing, r)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.keys[r] = e
	return e, nil
}

// cardKey is a key below a master: masters themselves never work, so that no answer tells about them.
func (v *Vault) cardKey(p Path) (*sm.Cipher, error) {
	if len(p.Factors) == 0 {
		return nil, about(WrongKind, p.Master)
	}
	return v.cipher(p)
}

// cipher walks from the master down the factors.
func (v *Vault) cipher(p Path) (*sm.Cipher, error) {
	e, err := v.get(p.Master)
	if err != nil {
		return nil, err
	}
	if e.sm4 == nil {
		return nil, about(WrongKind, p.Master)
	}
	c := e.sm4
	for _, f := range p.Factors {
		k := v.scheme.Child(c, f)
		if c, err = sm.NewCipher(k[:]); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Signer implements Store.
func (v *Vault) Signer(_ context.Context, r Ref) (sm.Signer, error) {
	e, err := v.get(r)
	if err != nil {
		return nil, err
	}
	if e.sm2 == nil {
		return nil, about(WrongKind, r)
	}
	return e.sm2, nil
}

// Disperse implements Store. What goes under the same card key is wrapped together.
func (v *Vault) Disperse(ctx context.Context, set []Dispersal) ([][]byte, error) {
	var rows [][]Dispersal
	for from, i := 0, 1; i <= len(set); i++ {
		if i == len(set) || !same(set[from].Under, set[i].Under) {
			rows, from = append(rows, set[from:i]), i
		}
	}
	out, err := each(ctx, rows, func() func([]Dispersal) ([][]byte, error) { return v.disperse })
	return slices.Concat(out...), err
}

func (v *Vault) disperse(row []Dispersal) ([][]byte, error) {
	under, err := v.cardKey(row[0].Under)
	if err != nil {
		return nil, err
	}
	plain := make([][]byte, len(row))
	for i, d := range row {
		n := len(d.Key.Factors) - 1
		if n < 0 {
			return nil, about(WrongKind, d.Key.Master)
		}
		parent, err := v.cipher(Path{d.Key.Master, d.Key.Factors[:n]})
		if err != nil {
			return nil, err
		}
		plain[i] = d.Header.with(v.scheme.Child(parent, d.Key.Factors[n]))
	}
	return under.WrapKeys(plain)
}

func same(a, b Path) bool { return a.Master == b.Master && slices.Equal(a.Factors, b.Factors) }

// Prove implements Store.
func (v *Vault) Prove(ctx context.Context, set []Question) ([]Proof, error) {
	return each(ctx, set, func() func(Question) (Proof, error) {
		return func(q Question) (Proof, error) {
			c, err := v.cardKey(q.Key)
			if err != nil {
				return Proof{}, err
			}
			return v.scheme.Proof(c, q.Challenge, q.Source), nil
		}
	})
}

// MAC implements Store.
func (v *Vault) MAC(ctx context.Context, set []Command) ([][4]byte, error) {
	return each(ctx, set, func() func(Command) ([4]byte, error) {
		return func(q Command) ([4]byte, error) {
			c, err := v.cardKey(q.Key)
			if err != nil {
				return [4]byte{}, err
			}
			return v.scheme.MAC(c, q.Challenge, q.Bytes), nil
		}
	})
}

// each cuts a set into one run per core; work makes what one core uses by itself. Small sets stay on
// this core.
func each[In, Out any](ctx context.Context, set []In, work func() func(In) (Out, error)) ([]Out, error) {
	out := make([]Out, len(set))
	cores := min(runtime.GOMAXPROCS(0), len(set)/64+1)
	errs := make([]error, cores)
	var wg sync.WaitGroup
	for k := range cores {
		wg.Go(func() {
			one := work()
			for i := len(set) * k / cores; i < len(set)*(k+1)/cores && ctx.Err() == nil; i++ {
				if out[i], errs[k] = one(set[i]); errs[k] != nil {
					return
				}
			}
		})
	}
	wg.Wait()
	for _, err := range append(errs, ctx.Err()) {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Wrap puts header and key under the card's key.
func Wrap(under *sm.Cipher, h Header, k [sm.KeySize]byte) ([]byte, error) {
	return under.WrapKey(h.with(k))
}

// with is what is wrapped.
func (h Header) with(k [sm.KeySize]byte) []byte {
	head := h.Encode()
	return append(append(make([]byte, 0, HeaderSize+sm.KeySize), head[:]...), k[:]...)
}

// Live is a key as it comes into a card.
type Live struct {
	Header
	Key [sm.KeySize]byte
}

// Unwrap is the card's side of Wrap, for some keys one after another; false when there is none, or one
// was changed or wrapped under another key.
func Unwrap(under *sm.Cipher, wrapped []byte) ([]Live, bool) {
	set := slices.Collect(slices.Chunk(wrapped, WrappedSize))
	plain, err := under.UnwrapKeys(set)
	if err != nil || len(set) == 0 || len(plain[0]) != HeaderSize+sm.KeySize {
		return nil, false
	}
	out := make([]Live, len(plain))
	for i, b := range plain {
		h, ok := DecodeHeader(b[:HeaderSize])
		if !ok {
			return nil, false
		}
		out[i] = Live{h, [sm.KeySize]byte(b[HeaderSize:])}
	}
	return out, true
}
