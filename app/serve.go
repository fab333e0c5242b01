package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"kawu/channel/web"
)

// ServeOptions is how the portals are served.
type ServeOptions struct {
	Addr      string
	Demo      bool                       // shows the messages a phone would get, and the sample sign-ins
	Logins    map[web.Portal][]web.Login // the sample sign-ins, shown where one signs in
	Pause     time.Duration              // between two looks for duties
	Hints     []string                   // further lines to tell
	Later     func()                     // moves the demo's clock to where something happens; nil: the clock is real
	Listening func(lines []string)       // told the addresses once they are open
}

// Serve serves the portals and works off duties until ctx ends.
func (h *House) Serve(ctx context.Context, o ServeOptions) error {
	l, err := net.Listen("tcp", o.Addr)
	if err != nil {
		return err
	}
	handler, lines := h.Portals(o, "http://"+l.Addr().String())
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	worked := make(chan error, 1)
	go func() { worked <- h.Runner.Run(ctx, o.Pause) }()
	if o.Listening != nil {
		o.Listening(lines)
	}
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	err = server.Shutdown(stop)
	<-failed
	return errors.Join(err, <-worked)
}
