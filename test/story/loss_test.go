package story

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kawu/app"
	"kawu/app/demo"
	"kawu/domain/cancellation"
	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/exchange"
	"kawu/domain/loss"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/flow/cancelcard"
	"kawu/flow/desk"
	"kawu/flow/reportloss"
	"kawu/flow/revoke"
	"kawu/kit/db/dbtest"
	"kawu/kit/pki"
)

// TestLoss: a card that is reported lost is on the authority's next list, on hold, and on the list that
// terminals load; when it is found both forget it; reported and found within a minute, nobody is told
// anything; reported formally and cancelled, it is revoked for good, with the reason.
func TestLoss(t *testing.T) {
	t.Parallel()
	for _, engine := range dbtest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			d := found(t, dbtest.Made(t, engine), 12)
			steps(t, d.Apply, d.Journey)
			s := &losing{T: t, Demo: d}
			for _, c := range inHand(t, d) {
				if c.Social == card.Normal {
					s.card = c
				}
			}
			s.play(engine == dbtest.Engines[0])
		})
	}
}

// losing is one card's story.
type losing struct {
	*testing.T
	*demo.Demo
	card card.Card
}

func (s *losing) play(outside bool) {
	ctx, f := context.Background(), s.House.Flows
	me := desk.Actor{Role: desk.Citizen, ID: string(s.card.Person), Person: s.card.Person, Channel: "web"}
	clerk := desk.Actor{Role: desk.Clerk, ID: "stf_1", City: s.House.City, Org: string(s.card.Bank), Place: "out_1", Channel: "web"}
	who, err := person.Get(ctx, s.House.Store, s.card.Person)
	s.must(err)
	saw := reportloss.Shown{Document: who.Number.Reveal(), Number: s.card.Number}
	s.listed(0, 0, "")

	s.must(f.Loss.Temporarily(ctx, me, s.card.ID))
	s.settle()
	s.listed(2, pki.Hold, "lost_temporarily")
	if outside {
		s.asks("certificateHold")
	}
	s.must(f.Loss.Release(ctx, me, s.card.ID, reportloss.Shown{}))
	s.settle()
	s.listed(0, 0, "")
	if outside {
		s.asks("OK")
	}

	told := s.tellings()
	s.must(f.Loss.Temporarily(ctx, me, s.card.ID))
	s.must(f.Loss.Release(ctx, me, s.card.ID, reportloss.Shown{}))
	s.settle()
	if n := s.tellings(); n != told {
		s.Errorf("%d messages about what was taken back at once", n-told)
	}

	s.must(f.Loss.Temporarily(ctx, me, s.card.ID))
	s.settle()
	until := s.report().Until
	s.listed(2, pki.Hold, "lost_temporarily")
	s.Clock.To(until.Add(time.Minute))
	s.settle()
	s.listed(0, 0, "") // it ran out by itself

	s.must(f.Loss.Formally(ctx, clerk, s.card.ID, loss.Lost, saw))
	s.settle()
	s.listed(2, pki.Hold, "lost")
	waits, err := f.Cancel.Cancel(ctx, clerk, s.card.ID, cancelcard.Order{Reason: cancellation.Abroad, Proof: "settlement_abroad", Document: saw.Document})
	s.must(err)
	s.settle()
	s.listed(2, pki.KeyCompromise, "void")
	if outside {
		s.asks("keyCompromise")
	}
	if waits || s.report().ID != "" {
		s.Error("the report outlived its card")
	}
}

func (s *losing) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// settle lets everything happen that is due now.
func (s *losing) settle() {
	s.Helper()
	for range 50 {
		n, err := s.House.Runner.RunDue(context.Background())
		s.must(err)
		if n == 0 {
			return
		}
	}
	s.Fatal("duties never rest")
}

func (s *losing) report() loss.Report {
	s.Helper()
	open, err := loss.Open(context.Background(), s.House.Store, []ref.Card{s.card.ID})
	s.must(err)
	return open[s.card.ID]
}

// tellings counts the messages in which the authority was told of certificates.
func (s *losing) tellings() (n int) {
	s.Helper()
	all, err := exchange.Latest(context.Background(), s.House.Store, "ca", 1000)
	s.must(err)
	for _, x := range all {
		if x.Kind == revoke.Told {
			n++
		}
	}
	return n
}

// listed wants so many of the card's certificates on the authority's newest list, with a cause, and the
// card with a reason on the list that terminals load; "" for not on it.
func (s *losing) listed(certs int, why pki.Cause, reason string) {
	s.Helper()
	ctx := context.Background()
	chain, has, err := certificate.GetChain(ctx, s.House.Store, app.Authority)
	s.must(err)
	if !has {
		s.Fatal("no chain")
	}
	block, _ := pem.Decode([]byte(chain.List))
	list, err := pki.ParseRevocationList(block.Bytes, parsed(s.T, chain.Issuing))
	s.must(err)
	all, err := certificate.Of(ctx, s.House.Store, s.card.ID)
	s.must(err)
	n := 0
	for _, c := range all[:2] {
		serial, _ := parsed(s.T, c.PEM).Serial()
		if r, named := list.Find(serial); named && r.Cause == why {
			n++
		} else if named {
			s.Errorf("cause %d, want %d", r.Cause, why)
		}
		if c.Reason != c.Told {
			s.Errorf("the authority knows %q, and %q is so", c.Told, c.Reason)
		}
	}
	if n != certs {
		s.Errorf("%d certificates on the list, want %d", n, certs)
	}
	var text bytes.Buffer
	newest, err := s.House.Flows.Read.Invalid(ctx, s.House.Flows.Read.Shell(), 0)
	s.must(err)
	s.must(s.House.Flows.Read.WriteInvalid(ctx, &text, 0, newest))
	line := ""
	for l := range strings.Lines(text.String()) {
		if strings.Contains(strings.ToUpper(l), strings.ToUpper(s.card.Chip)) {
			line = l
		}
	}
	if (line == "") != (reason == "") || reason != "" && !strings.Contains(line, reason) {
		s.Errorf("terminals load %q, want %q", line, reason)
	}
}

// asks lets Bouncy Castle check the path with revocation.
func (s *losing) asks(want string) {
	s.Helper()
	const jars = "/usr/share/java/bcprov.jar:/usr/share/java/bcpkix.jar:/usr/share/java/bcutil.jar"
	for _, jar := range strings.Split(jars, ":") {
		if _, err := os.Stat(jar); err != nil {
			s.Log("Bouncy Castle is not installed: Debian packages libbcprov-java libbcpkix-java")
			return
		}
	}
	ctx, dir := context.Background(), s.TempDir()
	chain, _, err := certificate.GetChain(ctx, s.House.Store, app.Authority)
	s.must(err)
	all, err := certificate.Of(ctx, s.House.Store, s.card.ID)
	s.must(err)
	for name, text := range map[string]string{"root.pem": chain.Root, "issuing.pem": chain.Issuing, "crl.pem": chain.List + chain.RootList, "card.pem": all[0].PEM} {
		s.must(os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	program, err := filepath.Abs("testdata/Path.java")
	s.must(err)
	out, err := exec.Command("java", "-cp", jars, program, dir, s.Clock.Now().Add(time.Minute).UTC().Format("2006-01-02T15:04:05Z"), "card.pem").CombinedOutput()
	var got map[string]string
	if err != nil || json.Unmarshal(out, &got) != nil {
		s.Fatalf("%v %s", err, out)
	}
	if !strings.Contains(got["card.pem"], want) {
		s.Errorf("Bouncy Castle says %v, want %s", got, want)
	}
}
