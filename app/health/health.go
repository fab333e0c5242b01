package health

import (
	"context"
	"errors"
	"strings"

	"kawu/app"
	"kawu/app/custodian"
	"kawu/chip/safe"
	"kawu/kit/fault"
	"kawu/kit/wording"
)

// Finding is one thing that was looked at. Fault is nil when it may stay as it is; one of kind Refused
// is a warning, any other keeps the installation from working.
type Finding struct {
	What  string       // database, card_keys, authority, partner
	Is    wording.Said // what is in use
	Fault *fault.Fault
}

// Warns says whether a finding only wants attention.
func (f Finding) Warns() bool { return f.Fault != nil && f.Fault.Kind == fault.Refused }

var (
	// DemonstrationKeys says that cards are made with keys that are worth nothing.
	DemonstrationKeys = fault.New(fault.Refused, "config.demonstration_keys", "the card keys are demonstration keys: they are no keys for service")
	// BesideVault says that whoever reads the data folder has every card key.
	BesideVault = fault.New(fault.Refused, "config.beside_vault", "the card keys lie in the folder of the portals: whoever can read it has them all")
	// NoAddress says that a partner cannot be asked; args: name.
	NoAddress = fault.New(fault.Refused, "config.no_address", "the partner {name} has no address")
	// Attention passes on what the city's own certificate authority warns of; args: warning.
	Attention = fault.New(fault.Refused, "config.authority", "the certificate authority wants attention: {warning}")
)

// Look looks an open installation over.
func Look(ctx context.Context, h *app.House) (all []Finding) {
	all = append(all, Finding{What: "database", Is: is("text", "text", h.Store.Engine)})
	all = append(all, keys(ctx, h)...)
	own := authority(ctx, h)
	all = append(all, own...)
	for _, family := range app.Families {
		if family == "ca" && own[0].Is.Key != bought {
			continue // nobody is asked
		}
		f := Finding{What: "partner", Is: is("text", "text", strings.TrimSpace(family+" "+h.Partners[family]))}
		if h.Partners[family] == "" {
			f.Fault = fault.New(NoAddress.Kind, NoAddress.Code, NoAddress.Message, "name", family)
		}
		all = append(all, f)
	}
	return all
}

func keys(ctx context.Context, h *app.House) (all []Finding) {
	where := is("vault", "path", h.Data)
	if h.Cards.Socket != "" {
		where = is("process", "socket", h.Cards.Socket)
	}
	note, err := h.Cards.Note()
	if err != nil {
		return []Finding{{What: "card_keys", Is: where, Fault: told(err)}}
	}
	first := Finding{What: "card_keys", Is: is("masters", "where", where, "version", note.Version)}
	switch {
	case note.Origin == safe.Demonstration:
		first.Fault = DemonstrationKeys
	case h.Cards.Socket == "":
		first.Fault = BesideVault
	}
	all = append(all, first)
	for _, b := range h.Here.Banks {
		m, err := h.Cards.Masters(string(h.Here.Division), string(b.Code))
		if err == nil {
			err = h.Cards.Check(ctx, m)
		}
		if err != nil {
			all = append(all, Finding{What: "card_keys", Is: is("text", "text", b.Code), Fault: told(err)})
		}
	}
	return all
}

// bought is where certificates come from without an authority of one's own.
const bought = "config.is.bought"

// is says what is in use.
func is(what string, args ...any) wording.Said { return wording.Say("config.is."+what, args...) }

func authority(ctx context.Context, h *app.House) []Finding {
	a, err := h.Custodians().Authority()
	if errors.Is(err, custodian.None) {
		return []Finding{{What: "authority", Is: is("bought")}}
	}
	if err != nil {
		return []Finding{{What: "authority", Is: is("own", "name", ""), Fault: told(err)}}
	}
	defer a.Close()
	s, err := a.Status(ctx)
	if err != nil {
		return []Finding{{What: "authority", Is: is("own", "name", ""), Fault: told(err)}}
	}
	all := []Finding{{What: "authority", Is: is("own", "name", s.Members[len(s.Members)-1].Name)}}
	for _, w := range s.Warnings {
		all = append(all, Finding{What: "authority", Is: is("own", "name", ""), Fault: fault.New(Attention.Kind, Attention.Code, Attention.Message, "warning", w)})
	}
	return all
}

// told is an error as a fault that keeps the installation from working.
func told(err error) *fault.Fault {
	f := fault.Of(err)
	if f == nil {
		f = fault.New(fault.Internal, "config.unreadable", "this cannot be read").Because(err)
	}
	if f.Kind == fault.Refused {
		f = fault.New(fault.Invalid, f.Code, f.Message).Because(err)
	}
	return f
}
