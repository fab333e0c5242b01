package story

import (
	"context"
	"encoding/json"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kawu/app"
	"kawu/app/demo"
	"kawu/chip/apdu"
	"kawu/chip/cos"
	"kawu/chip/key"
	"kawu/chip/reader"
	"kawu/chip/tray"
	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/kit/db/dbtest"
	"kawu/kit/pki"
)

// TestChips: after the journey every card in a citizen's hand is a computer that proves itself to the
// back office and says what the application says; the certificates on it are those that are stored,
// and hold under the chain. A chip that broke under its certificates is waste, its first certificates
// are revoked, and the card was made again.
func TestChips(t *testing.T) {
	t.Parallel()
	d := found(t, dbtest.Made(t, dbtest.Engines[0]), 30)
	tell(t, d, "factory", `{"break_load": 1}`)
	steps(t, d.Apply, d.Journey)
	plastic, err := tray.Open(app.Plastic(d.House.Data))
	if err != nil {
		t.Fatal(err)
	}
	chain, has, err := certificate.GetChain(context.Background(), d.House.Store, app.Authority)
	if err != nil || !has {
		t.Fatal("no chain", err)
	}
	read, again := 0, card.Card{}
	for _, c := range inHand(t, d) {
		onChip(t, d, plastic, c, chain)
		waste, err := production.WasteOf(context.Background(), d.House.Store, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range waste {
			if all := certs(t, d, c.ID); len(all) == 4 && w.Chip != c.Chip {
				again = c
			}
		}
		read++
	}
	if read < 25 {
		t.Errorf("%d cards in hand", read)
	}
	if again.ID == "" {
		t.Fatal("the card whose chip broke under its certificates was not made again")
	}
	revokedForAll(t, certs(t, d, again.ID), chain)
}

func inHand(t *testing.T, d *demo.Demo) []card.Card {
	t.Helper()
	all, err := card.Latest(context.Background(), d.House.Store, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(c card.Card) bool { return c.Making != card.Handed || c.Application == "" })
}

func certs(t *testing.T, d *demo.Demo, c ref.Card) []certificate.Certificate {
	t.Helper()
	all, err := certificate.Of(context.Background(), d.House.Store, c)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// onChip reads one card as a terminal does and compares.
func onChip(t *testing.T, d *demo.Demo, plastic *tray.Tray, c card.Card, chain certificate.Chain) {
	t.Helper()
	ctx := context.Background()
	chip, err := plastic.Copy(string(c.ID))
	if err != nil {
		t.Fatal(err)
	}
	city := "city/" + string(d.House.Here.Division)
	office := reader.Office{Keys: d.House.Cards.Keys, Internal: key.Ref{Name: city + "/ssse/irk", Version: 1}, Read: key.Ref{Name: city + "/ssse/rk", Version: 1}}
	got, err := reader.Read(ctx, chip, chip.Power(cos.Contact), office)
	if err != nil {
		t.Fatalf("card %s: %v", c.ID, err)
	}
	a, err := application.Get(ctx, d.House.Store, c.Application)
	if err != nil {
		t.Fatal(err)
	}
	if got.Number != a.Number.Reveal() || got.Name != a.Name.Reveal() || got.CardNumber != c.Number || got.CardID != c.Chip ||
		got.Expires != strings.ReplaceAll(c.Expires, "-", "") {
		t.Errorf("card %s says something else than its application", c.ID)
	}
	for _, x := range certs(t, d, c.ID)[:2] {
		file := cos.EFSigning
		if x.Usage == "encrypt" {
			file = cos.EFEncryption
		}
		block, _ := pem.Decode([]byte(x.PEM))
		if on := content(t, chip, file, len(block.Bytes)); !slices.Equal(on, block.Bytes) {
			t.Errorf("card %s: the %s certificate on the chip is another one", c.ID, x.Usage)
		}
		leaf, root, issuing := parsed(t, x.PEM), parsed(t, chain.Root), parsed(t, chain.Issuing)
		if err := pki.Verify(leaf, issuing, root, d.Clock.Now()); err != nil || x.State != "good" {
			t.Errorf("card %s: %v %s", c.ID, err, x.State)
		}
	}
}

func parsed(t *testing.T, text string) *pki.Certificate {
	t.Helper()
	c, err := pki.ParsePEM([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func content(t *testing.T, chip *cos.Card, file cos.FileID, n int) (out []byte) {
	t.Helper()
	do := func(c apdu.Command) []byte {
		b, err := apdu.Do(chip, "certificate", c)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	do(apdu.Command{INS: apdu.Select, P1: 4, Data: []byte(cos.AIDCert)})
	do(apdu.Command{INS: apdu.Select, P1: 2, Data: []byte{byte(file >> 8), byte(file)}})
	for len(out) < n {
		at := len(out)
		out = append(out, do(apdu.Command{INS: apdu.ReadBinary, P1: byte(at >> 8), P2: byte(at), Le: min(200, n-at)})...)
	}
	return out
}

// revokedForAll asks Bouncy Castle for the full path with revocation: the new pair is good, the pair
// of the spoiled chip is refused.
func revokedForAll(t *testing.T, all []certificate.Certificate, chain certificate.Chain) {
	t.Helper()
	for i, want := range []string{"good", "good", "revoked", "revoked"} {
		if string(all[i].State) != want {
			t.Errorf("certificate %d of the card made again is %s", i+1, all[i].State)
		}
	}
	const jars = "/usr/share/java/bcprov.jar:/usr/share/java/bcpkix.jar:/usr/share/java/bcutil.jar"
	for _, jar := range strings.Split(jars, ":") {
		if _, err := os.Stat(jar); err != nil {
			t.Skip("Bouncy Castle is not installed: Debian packages libbcprov-java libbcpkix-java")
		}
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"root.pem": chain.Root, "issuing.pem": chain.Issuing, "crl.pem": chain.List + chain.RootList,
		"new.pem": all[0].PEM, "old.pem": all[2].PEM} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	program, err := filepath.Abs("testdata/Path.java")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("java", "-cp", jars, program, dir, all[0].IssuedAt.AddDate(0, 0, 1).UTC().Format("2006-01-02T15:04:05Z"), "new.pem", "old.pem")
	out, err := cmd.CombinedOutput()
	var got map[string]string
	if err != nil || json.Unmarshal(out, &got) != nil {
		t.Fatalf("%v %s", err, out)
	}
	if got["new.pem"] != "OK" || !strings.Contains(got["old.pem"], "cessationOfOperation") {
		t.Errorf("Bouncy Castle says %v", got)
	}
}
