package custodian_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"kawu/app"
	"kawu/app/custodian"
	"kawu/chip/ceremony"
	"kawu/chip/key"
	"kawu/chip/safe"
	"kawu/domain/access"
	"kawu/domain/audit"
	"kawu/kit/fault"
)

func TestCeremonyAtAnInstallation(t *testing.T) {
	ctx, data := context.Background(), t.TempDir()
	open := func() *app.House {
		h, err := app.Open(ctx, app.Config{Data: data, City: "beijing"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = h.Close() })
		return h
	}
	refs, err := app.CityMasters("beijing", 2)
	if err != nil {
		t.Fatal(err)
	}
	who := [2]string{"li.01", "zhao.02"}
	hire(t, open(), who[:]...)
	sheets, masters := ceremony.SplitAll(refs, who)
	text, err := yaml.Marshal(ceremony.Plan{Name: "masters", Custodians: who[:], Masters: masters,
		Use: &ceremony.Use{Version: 2, Tries: 5, Transport: refs[0]}})
	if err != nil {
		t.Fatal(err)
	}
	give := func(c *custodian.Ceremony, i int) {
		for r, p := range sheets[i] {
			if err := c.Give(ctx, who[i], r, p); err != nil {
				t.Fatal(err)
			}
		}
	}
	h := open()
	c, err := h.Custodians().Ceremony(ctx, text)
	if err != nil {
		t.Fatal(err)
	}
	give(c, 0)
	if err := c.Leave(ctx, who[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Cards.Note(); !errors.Is(err, safe.NoMasters) {
		t.Error("one person alone brought keys in:", err)
	}
	if c, err = open().Custodians().Ceremony(ctx, text); err != nil || !c.Waiting(who[0]) || c.Waiting(who[1]) {
		t.Fatal("what the first left is not found:", err)
	}
	give(c, 1)
	if _, _, err = c.Finish(ctx); err != nil {
		t.Fatal(err)
	}
	m, err := h.Cards.Masters("110000", "icbc") // a program that was running all the time
	if err != nil || m.Version != 2 || h.Cards.Check(ctx, m) != nil {
		t.Error(m, err)
	}
	if _, err := open().Custodians().Ceremony(ctx, text); !errors.Is(fault.Of(err), key.Taken) {
		t.Error("the same ceremony twice:", fault.Of(err))
	}
	if all, changed, err := h.Custodians().Records(); err != nil || len(all) != 1 || changed != 0 || len(all[0].Acts) != 3*len(refs) {
		t.Error(len(all), changed, err)
	}
	lines, err := audit.About(ctx, h.Store, "ceremony", 10)
	if err != nil || len(lines) != 4 || !strings.Contains(lines[0].Detail, `"end":"key.taken"`) || !strings.Contains(lines[1].Detail, `"end":"done"`) ||
		lines[1].Actor != "li.01+zhao.02" || lines[3].Actor != "li.01" { // the refusal is in the trail, too
		t.Error(lines, err)
	}
	hides(t, data, sheets[0], sheets[1])
}

// hire makes members of the centre's staff.
func hire(t *testing.T, h *app.House, logins ...string) {
	t.Helper()
	var agreed []custodian.Actor
	for _, login := range logins {
		x, err := h.Custodians().Staff().Add(context.Background(), agreed[:min(len(agreed), 2)], custodian.Newcomer{Login: login, Role: "centre", Name: "李明"})
		if err != nil {
			t.Fatal(err)
		}
		chosen := access.Choice{Old: x.Password, New: "three short words", Again: "three short words"}
		if err := h.Custodians().Choose(context.Background(), login, chosen); err != nil {
			t.Fatal(err)
		}
		agreed = append(agreed, custodian.Actor{Role: "centre", ID: string(x.ID)})
	}
}

// hides looks for parts and whole keys in every file, as bytes and as text.
func hides(t *testing.T, dir string, sheets ...ceremony.Sheet) {
	var secrets [][]byte
	for r, p := range sheets[0] {
		whole := p
		for i := range whole {
			whole[i] ^= sheets[1][r][i]
		}
		for _, k := range []ceremony.Part{p, sheets[1][r], whole} {
			secrets = append(secrets, k[:])
		}
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		for _, s := range secrets {
			if bytes.Contains(text, s) || bytes.Contains(bytes.ToUpper(text), []byte(strings.ToUpper(hex.EncodeToString(s)))) {
				t.Error("a secret lies open in", path)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "keys", "ceremonies", "*.left")); len(left) > 0 {
		t.Error("parts stay behind:", left)
	}
}
