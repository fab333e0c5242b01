package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"kawu/app"
	"kawu/cmd/usage"
	"kawu/domain/certificate"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/pki"
)

var (
	errNoCertificates    = fault.New(fault.NotFound, "cli.no_certificates", "card {card} has no certificates yet")
	errNeverCertificates = fault.New(fault.Refused, "cli.never_certificates", "card {card} is of generation {generation}, which has no certificates")
	errNoChain           = fault.New(fault.NotFound, "cli.no_chain", "the authority's chain and revocation list have not been fetched yet")
)

func (t *tool) certs() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "certs CARD",
		Short: "Write a card's certificates, their chain and the newest revocation list as PEM files",
		Long: "Write root.pem, issuing.pem, sign.pem, encrypt.pem and crl.pem into a folder.\n" +
			"crl.pem holds the newest list of the issuing authority, then the root's; a certificate that went out of use since is shown as held or revoked.",
		Example: "  kawu card certs BA0000018 --out certs",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return t.withStore(c.Context(), func(q *db.DB) error { return t.writeCerts(c.Context(), q, args[0], out) })
		},
	}
	c.Flags().StringVar(&out, "out", ".", "folder to write into")
	return c
}

func (t *tool) writeCerts(ctx context.Context, q *db.DB, which, dir string) error {
	c, err := findCard(ctx, q, which)
	if err != nil {
		return err
	}
	all, err := certificate.Of(ctx, q, c.ID)
	if err != nil {
		return err
	}
	pair := newest(all)
	if len(pair) < 2 && c.Generation < 3 {
		return usage.With(errNeverCertificates, "card", c.Number, "generation", c.Generation)
	}
	if len(pair) < 2 {
		return fault.New(errNoCertificates.Kind, errNoCertificates.Code, errNoCertificates.Message, "card", which)
	}
	chain, has, err := certificate.GetChain(ctx, q, app.Authority)
	if err == nil && !has {
		err = errNoChain
	}
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	issuing, list, err := issuerOf(chain, pair["sign"])
	if err != nil {
		return err
	}
	var views []certView
	files := map[string]string{"root.pem": chain.Root, "issuing.pem": issuing, "crl.pem": list + chain.RootList}
	for _, use := range []string{"sign", "encrypt"} {
		x := pair[use]
		files[use+".pem"] = x.PEM
		views = append(views, certView{x.Serial, x.Usage, string(x.State), x.Reason, x.Issuer, stamp(x.NotAfter)})
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.TrimSpace(text)+"\n"), 0o644); err != nil {
			return err
		}
	}
	if t.json {
		return t.print(map[string]any{"card": c.Number, "out": dir, "certificates": views})
	}
	for _, v := range views {
		t.say("%s", t.certificate(v))
	}
	t.tell("line.certs", "dir", dir)
	return nil
}

// issuerOf is the issuing authority that signed a certificate, and its list: the newest one, or one
// that has a successor by now.
func issuerOf(c certificate.Chain, leaf certificate.Certificate) (issuing, list string, err error) {
	x, err := pki.ParsePEM([]byte(leaf.PEM))
	if err != nil {
		return "", "", err
	}
	for _, f := range append([]certificate.Former{{Issuing: c.Issuing, List: c.List}}, c.Former...) {
		by, err := pki.ParsePEM([]byte(f.Issuing))
		if err != nil {
			return "", "", err
		}
		if x.SignedBy(by) {
			return f.Issuing, f.List, nil
		}
	}
	return "", "", errNoChain
}

// newest is a card's newest certificate of each usage; Of lists the newest first.
func newest(all []certificate.Certificate) map[string]certificate.Certificate {
	out := map[string]certificate.Certificate{}
	for _, c := range all {
		if _, has := out[c.Usage]; !has {
			out[c.Usage] = c
		}
	}
	return out
}
