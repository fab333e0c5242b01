package bench

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"kawu/app"
	"kawu/app/custodian"
	"kawu/chip/ceremony"
	"kawu/chip/perso"
	"kawu/domain/access"
	"kawu/domain/audit"
	"kawu/domain/certificate"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/clock"
	"kawu/kit/fault"
	"kawu/kit/gauge"
	"kawu/kit/pki"
	"kawu/kit/seal"
	"kawu/kit/sm"
	"kawu/migration"
	"kawu/partner/ca/own"
)

// Figures are how fast cards are made and certificates issued on this machine.
type Figures struct {
	Cores        int           `json:"cores"`
	LoadBefore   string        `json:"load_before"`
	LoadAfter    string        `json:"load_after"`
	Cards        perso.Figures `json:"cards"`
	Certificates Certificates  `json:"certificates"`
}

// Certificates are certificates a second from the city's own authority: a serial number on the
// disk before it is signed, the ledger's line, the row in the database and the audit line, all synced.
// The floor is a key pair and a signature that is checked.
type Certificates struct {
	Engine  string      `json:"engine"`
	Each    int         `json:"each_round"`
	Issued  gauge.Speed `json:"issued"`
	Floor   gauge.Speed `json:"floor"`
	OfFloor gauge.Share `json:"of_floor"`
}

var (
	// Taken says that the database is not empty: a bench empties what it has used.
	Taken = fault.New(fault.Refused, "bench.taken", "the database holds something; a bench needs an empty one")
	// TooFew says that there is nothing to measure; args: name, value.
	TooFew = fault.New(fault.Invalid, "bench.too_few", "{name} cannot be {value}; it is at least 1")
)

// Cards makes n cards a round in a folder of its own; dsn is an empty database, "" for one of
// SQLite in that folder. Fault: Taken.
func Cards(ctx context.Context, city ref.City, dsn string, n, rounds int) (f Figures, err error) {
	dir, err := os.MkdirTemp("", "kawu-bench-")
	if err != nil {
		return f, err
	}
	defer os.RemoveAll(dir)
	box, err := seal.LoadOrCreate(filepath.Join(dir, "seal.key"))
	if err != nil {
		return f, err
	}
	file, err := os.Create(filepath.Join(dir, "cards"))
	if err != nil {
		return f, err
	}
	defer file.Close()
	f.Cores, f.LoadBefore = runtime.GOMAXPROCS(0), gauge.Load()
	if f.Cards, err = perso.Measure(ctx, n, rounds, clock.Real{}.Now(), sealed(box, file)); err != nil {
		return f, err
	}
	if dsn == "" {
		dsn = "sqlite:" + filepath.Join(dir, "bench.db")
	}
	if f.Certificates, err = certificates(ctx, app.Config{Data: dir, DB: dsn, City: city}, n, rounds); err != nil {
		return f, err
	}
	f.LoadAfter = gauge.Load()
	return f, nil
}

// sealed keeps sets of chips' memories sealed in one file, on the disk when a set is done.
func sealed(box *seal.Box, file *os.File) func([]string) error {
	return func(images []string) error {
		lines, err := box.SealAll("card", images)
		if err == nil {
			_, err = file.WriteString(strings.Join(lines, "\n") + "\n")
		}
		return errors.Join(err, file.Sync())
	}
}

func certificates(ctx context.Context, c app.Config, n, rounds int) (f Certificates, err error) {
	h, err := app.Open(ctx, c)
	if err != nil {
		return f, err
	}
	defer h.Close()
	if head, err := audit.Head(ctx, h.Store); err != nil || head.Seq > 0 {
		return f, errors.Join(err, Taken)
	}
	a, err := authority(ctx, h)
	if err != nil {
		return f, err
	}
	defer a.Close()
	f.Engine, f.Each = string(h.Store.Engine), 2*n
	var issued, floor []gauge.Round
	for k := range rounds {
		asks, err := requests(k, n)
		if err != nil {
			return f, err
		}
		r, err := gauge.Measure(2*n, func() error { return issueAndStore(ctx, h.Desk, a, asks) })
		if err != nil {
			return f, err
		}
		bare, err := gauge.Measure(2*n, func() error { return perso.Floor(2 * n) })
		if err != nil {
			return f, err
		}
		issued, floor = append(issued, r), append(floor, bare)
	}
	f.Issued, f.Floor, f.OfFloor = gauge.Of(issued), gauge.Of(floor), gauge.ShareOf(issued, floor)
	return f, migration.Clear(ctx, h.Store)
}

// authority is one whose custodians are nobody.
func authority(ctx context.Context, h *app.House) (*own.Authority, error) {
	u := own.Setup{Organization: "bench", Root: "bench root", Issuing: "bench issuing", URL: "http://ca.invalid/", RootDays: 10950, IssuingDays: 7300}
	who, agreed := [2]string{"a", "b"}, []custodian.Actor(nil)
	for _, login := range who {
		x, err := h.Custodians().Staff().Add(ctx, agreed, custodian.Newcomer{Login: login, Role: string(desk.Centre), Name: "测试"})
		if err != nil {
			return nil, err
		}
		chosen := access.Choice{Old: x.Password, New: "nobody's password", Again: "nobody's password"}
		if err := h.Custodians().Choose(ctx, login, chosen); err != nil {
			return nil, err
		}
		agreed = append(agreed, custodian.Actor{Role: desk.Centre, ID: string(x.ID)})
	}
	if _, _, err := h.Custodians().Found(ctx, u, who, func([2]ceremony.Sheet) (func(), error) { return func() {}, nil }); err != nil {
		return nil, err
	}
	return h.Custodians().Authority()
}

// requests are cards of nobody, with keys as their chips would have made them.
func requests(round, n int) ([]certificate.Request, error) {
	out := make([]certificate.Request, n)
	until := clock.Real{}.Now().AddDate(10, 0, 0).Format(time.RFC3339)
	for i := range out {
		k, err := sm.GenerateKey()
		if err != nil {
			return nil, err
		}
		out[i] = certificate.Request{Key: fmt.Sprintf("crd_%d_%d", round, i), Name: "测试", Number: "11010519491231002X",
			PublicKey: hex.EncodeToString(k.Public().Point()), NotAfter: until}
	}
	return out, nil
}

// issueAndStore is one question to the authority and one sitting.
func issueAndStore(ctx context.Context, table *desk.Desk, a *own.Authority, asks []certificate.Request) error {
	got, err := a.Issue(ctx, "", asks)
	if err != nil {
		return err
	}
	var rows []certificate.Certificate
	for _, g := range got {
		for _, x := range []struct{ use, pem string }{{"sign", g.Sign}, {"encrypt", g.Encrypt}} {
			c, err := pki.ParsePEM([]byte(x.pem))
			if err != nil {
				return err
			}
			serial, _ := c.Serial()
			rows = append(rows, certificate.Certificate{Serial: serial.String(), Card: ref.Card(g.Key), Usage: x.use, Issuer: "bench", PEM: x.pem, NotAfter: c.Until()})
		}
	}
	return table.Sit(ctx, desk.Clockwork("certificate.issue"), desk.TakeCertificates, func(s *desk.Sitting) error {
		s.About("bench", len(rows))
		return certificate.Put(ctx, s.Tx, rows)
	})
}
