// Package trial puts a simulator behind a real listener for tests, so that conformance suites can
// stop it, start it again on its memory, move its clock and tell it what to do wrong.
//
// Only tests import it.
package trial

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"kawu/kit/clock"
	"kawu/partner/wire"
	"kawu/partner/wire/host"
)

// Simulator is what every family's sim.Sim is.
type Simulator interface {
	Handler() http.Handler
	Tell(orders []byte) error
	Close() error
	Work() (int, error)
}

// Ground is one simulator under trial and the caller's end of its wire.
type Ground[S Simulator] struct {
	T     *testing.T
	Clock *clock.Manual // the caller's, and by the envelopes the simulator's
	Sim   S

	open    func(host.Options) (S, error)
	options host.Options
	handler atomic.Value
	server  *httptest.Server
	keys    *wire.Keyring
}

// Start puts a fresh simulator behind a loopback listener. The clock stands at nine o'clock on
// Thursday, 1 February 2024.
func Start[S Simulator](t *testing.T, open func(host.Options) (S, error)) *Ground[S] {
	t.Helper()
	dir := t.TempDir()
	g := &Ground[S]{T: t, open: open, Clock: clock.At(time.Date(2024, 2, 1, 9, 0, 0, 0, clock.Zone)),
		options: host.Options{Data: filepath.Join(dir, "data"), Keys: filepath.Join(dir, "keys")}}
	g.must(keys(g.options.Keys))
	var err error
	g.keys, err = wire.Load(g.options.Keys, wire.Self)
	g.must(err)
	g.start()
	g.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.handler.Load().(http.Handler).ServeHTTP(w, r)
	}))
	t.Cleanup(func() { g.server.Close(); _ = g.Sim.Close() })
	return g
}

func (g *Ground[S]) must(err error) {
	g.T.Helper()
	if err != nil {
		g.T.Fatal(err)
	}
}

func (g *Ground[S]) start() {
	g.T.Helper()
	s, err := g.open(g.options)
	g.must(err)
	g.Sim = s
	g.handler.Store(s.Handler())
}

// Client makes a caller for the party with this name.
func (g *Ground[S]) Client(party string) *wire.Client { return g.ClientWith(party, nil) }

// ClientWith is Client with a recorder.
func (g *Ground[S]) ClientWith(party string, r wire.Recorder) *wire.Client {
	return wire.NewClient(wire.Link{Partner: party, Address: g.server.URL, Keys: g.keys, Clock: g.Clock, Recorder: r})
}

// Address is where the simulator listens.
func (g *Ground[S]) Address() string { return g.server.URL }

// Folders are those of the simulator's memory and of the shared keys.
func (g *Ground[S]) Folders() (data, keys string) { return g.options.Data, g.options.Keys }

// Restart closes the simulator and opens it again on its memory, as after a power cut.
func (g *Ground[S]) Restart() {
	g.T.Helper()
	g.must(g.Sim.Close())
	g.start()
}

// Tell gives orders as JSON.
func (g *Ground[S]) Tell(orders string) { g.T.Helper(); g.must(g.Sim.Tell([]byte(orders))) }

// Days moves the caller's clock on.
func (g *Ground[S]) Days(n int) { g.Clock.To(g.Clock.Now().AddDate(0, 0, n)) }
