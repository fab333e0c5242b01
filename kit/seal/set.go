package seal

import (
	"hash"
	"runtime"
	"sync"
)

// SealAll seals a set, in its order, on all cores.
func (b *Box) SealAll(purpose string, plain []string) ([]string, error) {
	return each(plain, func(in, out []string) error {
		for i, p := range in {
			s, err := b.Seal(purpose, p)
			if err != nil {
				return err
			}
			out[i] = s
		}
		return nil
	})
}

// OpenAll opens a set, in its order, on all cores. One broken value fails the set: a set with holes
// would be written back with holes.
func (b *Box) OpenAll(purpose string, sealed []string) ([]string, error) {
	return each(sealed, func(in, out []string) error {
		for i, s := range in {
			p, err := b.Open(purpose, s)
			if err != nil {
				return err
			}
			out[i] = p
		}
		return nil
	})
}

// DigestAll digests a set, in its order, on all cores.
func (b *Box) DigestAll(purpose string, plain []string) []string {
	out, _ := each(plain, func(in, out []string) error { // digesting cannot fail
		h := b.macs.Get().(hash.Hash)
		defer b.macs.Put(h)
		for i, p := range in {
			out[i] = digest(h, purpose, p)
		}
		return nil
	})
	return out
}

// each cuts the set into one run per core; small sets stay on this one.
func each(in []string, work func(in, out []string) error) ([]string, error) {
	out := make([]string, len(in))
	n := runtime.GOMAXPROCS(0)
	if len(in) < 256 || n == 1 {
		if err := work(in, out); err != nil {
			return nil, err
		}
		return out, nil
	}
	var wg sync.WaitGroup
	errs := make([]error, n)
	for k := range n {
		from, to := len(in)*k/n, len(in)*(k+1)/n
		wg.Go(func() { errs[k] = work(in[from:to], out[from:to]) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
