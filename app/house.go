package app

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"kawu/chip/safe"
	"kawu/city"
	"kawu/domain/account"
	"kawu/domain/application"
	"kawu/domain/cancellation"
	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/custody"
	"kawu/domain/edition"
	"kawu/domain/exchange"
	"kawu/domain/notice"
	"kawu/domain/parcel"
	"kawu/domain/portrait"
	"kawu/domain/production"
	"kawu/domain/terminal"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/flow/publish"
	"kawu/kit/db"
	"kawu/kit/job"
	"kawu/kit/seal"
	"kawu/kit/sm"
	"kawu/kit/state"
	"kawu/migration"
	"kawu/partner/wire"
	"kawu/policy"
	"kawu/policy/shelf"
)

// Cycles are all life cycles of the house; the database is told of them at start.
var Cycles = []*state.Cycle{application.Collectively, application.Cycle, account.Cycle, production.Cycle, production.Proofs, card.Making, card.Social, terminal.Cycle,
	card.Financial, certificate.Cycle, custody.Lists, parcel.Cycle, notice.Cycle, exchange.Cycle, trouble.Cycle, portrait.Cycle, edition.Cycle, cancellation.Cycle}

// House is a running installation.
type House struct {
	Config
	Store  *db.DB
	Desk   *desk.Desk
	Runner *job.Runner
	Shelf  *shelf.Shelf   // the policy in force
	Here   *policy.City   // what no edition changes: the city's names, districts, banks and notices
	Key    *sm.PrivateKey // the card centre's own key: hand-over signatures and audit anchors
	Cards  *safe.Safe     // the keys that cards are made with
	Flows  Flows

	closers []io.Closer // besides the database
}

// Open opens an installation: keys, database at the newest schema, flows and duties. Nothing runs
// until Runner does.
func Open(ctx context.Context, c Config) (*House, error) {
	c.defaults()
	if err := c.check(); err != nil {
		return nil, err
	}
	if err := c.settle(); err != nil {
		return nil, err
	}
	h := &House{Config: c}
	if err := h.open(ctx); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return h, nil
}

func (h *House) open(ctx context.Context) error {
	box, err := seal.LoadOrCreate(filepath.Join(h.Data, "seal.key"))
	if err != nil {
		return err
	}
	if h.Key, err = loadKey(filepath.Join(h.Data, "centre.key")); err != nil {
		return err
	}
	if h.Cards, err = OpenCardKeys(h.Config); err != nil {
		return err
	}
	if h.Store, err = db.Open(ctx, h.DB, box); err != nil {
		return err
	}
	if _, err := migration.Up(ctx, h.Store); err != nil {
		return err
	}
	if h.Shelf, err = shelf.Open(ctx, city.Files, calendar{}, string(h.City), publish.Press{Store: h.Store, City: h.City}); err != nil {
		return err
	}
	h.Here = h.Shelf.City()
	h.Desk = &desk.Desk{DB: h.Store, Clock: h.Clock}
	h.Runner = &job.Runner{DB: h.Store, Clock: h.Clock, Node: h.Node, Log: h.Log}
	if err := h.Store.Write(ctx, h.Clock.Now(), func(tx *db.Tx) error { return state.Declare(ctx, tx, Cycles) }); err != nil {
		return err
	}
	h.Flows = h.flows()
	if err := h.partners(); err != nil {
		return err
	}
	h.duties()
	return nil
}

// Start looks after the card keys, rings the standing duties and gives back what this node held when
// it died.
func (h *House) Start(ctx context.Context) error {
	if err := h.cardKeys(ctx); err != nil {
		return err
	}
	if err := h.Runner.Start(ctx); err != nil {
		return err
	}
	if err := h.Flows.Post.Start(ctx); err != nil {
		return err
	}
	if err := h.Flows.Revoke.Start(ctx); err != nil {
		return err
	}
	return h.Flows.Oversee.Start(ctx)
}

// Close closes the database and what else is open.
func (h *House) Close() error {
	var err error
	for _, c := range h.closers {
		err = errors.Join(err, c.Close())
	}
	h.closers = nil
	if h.Store == nil {
		return err
	}
	return errors.Join(err, h.Store.Close())
}

// loadKey reads the centre's key, or makes it at the first start.
func loadKey(path string) (*sm.PrivateKey, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		k, err := sm.GenerateKey()
		if err != nil {
			return nil, err
		}
		if text, err = k.MarshalPEM(); err != nil {
			return nil, err
		}
		return k, os.WriteFile(path, text, 0o600)
	}
	if err != nil {
		return nil, err
	}
	return sm.ParsePrivateKeyPEM(text)
}

func (h *House) keys() (*wire.Keyring, error) {
	dir := filepath.Join(h.Data, "keys")
	if err := wire.Setup(dir); err != nil {
		return nil, err
	}
	return wire.Load(dir, wire.Self)
}
