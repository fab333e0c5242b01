package app

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	bank "kawu/partner/bank/sim"
	ca "kawu/partner/ca/sim"
	courier "kawu/partner/courier/sim"
	factory "kawu/partner/factory/sim"
	population "kawu/partner/population/sim"
	province "kawu/partner/province/sim"
	sms "kawu/partner/sms/sim"
	"kawu/partner/wire"
	"kawu/partner/wire/host"

	"kawu/kit/clock"
	"kawu/kit/fault"
)

// Simulator is a partner that behaves, remembers and fails like a real one.
type Simulator interface {
	Handler() http.Handler
	Close() error
}

func as[S Simulator](open func(host.Options) (S, error)) func(host.Options) (Simulator, error) {
	return func(o host.Options) (Simulator, error) { return open(o) }
}

// simulators is every family's simulator; `kawu partner` and the demo start them from here.
var simulators = map[string]func(host.Options) (Simulator, error){
	"population": as(population.New), "province": as(province.New), "bank": as(bank.New), "factory": as(factory.New),
	"ca": as(ca.New), "courier": as(courier.New), "sms": as(sms.New),
}

// Partner is a simulator that listens.
type Partner struct {
	Family  string
	Address string // "http://127.0.0.1:9001"
	sim     Simulator
	server  *http.Server
	done    chan error
}

// PartnerOptions is how a simulator is started.
type PartnerOptions struct {
	Addr   string      // "127.0.0.1:9001"; port 0 takes a free one
	Data   string      // folder of its memory
	Keys   string      // folder of the shared key files
	Keyd   string      // socket of the key process with the card keys; "": the vault in Keys
	Clock  clock.Clock // nil: follow the time in our envelopes
	Orders string      // file with what it shall do wrong, or ""
}

// StartPartner starts one simulator on its own listener.
func StartPartner(family string, o PartnerOptions) (*Partner, error) {
	open, ok := simulators[family]
	if !ok {
		return nil, fault.New(NoPartner.Kind, NoPartner.Code, NoPartner.Message, "name", family, "all", strings.Join(Families, ", "))
	}
	if err := wire.Setup(o.Keys); err != nil {
		return nil, err
	}
	sim, err := open(host.Options{Data: filepath.Join(o.Data, family), Keys: o.Keys, Clock: o.Clock, Orders: o.Orders, Keyd: o.Keyd})
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", o.Addr)
	if err != nil {
		_ = sim.Close()
		return nil, fmt.Errorf("partner %s: %w", family, err)
	}
	p := &Partner{Family: family, Address: "http://" + l.Addr().String(), sim: sim, done: make(chan error, 1),
		server: &http.Server{Handler: sim.Handler(), ReadHeaderTimeout: 10 * time.Second}}
	go func() { p.done <- p.server.Serve(l) }()
	return p, nil
}

// Stop ends a simulator; its memory stays.
func (p *Partner) Stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_ = p.server.Shutdown(ctx)
	<-p.done
	return p.sim.Close()
}

// StartPartners starts all simulators on free ports of the loopback address, for a demo in one
// process: the wire is real all the same. A family with an address elsewhere is not started.
func StartPartners(data, keyd string, elsewhere map[string]string) (all []*Partner, addresses map[string]string, err error) {
	addresses = map[string]string{}
	for _, family := range Families {
		if a := elsewhere[family]; a != "" {
			addresses[family] = a
			continue
		}
		p, err := StartPartner(family, PartnerOptions{Addr: "127.0.0.1:0", Data: filepath.Join(data, Simulators), Keys: filepath.Join(data, "keys"), Keyd: keyd})
		if err != nil {
			for _, q := range all {
				_ = q.Stop()
			}
			return nil, nil, err
		}
		all, addresses[family] = append(all, p), p.Address
	}
	return all, addresses, nil
}

// Plastic is the folder of the virtual cards that the factory's simulator of an installation makes.
func Plastic(data string) string { return factory.Tray(filepath.Join(data, Simulators, "factory")) }
