package keyd

import (
	"bufio"
	"context"
	"encoding/gob"
	"errors"
	"net"
	"os"
	"sync"
	"time"

	"kawu/chip/key"
	"kawu/kit/clock"
)

// Listen opens the socket with mode 0600, replacing one that a dead process left behind.
func Listen(path string) (net.Listener, error) {
	if c, err := net.Dial("unix", path); err == nil {
		c.Close()
		return nil, os.ErrExist // somebody serves there
	}
	os.Remove(path)
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	return l, os.Chmod(path, 0o600)
}

// Serve answers until the context ends.
func Serve(ctx context.Context, l net.Listener, s key.Store) error {
	var wg sync.WaitGroup
	defer wg.Wait()
	stop := context.AfterFunc(ctx, func() { l.Close() })
	defer stop()
	for {
		c, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err != nil {
			return err
		}
		wg.Go(func() {
			defer c.Close()
			gone := context.AfterFunc(ctx, func() { c.Close() })
			defer gone()
			converse(ctx, c, s)
		})
	}
}

// arrival is how long a question may take to arrive once it has begun. A connection may be idle for
// ever, but a stranger who sends half a message must not be waited for.
const arrival = 10 * time.Second

// converse answers one connection until it ends or sends something else than questions.
func converse(ctx context.Context, c net.Conn, s key.Store) {
	from := bufio.NewReader(c)
	in, out := gob.NewDecoder(from), gob.NewEncoder(c)
	for {
		if err := c.SetReadDeadline(time.Time{}); err != nil {
			return
		}
		if _, err := from.Peek(1); err != nil {
			return
		}
		if err := c.SetReadDeadline(clock.Real{}.Now().Add(arrival)); err != nil {
			return
		}
		var q request
		if in.Decode(&q) != nil {
			return
		}
		a, err := answer(ctx, s, q)
		if err != nil {
			a = response{Fault: toWire(err)}
		}
		if out.Encode(a) != nil {
			return
		}
	}
}

// digestSigner is what a store's signer must be to sign here: it sees digests only.
type digestSigner interface {
	SignDigest(e []byte) ([]byte, error)
}

func answer(ctx context.Context, s key.Store, q request) (a response, err error) {
	switch {
	case q.Public != nil:
		signer, err := s.Signer(ctx, *q.Public)
		if err != nil {
			return a, err
		}
		a.Point = signer.Public().Point()
	case q.Sign != nil:
		signer, err := s.Signer(ctx, *q.Sign)
		if err != nil {
			return a, err
		}
		d, ok := signer.(digestSigner)
		if !ok {
			return a, Failed
		}
		a.Signature, err = d.SignDigest(q.Digest)
		return a, err
	case q.Disperse != nil:
		a.Wrapped, err = s.Disperse(ctx, q.Disperse)
	case q.Prove != nil:
		a.Proofs, err = s.Prove(ctx, q.Prove)
	case q.MAC != nil:
		a.MACs, err = s.MAC(ctx, q.MAC)
	case q.List:
		l, ok := s.(key.Lister)
		if !ok {
			return a, Failed
		}
		a.Listed, err = l.List(ctx)
	}
	return a, err
}
