package app

import (
	"log/slog"
	"path/filepath"
	"strings"

	"kawu/domain/ref"
	"kawu/kit/clock"
	"kawu/kit/fault"
)

// Config is what an installation is told from outside.
type Config struct {
	Data     string            // folder for keys, the default database and the partners' keys
	DB       string            // database address; empty: sqlite in Data
	City     ref.City          // the city this installation serves
	Clock    clock.Clock       // nil: the machine's
	Node     string            // unique among processes on one database
	Partners map[string]string // address of each partner family: "bank": "http://127.0.0.1:9001"
	Keyd     string            // socket of the key process that holds the card keys; empty: a vault in Data
	Log      *slog.Logger
}

// Families are the outside parties, in the order of the journey.
var Families = []string{"population", "province", "bank", "factory", "ca", "courier", "sms"}

func (c *Config) defaults() {
	if c.Data == "" {
		c.Data = "kawu-data"
	}
	if c.DB == "" {
		c.DB = "sqlite:" + filepath.Join(c.Data, "kawu.db")
	}
	if c.Clock == nil {
		c.Clock = clock.Real{}
	}
	if c.Node == "" {
		c.Node = "main"
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
}

// NoPartner is the refusal of a partner name that is not one; args: name, all.
var NoPartner = fault.New(fault.Invalid, "app.partner", "unknown partner {name}; the partners are {all}")

// check is strict about names: a misspelt partner would silently stay without an address.
func (c *Config) check() error {
	known := map[string]bool{}
	for _, f := range Families {
		known[f] = true
	}
	for name := range c.Partners {
		if !known[name] {
			return fault.New(NoPartner.Kind, NoPartner.Code, NoPartner.Message, "name", name, "all", strings.Join(Families, ", "))
		}
	}
	return nil
}
