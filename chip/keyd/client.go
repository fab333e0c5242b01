package keyd

import (
	"context"
	"encoding/gob"
	"net"
	"time"

	"kawu/chip/key"
	"kawu/kit/sm"
)

// Client is a key.Store whose keys lie in another process. Safe for concurrent use: each question
// takes a connection from the pool.
type Client struct {
	path string
	idle chan *link
}

type link struct {
	conn net.Conn
	in   *gob.Decoder
	out  *gob.Encoder
}

var _ key.Store = (*Client)(nil)

// patience is how long one set may take: the largest sets take a fraction of it.
const patience = 30 * time.Second

// Dial gives a client of the socket with at most size idle connections; it connects when it is asked
// something.
func Dial(path string, size int) *Client { return &Client{path, make(chan *link, size)} }

// Close ends the idle connections.
func (c *Client) Close() {
	for {
		select {
		case l := <-c.idle:
			l.conn.Close()
		default:
			return
		}
	}
}

func (c *Client) link(ctx context.Context) (l *link, fresh bool, err error) {
	select {
	case l := <-c.idle:
		return l, false, nil
	default:
	}
	var d net.Dialer
	conn, err := d.DialContext(ctx, "unix", c.path)
	if err != nil {
		return nil, true, Away.Because(err)
	}
	return &link{conn, gob.NewDecoder(conn), gob.NewEncoder(conn)}, true, nil
}

// ask sends a question. A connection that failed is dropped; if it was an old one, the key process
// may have been started again, and a fresh one is tried: no question changes anything there.
func (c *Client) ask(ctx context.Context, q request) (response, error) {
	for {
		l, fresh, err := c.link(ctx)
		if err != nil {
			return response{}, err
		}
		a, err := l.ask(ctx, q)
		if err == nil {
			select {
			case c.idle <- l:
			default:
				l.conn.Close()
			}
			return a, a.Fault.err()
		}
		l.conn.Close()
		if fresh || ctx.Err() != nil {
			return a, Away.Because(err)
		}
	}
}

func (l *link) ask(ctx context.Context, q request) (a response, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { l.conn.Close() })
	defer stop()
	if err = l.out.Encode(q); err == nil {
		err = l.in.Decode(&a)
	}
	return a, err
}

// Signer implements key.Store: the public key is fetched now, so that a wrong name is noticed now.
func (c *Client) Signer(ctx context.Context, r key.Ref) (sm.Signer, error) {
	a, err := c.ask(ctx, request{Public: &r})
	if err != nil {
		return nil, err
	}
	public, err := sm.NewPublicKey(a.Point)
	if err != nil {
		return nil, Away.Because(err)
	}
	return &signer{c, r, public}, nil
}

type signer struct {
	c      *Client
	ref    key.Ref
	public *sm.PublicKey
}

// Public is the key's other half.
func (s *signer) Public() *sm.PublicKey { return s.public }

// Sign hashes here and sends 32 bytes.
func (s *signer) Sign(message []byte) ([]byte, error) {
	e, err := s.public.MessageDigest(message)
	if err != nil {
		return nil, err
	}
	a, err := s.c.ask(context.Background(), request{Sign: &s.ref, Digest: e})
	return a.Signature, err
}

// Disperse implements key.Store.
func (c *Client) Disperse(ctx context.Context, set []key.Dispersal) ([][]byte, error) {
	if len(set) == 0 {
		return nil, nil
	}
	a, err := c.ask(ctx, request{Disperse: set})
	return a.Wrapped, err
}

// Prove implements key.Store.
func (c *Client) Prove(ctx context.Context, set []key.Question) ([]key.Proof, error) {
	if len(set) == 0 {
		return nil, nil
	}
	a, err := c.ask(ctx, request{Prove: set})
	return a.Proofs, err
}

// MAC implements key.Store.
func (c *Client) MAC(ctx context.Context, set []key.Command) ([][4]byte, error) {
	if len(set) == 0 {
		return nil, nil
	}
	a, err := c.ask(ctx, request{MAC: set})
	return a.MACs, err
}

// List implements key.Lister.
func (c *Client) List(ctx context.Context) ([]key.Listed, error) {
	a, err := c.ask(ctx, request{List: true})
	return a.Listed, err
}
