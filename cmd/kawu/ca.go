package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kawu/app"
	"kawu/app/custodian"
	"kawu/chip/ceremony"
	"kawu/cmd/usage"
	"kawu/kit/fault"
)

func (t *tool) ca() *cobra.Command {
	c := &cobra.Command{Use: "ca", Short: "The city's own certificate authority: init, status, ceremony, crl, ocsp; and any certificate by its serial number",
		Long: "For a city that runs its own authority. The root's key is sealed under a secret of which two custodians each hold half. A city that buys certificates needs none of this."}
	c.AddCommand(t.caInit(), t.caStatus(), t.caCeremony(), t.caLists(), t.caServe(), t.caFind())
	return c
}

// house opens --data for a command about keys.
func (t *tool) house(ctx context.Context, f func(*app.House) error) error {
	h, err := t.existing(ctx)
	if err != nil {
		return err
	}
	return errors.Join(f(h), h.Close())
}

func (t *tool) caInit() *cobra.Command {
	var parts map[string]string
	u := custodian.Setup{RootDays: 10950, IssuingDays: 7300}
	c := &cobra.Command{
		Use: "init", Short: "Make a root and an issuing authority; each custodian's half of the root's secret goes into the custodian's own file",
		Example: "  kawu ca init --organization 示例市社会保障卡中心 --url http://ca.example.cn/ --part li.01=/media/a/root --part zhao.02=/media/b/root", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			who, err := two(parts)
			if err != nil {
				return err
			}
			if !strings.HasSuffix(u.URL, "/") {
				u.URL += "/"
			}
			h, err := t.existing(c.Context())
			if err != nil {
				return err
			}
			path, record, err := h.Custodians().Found(c.Context(), u, who, func(s [2]ceremony.Sheet) (func(), error) { return writeSheets(s, who, parts) })
			if err = errors.Join(err, h.Close()); err != nil {
				return err
			}
			return t.tellRecord(path, record)
		},
	}
	c.Flags().StringToStringVar(&parts, "part", nil, "a custodian's staff id and the file for the half: li.01=/media/a/root")
	c.Flags().StringVar(&u.Organization, "organization", "", "who runs the authority")
	c.Flags().StringVar(&u.URL, "url", "", "where certificates, lists and status answers will be served: http://ca.example.cn/")
	c.Flags().StringVar(&u.Root, "root", "社会保障卡根证书", "name of the root")
	c.Flags().StringVar(&u.Issuing, "issuing", "社会保障卡签发证书", "name of the issuing authorities")
	c.Flags().IntVar(&u.RootDays, "root-days", u.RootDays, "validity of the root")
	c.Flags().IntVar(&u.IssuingDays, "issuing-days", u.IssuingDays, "validity of an issuing authority")
	usage.Least(c, 1, "root-days", "issuing-days")
	for _, name := range []string{"organization", "url", "part"} {
		_ = c.MarkFlagRequired(name)
	}
	return c
}

func (t *tool) tellRecord(path string, r ceremony.Record) error {
	if t.json {
		return t.print(r)
	}
	for _, a := range r.Acts {
		t.say("  %s  %s  %-34s %s", at(a.At), t.one("line.act", a.What), a.Key, a.Check)
	}
	t.tell("line.record", "path", path)
	return nil
}

func (t *tool) caStatus() *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Who it is, until when, what it issued and what wants attention; exit 3 with warnings", Example: "  kawu ca status --json", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return t.house(c.Context(), func(h *app.House) error {
				a, err := h.Custodians().Authority()
				if err != nil {
					return err
				}
				s, err := a.Status(c.Context())
				if err = errors.Join(err, a.Close()); err != nil {
					return err
				}
				return t.tellStatus(s)
			})
		},
	}
}

func (t *tool) tellStatus(s custodian.Status) error {
	if t.json {
		if err := t.print(s); err != nil {
			return err
		}
	}
	for _, m := range s.Members {
		ready := map[bool]string{true: "line.can_sign", false: "line.cannot_sign"}[m.Ready]
		t.say("%s\n  %s", m.Name, t.word("line.member", "key", m.Key, "serial", m.Serial, "from", day(m.From), "until", day(m.Until), "ready", t.word(ready)))
		t.say("  %s", t.word("line.list", "list", m.List, "lines", m.Lines, "until", at(m.ListNext)))
	}
	t.tell("line.authority", "cards", s.Cards, "signed", s.Signed, "revoked", s.Revoked, "held", s.Held, "unfinished", s.Unfinished)
	if len(s.Custodians) == 2 {
		t.tell("line.openers", "a", s.Custodians[0], "b", s.Custodians[1])
	}
	for _, w := range s.Warnings {
		t.say("! %s", w.In(t.language()))
	}
	if len(s.Warnings) > 0 {
		return errPart
	}
	return nil
}

func (t *tool) caCeremony() *cobra.Command {
	var files map[string]string
	c := &cobra.Command{
		Use: "ceremony FILE", Short: "Open the root with both custodians: the next issuing authority, the end of one, a new list",
		Example: "  kawu ca ceremony next.yaml --part li.01=/media/a/root --part zhao.02=/media/b/root", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			text, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			plan, err := custodian.ParsePlan(text)
			if err != nil {
				return err
			}
			return t.house(c.Context(), func(h *app.House) error {
				parts, err := t.rootParts(h, files)
				if err != nil {
					return err
				}
				defer clear(parts)
				path, record, err := h.Custodians().OpenRoot(c.Context(), plan, parts)
				if err != nil {
					return err
				}
				return t.tellRecord(path, record)
			})
		},
	}
	c.Flags().StringToStringVar(&files, "part", nil, "file with a custodian's half: li.01=/media/a/root (default: typed at the terminal)")
	return c
}

// rootParts gets both halves of the root's secret, from files or the terminal.
func (t *tool) rootParts(h *app.House, files map[string]string) (map[string]ceremony.Part, error) {
	who, err := h.Custodians().RootCustodians()
	if err != nil {
		return nil, err
	}
	parts := map[string]ceremony.Part{}
	for _, w := range who {
		if files[w] == "" {
			text, err := t.askPart(w, custodian.RootSecret)
			if err != nil {
				return nil, err
			}
			if parts[w], err = ceremony.ParsePart(text); err != nil {
				return nil, err
			}
			continue
		}
		sheet, err := readSheet(files[w])
		if err != nil {
			return nil, err
		}
		p, ok := sheet[custodian.RootSecret]
		if !ok {
			return nil, fault.New(errOtherKey.Kind, errOtherKey.Code, errOtherKey.Message, "who", w, "key", custodian.RootSecret.String())
		}
		parts[w] = p
	}
	return parts, nil
}

func (t *tool) caLists() *cobra.Command {
	return &cobra.Command{
		Use: "crl", Short: "Sign the revocation lists anew; run it every night", Example: "  kawu ca crl", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return t.house(c.Context(), func(h *app.House) error {
				if err := h.Custodians().Publish(c.Context()); err != nil {
					return err
				}
				t.tell("line.published")
				if t.json {
					return t.print(map[string]bool{"published": true})
				}
				return nil
			})
		},
	}
}

func (t *tool) caServe() *cobra.Command {
	var addr string
	c := &cobra.Command{
		Use: "ocsp", Short: "Serve certificates, revocation lists and status answers (OCSP)", Example: "  kawu ca ocsp --addr :8088", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return t.house(c.Context(), func(h *app.House) error { return t.serveCA(c.Context(), h, addr) })
		},
	}
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:8088", "where it listens")
	usage.Addresses(c, "addr")
	return c
}

func (t *tool) serveCA(ctx context.Context, h *app.House, addr string) error {
	a, err := h.Custodians().Authority()
	if err != nil {
		return err
	}
	defer a.Close()
	handler, err := a.Handler(ctx)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	t.tell("line.ocsp", "address", l.Addr())
	if t.json {
		if err := t.print(map[string]string{"address": "http://" + l.Addr().String()}); err != nil {
			return err
		}
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
