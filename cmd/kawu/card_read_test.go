package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kawu/app"
	"kawu/chip/cos"
	"kawu/chip/key"
	"kawu/chip/perso"
	"kawu/chip/psam"
	"kawu/chip/reader"
	"kawu/domain/audit"
	"kawu/domain/card"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/clock"
	"kawu/kit/db/dbtest"
	"kawu/kit/state"
)

const terminalNumber = "110000000007"

// installation is a house with its own card keys, a card made on them, and its portals on a port.
type installation struct {
	*app.House
	dir, url string
	chip     *cos.Card
	id       ref.Card
	masters  perso.Masters
}

func install(t *testing.T) installation {
	t.Helper()
	ctx, dir := t.Context(), t.TempDir()
	h, err := app.Open(ctx, app.Config{Data: dir, City: "beijing", Clock: clock.At(dbtest.Noon)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	if err := app.Demonstrate(h.Cards, "beijing", slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	x := installation{House: h, dir: dir, id: "crd_1"}
	if x.masters, err = h.Cards.Masters(string(h.Here.Division), ""); err != nil {
		t.Fatal(err)
	}
	f, err := h.Cards.Foundry(cos.Chip{Generation: 3, Maker: [3]byte{'K', 'W', 1}, PIN: "123456", PINTries: 6})
	if err != nil {
		t.Fatal(err)
	}
	if x.chip, err = f.Blank(7, nil); err != nil {
		t.Fatal(err)
	}
	m := perso.Maker{Keys: h.Cards.Keys, Masters: x.masters}
	r := m.Make(ctx, perso.Blank{Channel: x.chip, Reset: x.chip.Power(cos.Contact)}, perso.Order{City: string(h.Here.Division), Serial: 7, Issuer: "915600000251010000000001", Version: "3.00",
		CardNumber: "BA0000018", Issued: "20240115", Expires: "20340114", Number: "510100201911010012", Name: "龴龵𠮷·小明", Sex: "1", Ethnic: "01", Birthplace: "110000", Birth: "20191101"})
	if r.Err != nil {
		t.Fatal(r.Err)
	}
	x.sit(t, func(s *desk.Sitting) error {
		if err := card.Put(ctx, s.Tx, []card.Card{{ID: x.id, City: "beijing", Number: "BA0000018", Person: "per_1", Generation: 3, Product: "sscard", Making: card.Handed, Social: card.Normal}}); err != nil {
			return err
		}
		return card.SetChips(ctx, s.Tx, []card.Chip{{Card: x.id, Code: r.CardID, ATR: strings.ToUpper(hex.EncodeToString(r.Historical))}})
	})
	handler, _ := h.Portals(app.ServeOptions{}, "")
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	x.url = server.URL
	return x
}

func (x installation) sit(t *testing.T, do func(*desk.Sitting) error) {
	t.Helper()
	if err := x.Desk.Sit(context.Background(), desk.Clockwork("test"), desk.TakeCards, do); err != nil {
		t.Fatal(err)
	}
}

// kawu runs a command of the program against the installation.
func (x installation) kawu(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), append(args, "--data", x.dir, "--lang", "en", "--now", "2024-02-01"), &o, &e)
	return code, o.String(), e.String()
}

// give enters the module and gives it to a hospital: its terminal's token.
func (x installation) give(t *testing.T) string {
	t.Helper()
	if code, out, errs := x.kawu(t, "psam", "add", "4B570000000000000007="+terminalNumber, "--application", "京卡〔2024〕7号", "--applied", "2024-01-15"); code != done || !strings.Contains(out, "in stock") {
		t.Fatal(code, out, errs)
	}
	code, out, errs := x.kawu(t, "psam", "give", terminalNumber, "--to", "hospital:第一医院", "--keeper", "王建国", "--json")
	var doc struct {
		Given []struct{ Terminal, Token string }
	}
	if err := json.Unmarshal([]byte(out), &doc); err != nil || code != done || len(doc.Given) != 1 || doc.Given[0].Terminal != terminalNumber {
		t.Fatal(code, out, errs, err)
	}
	return doc.Given[0].Token
}

// module is the register's module as a card in a reader.
func (x installation) module(t *testing.T) *psam.Module {
	t.Helper()
	serial, terminal, err := psam.Numbers("4B570000000000000007", terminalNumber)
	if err != nil {
		t.Fatal(err)
	}
	province := func(name string) key.Ref {
		return key.Ref{Name: "province/11/ssse/" + name, Version: x.masters.Version}
	}
	return psam.New(serial, terminal, x.Cards.Keys, map[key.ID]key.Ref{key.Internal: province("irk"), key.Read: province("rk")})
}

func TestReadThroughEveryOffice(t *testing.T) {
	x := install(t)
	token := x.give(t)
	tool := &tool{out: io.Discard, err: io.Discard, data: x.dir, now: "2024-02-01"}
	for name, f := range map[string]readFlags{
		"here":  {module: -1, city: "beijing"},
		"there": {module: -1, office: x.url, terminal: terminalNumber, token: token},
	} {
		d, terminal, err := tool.readThrough(t.Context(), f, x.chip, x.chip.Power(cos.Contact))
		want := map[string]string{"here": noTerminal, "there": terminalNumber}[name]
		if err != nil || terminal != want || d.CardNumber != "BA0000018" || d.Name != "龴龵𠮷·小明" {
			t.Error(name, d, terminal, err)
		}
	}
	if _, _, err := tool.readThrough(t.Context(), readFlags{module: 1}, x.chip, x.chip.Power(cos.Contact)); err == nil {
		t.Error("a module that is not there")
	}
}

// What is shown is masked unless the official line is asked for.
func TestWhatReadingShows(t *testing.T) {
	d := reader.Data{CardID: "110000D156000005000000070A0B0C0D", Class: "1", Version: "3.00", Issued: "20240115", Expires: "20340114", CardNumber: "BA0000018",
		Number: "510100201911010012", Name: "王小明", Reset: "00814b57018600000000000007"}
	for _, x := range []struct {
		name    string
		tool    tool
		plain   bool
		verdict error
		want    []string
	}{
		{"text", tool{lang: "en"}, false, nil, []string{"BA****018", "accepted"}},
		{"refused", tool{lang: "en"}, false, reader.Expired, []string{"BA****018"}},
		{"json", tool{json: true}, false, reader.Expired, []string{`"accepted": false`, `"code": "reader.expired"`, `"name": "王*明"`}},
		{"plain", tool{}, true, nil, []string{"110000|510100201911010012|BA0000018|110000D156000005000000070A0B0C0D|王小明|00814b57018600000000000007|3.00|20240115|20340114|" + terminalNumber + "|7|\n"}},
		{"plain json", tool{json: true}, true, nil, []string{`"line": "110000|510100201911010012|`, `"accepted": true`}},
	} {
		var out bytes.Buffer
		x.tool.out, x.tool.err = &out, io.Discard
		if err := x.tool.sayRead(d, terminalNumber, readFlags{plain: x.plain, device: "7"}, x.verdict); err != x.verdict {
			t.Error(x.name, err)
		}
		for _, w := range x.want {
			if !strings.Contains(out.String(), w) {
				t.Errorf("%s: %q is not in %s", x.name, w, out.String())
			}
		}
		if open := strings.Contains(out.String(), "小") || strings.Contains(out.String(), "20191101"); open != x.plain {
			t.Errorf("%s shows the holder: %v", x.name, open)
		}
	}
}

// destroy ends the module: nobody alone, not one person twice, nobody with another's password.
func (x installation) destroy(t *testing.T) {
	t.Helper()
	by := hire(t, x.dir, "2024-02-01", "li.01", "zhao.02")
	stranger := strings.Replace(by["zhao.02"], "zhao.02", "sun.03", 1)
	for _, c := range []struct {
		by   []string
		code int
		want string
	}{
		{nil, wrong, "line.two_persons"}, {[]string{by["li.01"]}, wrong, "line.two_persons"}, {[]string{by["li.01"], by["li.01"]}, wrong, "line.twice"},
		{[]string{by["li.01"], stranger}, failed, "line.wrong"}, {[]string{by["li.01"], "zhao.02=" + strings.TrimPrefix(by["li.01"], "li.01=")}, failed, "line.wrong"},
		{[]string{by["li.01"], "zhao.02"}, failed, "line.no_password"}, {[]string{by["li.01"], by["zhao.02"]}, done, "destroyed"},
	} {
		args := []string{"psam", "destroy", terminalNumber}
		for _, b := range c.by {
			args = append(args, "--by", b)
		}
		if code, out, errs := x.kawu(t, args...); code != c.code || !strings.Contains(out+errs, c.want) {
			t.Errorf("%d people: %d %s%s, want %s", len(c.by), code, out, errs, c.want)
		}
	}
	lines, err := audit.Latest(t.Context(), x.Store, 0, 1)
	if err != nil || lines[0].Act != "terminal.destroy" || lines[0].ActorKind != "two" || strings.Count(lines[0].Actor, "stf_") != 2 {
		t.Error("the trail does not name both:", lines, err)
	}
}

// hire hires centre staff, each agreeing to the next, and gives each one's --by with a password file.
func hire(t *testing.T, data, now string, logins ...string) map[string]string {
	t.Helper()
	by, dir := map[string]string{}, t.TempDir()
	var agreed []string
	for i, login := range logins {
		file := filepath.Join(dir, login)
		if err := os.WriteFile(file, []byte("password of "+login+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		call(t, data, done, append([]string{"staff", "add", "--now", now, "--role", "centre", "--name", "李明", "--login", login, "--password", file}, agreed...)...)
		own := file + ".own"
		if err := os.WriteFile(own, fmt.Appendf(nil, "three short words %d\n", i), 0o600); err != nil {
			t.Fatal(err)
		}
		call(t, data, done, "staff", "password", login, "--now", now, "--old", file, "--new", own)
		by[login] = login + "=" + own
		if len(agreed) < 4 {
			agreed = append(agreed, "--by", by[login])
		}
	}
	return by
}

func TestRegisterAndList(t *testing.T) {
	x := install(t)
	x.give(t)
	if code, out, _ := x.kawu(t, "psam", "list", "--state", "in_service"); code != done || !strings.Contains(out, terminalNumber) || !strings.Contains(out, "王*国") || strings.Contains(out, "建") {
		t.Error(code, out)
	}
	for _, step := range [][]string{{"lost", "lost"}, {"return", "returned"}} {
		if code, out, errs := x.kawu(t, "psam", step[0], terminalNumber); code != done || !strings.Contains(out, step[1]) {
			t.Error(step, code, out, errs)
		}
	}
	x.destroy(t)
	if code, _, errs := x.kawu(t, "psam", "write-off", terminalNumber); code != failed || !strings.Contains(errs, "state.move") {
		t.Error(code, errs)
	}
	if code, out, errs := x.kawu(t, "psam", "show", terminalNumber, "--json"); code != done || strings.Count(out, `"since"`) != 3 || strings.Contains(out, "建") {
		t.Error(code, out, errs)
	}
	if code, _, errs := x.kawu(t, "psam", "give", terminalNumber, "--to", "nowhere", "--keeper", "王建国"); code != 2 {
		t.Error(code, errs)
	}

	full, more := filepath.Join(t.TempDir(), "full"), filepath.Join(t.TempDir(), "more")
	if code, _, errs := x.kawu(t, "card", "invalid", "--out", full); code != done {
		t.Fatal(code, errs)
	}
	x.sit(t, func(s *desk.Sitting) error {
		return state.Apply(t.Context(), s.Tx, card.Social, "report", []ref.Card{x.id}, s.ID)
	})
	if code, out, errs := x.kawu(t, "card", "invalid", "--out", more, "--since", "1", "--json"); code != done || !strings.Contains(out, `"written": true`) {
		t.Fatal(code, out, errs)
	}
	if code, out, _ := x.kawu(t, "card", "invalid", "--out", filepath.Join(t.TempDir(), "none"), "--since", "2", "--json"); code != done || !strings.Contains(out, `"written": false`) {
		t.Error(code, out)
	}
	if code, _, errs := x.kawu(t, "card", "invalid", "--out", full, "--since", "9"); code != failed || !strings.Contains(errs, "readcard.list_ahead") {
		t.Error(code, errs)
	}
	l, err := loadInvalid(full)
	if err != nil || l.Number() != 1 {
		t.Fatal(err)
	}
	file, err := os.Open(more)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := l.Load(file); err != nil || l.Number() != 2 {
		t.Error(l.Number(), err)
	}
	if code, _, errs := x.kawu(t, "card", "read"); code != failed || !strings.Contains(errs, "pcsc.not_built") && !strings.Contains(errs, "pcsc.no_service") {
		t.Error(code, errs)
	}
}
