package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"kawu/app"
	"kawu/chip/key"
	"kawu/chip/keyd"
	"kawu/chip/safe"
	"kawu/kit/fault"
)

func (t *tool) key() *cobra.Command {
	c := &cobra.Command{Use: "key", Short: "The keys that cards are made with: list, show, split, ceremony, key process",
		Long: "The key hierarchy of the cards. Masters are brought in by two custodians who each know half; nothing secret is ever printed. docs/how/keys.md tells how the day goes."}
	list := &cobra.Command{
		Use: "list", Short: "All keys with their check values, and which new cards are made with", Example: "  kawu key list --json", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return t.listKeys(c.Context(), "") },
	}
	show := &cobra.Command{
		Use: "show NAME", Short: "All versions of one key", Example: "  kawu key show city/110000/ssse/rk", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return t.listKeys(c.Context(), args[0]) },
	}
	c.AddCommand(list, show, t.keySplit(), t.keyCeremony(), t.keyProcess())
	return c
}

// cards opens the card keys of --data or of the key process, and makes no installation.
func (t *tool) cards() (*safe.Safe, error) {
	_, keys := app.PartnerFolders(t.data)
	if _, err := os.Stat(keys); errors.Is(err, fs.ErrNotExist) && t.keyd == "" {
		return nil, fault.New(fault.NotFound, "app.no_installation", "there is no installation in {data}", "data", t.data)
	}
	return app.OpenCardKeys(app.Config{Data: t.data, Keyd: t.keyd})
}

type keyView struct {
	Name    string `json:"name"`
	Version byte   `json:"version"`
	Kind    string `json:"kind"`
	Check   string `json:"check"`
	InUse   bool   `json:"in_use"` // new cards are made with it
}

func (t *tool) listKeys(ctx context.Context, name string) error {
	s, err := t.cards()
	if err != nil {
		return err
	}
	all, err := s.Keys.List(ctx)
	if err != nil {
		return err
	}
	note, err := s.Note()
	if err != nil && !errors.Is(err, safe.NoMasters) {
		return err
	}
	views := []keyView{}
	for _, k := range all {
		if name != "" && k.Name != name && k.String() != name {
			continue
		}
		used := k.Ref == note.Transport || k.Version == note.Version && (strings.HasPrefix(k.Name, "city/") || strings.HasPrefix(k.Name, "bank/"))
		views = append(views, keyView{k.Name, k.Version, k.Kind, k.Check, used})
	}
	if name != "" && len(views) == 0 {
		return fault.New(key.Missing.Kind, key.Missing.Code, key.Missing.Message, "key", name)
	}
	if t.json {
		return t.print(map[string]any{"origin": note.Origin, "keys": views})
	}
	if name == "" {
		t.say("%s", t.origin(note.Origin))
	}
	for _, v := range views {
		used := ""
		if v.InUse {
			used = t.word("line.key_used")
		}
		t.say("  %-32s %s  %s", v.Name, t.word("line.key", "version", v.Version, "kind", v.Kind, "check", v.Check), used)
	}
	return nil
}

// origin says what the keys are worth.
func (t *tool) origin(o safe.Origin) string {
	switch o {
	case safe.Demonstration:
		return t.word("line.keys.demonstration")
	case safe.Ceremony:
		return t.word("line.keys.ceremony")
	case safe.Elsewhere:
		return t.word("line.keys.elsewhere", "socket", t.keyd)
	}
	return t.word("line.keys.none")
}

func (t *tool) keyProcess() *cobra.Command {
	var socket, city string
	c := &cobra.Command{
		Use: "keyd", Short: "Hold the card keys in a process of its own, behind a Unix socket",
		Long:    "Holds the vault of --data and answers on the socket (mode 0600: the same user only). The program that serves the portals is then started with --keyd, and its own --data needs no card keys.",
		Example: "  kawu key keyd --socket /run/kawu/keyd.sock --data /var/lib/kawu-keys\n  kawu serve --keyd /run/kawu/keyd.sock", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return t.runKeyd(c.Context(), socket, city) },
	}
	c.Flags().StringVar(&socket, "socket", "", "where it listens")
	c.Flags().StringVar(&city, "demonstration", "", "make demonstration keys for this city when it has none")
	_ = c.MarkFlagRequired("socket")
	return c
}

// errOwnKeyd is the refusal of a key process that is told to ask another one.
var errOwnKeyd = fault.New(fault.Invalid, "usage.own_keyd", "a key process holds a vault itself; leave --keyd out")

func (t *tool) runKeyd(ctx context.Context, socket, city string) error {
	if t.keyd != "" {
		return errUsage{errOwnKeyd}
	}
	s, err := app.OpenCardKeys(app.Config{Data: t.data})
	if err != nil {
		return err
	}
	if city != "" {
		if err := app.Demonstrate(s, city, t.log()); err != nil {
			return err
		}
	}
	l, err := keyd.Listen(socket)
	if err != nil {
		return err
	}
	all, err := s.Keys.List(ctx)
	if err != nil {
		return err
	}
	t.tell("line.keyd", "keys", len(all), "socket", socket)
	if t.json {
		if err := t.print(map[string]any{"socket": socket, "keys": len(all)}); err != nil {
			return err
		}
	}
	return keyd.Serve(ctx, l, s.Keys)
}
