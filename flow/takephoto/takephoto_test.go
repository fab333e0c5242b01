package takephoto_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"
	"testing"

	"kawu/chip/photo"
	"kawu/domain/application"
	"kawu/domain/audit"
	"kawu/domain/exchange"
	"kawu/domain/portrait"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/flow/takephoto"
	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/fault"
	"kawu/kit/idno"
	"kawu/kit/state"
)

var (
	ctx    = context.Background()
	paper  = color.RGBA{250, 250, 250, 255}
	sky    = color.RGBA{90, 150, 210, 255}
	clerk  = desk.Actor{Role: desk.Clerk, ID: "stf_1", City: "beijing", Org: "icbc", Place: "out_1", Channel: "web"}
	banker = desk.Actor{Role: desk.Banker, ID: "stf_2", City: "beijing", Org: "icbc", Channel: "web"}
)

func citizen(p ref.Person) desk.Actor {
	return desk.Actor{Role: desk.Citizen, ID: string(p), Person: p, Channel: "web"}
}

// drawn keeps the portraits: drawing is what takes time here.
var drawn = map[string][]byte{}

func sized(w, h int, ground color.RGBA) []byte {
	key := fmt.Sprint(w, h, ground)
	if drawn[key] == nil {
		drawn[key] = photo.Sketch(1, w, h, ground)
	}
	return drawn[key]
}

func sketch(ground color.RGBA) []byte { return sized(photo.Width, photo.Height, ground) }

// number is the i-th synthetic identity number; every tenth person is a small child.
func number(i int) idno.Number {
	year := 1980
	if i%10 == 9 {
		year = 2022
	}
	body := fmt.Sprintf("110102%d0101%03d", year, i)
	return idno.Number(body + string(idno.Check(body)))
}

func app(i int) ref.Application { return ref.Application(fmt.Sprintf("app_%04d", i)) }
func per(i int) ref.Person      { return ref.Person(fmt.Sprintf("per_%04d", i)) }

// each runs a test with so many compared people of one collective application; the first is to
// collect at an outlet, the others get theirs by mail.
func each(t *testing.T, people int, run func(t *testing.T, f *takephoto.Flow)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		all, ids := make([]application.Application, people), make([]ref.Application, people)
		for i := range all {
			ids[i] = app(i)
			all[i] = application.Application{ID: app(i), City: "beijing", Collective: "col_1", Person: per(i), Bank: "icbc", Mode: application.Mail,
				Edition: "e", Number: number(i), Name: "某人"}
		}
		all[0].Mode, all[0].Outlet = application.Outlet, "out_1"
		dbtest.Write(t, d, func(tx *db.Tx) error {
			if err := application.Put(ctx, tx, all); err != nil {
				return err
			}
			for _, e := range []state.Event{"notify", "confirm", "submit", "compare"} {
				if err := state.Apply(ctx, tx, application.Cycle, e, ids, "sit"); err != nil {
					return err
				}
			}
			return nil
		})
		run(t, &takephoto.Flow{Desk: &desk.Desk{DB: d, Clock: clock.At(dbtest.Noon)}, City: "beijing", Rules: photo.Default,
			Under: func(context.Context, ref.Edition) (int, error) { return 5, nil }})
	}, application.Cycle, portrait.Cycle, exchange.Cycle)
}

func ask(t *testing.T, f *takephoto.Flow) []exchange.Row {
	t.Helper()
	if err := f.AskRegister(ctx, "col_1"); err != nil {
		t.Fatal(err)
	}
	rows, err := exchange.Latest(ctx, f.Desk.DB, "population", 100)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// answer is the register's: a file for each person asked, by application.
func answer(t *testing.T, f *takephoto.Flow, x exchange.Row, file func(key string) []byte) {
	t.Helper()
	var q []portrait.Wanted
	if err := exchange.Body(ctx, f.Desk.DB, x.ID, &q); err != nil {
		t.Fatal(err)
	}
	found := []portrait.Found{}
	for _, w := range q {
		found = append(found, portrait.Found{Key: w.Key, JPEG: file(w.Key)})
	}
	send(t, f, x, found)
}

func send(t *testing.T, f *takephoto.Flow, x exchange.Row, found []portrait.Found) {
	t.Helper()
	text, err := json.Marshal(found)
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Write(t, f.Desk.DB, func(tx *db.Tx) error { return exchange.Answered(ctx, tx, x, text, "sit") })
}

func TestRegisterIsAskedOnce(t *testing.T) {
	each(t, 250, func(t *testing.T, f *takephoto.Flow) {
		if _, err := f.Take(ctx, citizen(per(1)), takephoto.Shot{Person: per(1), Source: portrait.Upload, File: sketch(paper)}); err != nil {
			t.Fatal(err)
		}
		rows := ask(t, f)
		// 250 people, less 25 small children and the one with a photo
		if len(rows) != 2 || rows[0].N+rows[1].N != 224 || max(rows[0].N, rows[1].N) != portrait.Lines {
			t.Fatalf("%+v", rows)
		}
		if again := ask(t, f); len(again) != 2 {
			t.Errorf("asked again: %d", len(again))
		}
	})
}

func TestWhatTheRegisterAnswers(t *testing.T) {
	each(t, 9, func(t *testing.T, f *takephoto.Flow) {
		x := ask(t, f)[0]
		files := map[string][]byte{string(app(0)): sketch(sky), string(app(1)): nil, string(app(2)): sketch(paper)[:9000], string(app(3)): sketch(sky)}
		if _, err := f.Take(ctx, citizen(per(3)), takephoto.Shot{Person: per(3), Source: portrait.Upload, File: sketch(paper)}); err != nil {
			t.Fatal(err)
		}
		answer(t, f, x, func(key string) []byte {
			if file, ok := files[key]; ok {
				return file
			}
			return sketch(paper)
		})
		for range 2 { // a duty may run again
			if err := f.Keep(ctx, string(x.ID)); err != nil {
				t.Fatal(err)
			}
		}
		for i, want := range []string{"waiting photo.background", "refused takephoto.none", "refused photo.not_a_photo", "good", "good", "good", "good"} {
			all, err := portrait.OfPerson(ctx, f.Desk.DB, per(i))
			if err != nil || len(all) != 1 {
				t.Fatalf("%d: %d photos, %v", i, len(all), err)
			}
			got := string(all[0].State)
			for _, p := range all[0].Problems {
				got += " " + p.Code
			}
			if got != want {
				t.Errorf("%d: %s, want %s", i, got, want)
			}
		}
		mine, err := portrait.ToLookAt(ctx, f.Desk.DB, ref.Holder{Kind: ref.HeldByOutlet, Name: "out_1"}, 0, 10)
		theirs, err2 := portrait.ToLookAt(ctx, f.Desk.DB, ref.Holder{Kind: ref.HeldByBank, Name: "icbc"}, 0, 10)
		if len(mine) != 1 || len(theirs) != 2 || err != nil || err2 != nil {
			t.Error(mine, theirs, err, err2)
		}
		if again := ask(t, f); len(again) != 2 || again[0].N != 2 { // those without a usable one, and only those
			t.Errorf("%+v", again)
		}
	})
}

func TestAnswerMustFit(t *testing.T) {
	for name, found := range map[string][]portrait.Found{
		"nothing": {}, "one twice": {{Key: "app_0000"}, {Key: "app_0000"}}, "somebody else": {{Key: "app_0000"}, {Key: "app_9"}},
		"too many": {{Key: "app_0000"}, {Key: "app_0001"}, {Key: "app_9"}},
	} {
		each(t, 2, func(t *testing.T, f *takephoto.Flow) {
			x := ask(t, f)[0]
			send(t, f, x, found)
			if err := f.Keep(ctx, string(x.ID)); !errors.Is(err, takephoto.ErrAnswer) {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
}

// bomb is a picture whose header promises what its data do not have.
func bomb() []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, 400, 500)))
	raw := b.Bytes()
	binary.BigEndian.PutUint32(raw[16:], 60000)
	binary.BigEndian.PutUint32(raw[20:], 60000)
	binary.BigEndian.PutUint32(raw[29:], crc32.ChecksumIEEE(raw[12:29]))
	return raw
}

// Everything that is wrong is said at once; nothing of it is kept, unless a clerk is to look.
func TestTake(t *testing.T) {
	each(t, 1, func(t *testing.T, f *takephoto.Flow) {
		for name, x := range map[string]struct {
			file   []byte
			insist bool
			want   string
		}{
			"empty": {nil, true, "photo.not_a_photo"}, "text": {[]byte("<svg onload=x>"), true, "photo.not_a_photo"}, "bomb": {bomb(), true, "photo.bomb"},
			"too small": {sized(200, 250, paper), true, "photo.too_small"}, "huge": {make([]byte, 16<<20), true, "photo.too_big"},
			"blue and wide": {sized(1000, 450, sky), false, "photo.background photo.shape"},
		} {
			_, err := f.Take(ctx, citizen(per(0)), takephoto.Shot{Person: per(0), Source: portrait.Upload, File: x.file, Insist: x.insist})
			var list fault.List
			if !errors.As(err, &list) || codes(list) != x.want {
				t.Errorf("%s: %v", name, err)
			}
		}
		if all, err := portrait.OfPerson(ctx, f.Desk.DB, per(0)); len(all) != 0 || err != nil {
			t.Errorf("%d kept, %v", len(all), err)
		}
		p, err := f.Take(ctx, citizen(per(0)), takephoto.Shot{Person: per(0), Source: portrait.Upload, File: sized(1000, 450, sky), Insist: true})
		if now, err2 := portrait.Get(ctx, f.Desk.DB, p.ID); err != nil || err2 != nil || now.State != portrait.Waiting || len(now.Problems) != 2 || now.Looker.Name != "out_1" {
			t.Errorf("%+v %v %v", now, err, err2)
		}
		if _, err := f.Take(ctx, citizen(per(0)), takephoto.Shot{Person: per(1), File: sketch(paper)}); !errors.Is(err, desk.ErrForbidden) {
			t.Error("somebody else's photo:", err)
		}
		if _, err := f.Take(ctx, citizen("per_x"), takephoto.Shot{Person: "per_x", File: sketch(paper)}); !errors.Is(err, takephoto.ErrNoApplication) {
			t.Error(err)
		}
	})
}

func codes(list fault.List) string {
	var out []string
	for _, f := range list {
		out = append(out, f.Code)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestOverride(t *testing.T) {
	each(t, 2, func(t *testing.T, f *takephoto.Flow) {
		p, err := f.Take(ctx, citizen(per(0)), takephoto.Shot{Person: per(0), Source: portrait.Upload, File: sized(1000, 450, sky), Insist: true})
		if err != nil {
			t.Fatal(err)
		}
		both := []string{"photo.shape", "photo.background"}
		for name, x := range map[string]struct {
			who  desk.Actor
			want error
		}{
			"the person": {citizen(per(0)), desk.ErrForbidden}, "the centre": {desk.Actor{Role: desk.Centre, ID: "stf_3", Org: "centre"}, desk.ErrForbidden},
			"another outlet": {desk.Actor{Role: desk.Clerk, ID: "stf_4", Org: "icbc", Place: "out_2"}, portrait.ErrUnknown}, "the bank": {banker, portrait.ErrUnknown},
		} {
			if err := f.Accept(ctx, x.who, p.ID, both); !errors.Is(err, x.want) {
				t.Errorf("%s accepts: %v", name, err)
			}
			if err := f.Refuse(ctx, x.who, p.ID); !errors.Is(err, x.want) {
				t.Errorf("%s refuses: %v", name, err)
			}
		}
		var list fault.List
		if err := f.Accept(ctx, clerk, p.ID, both[:1]); !errors.As(err, &list) || codes(list) != "takephoto.left" {
			t.Error("a finding was left out:", err)
		}
		if err := f.Accept(ctx, clerk, p.ID, both); err != nil {
			t.Fatal(err)
		}
		now, err := portrait.Get(ctx, f.Desk.DB, p.ID)
		if err != nil || now.State != portrait.Good || now.DecidedBy != "stf_1" {
			t.Errorf("%+v %v", now, err)
		}
		lines, err := audit.Latest(ctx, f.Desk.DB, 0, 10)
		if err != nil || !slices.ContainsFunc(lines, func(l audit.Line) bool {
			return l.Act == string(desk.AcceptPhoto) && l.Actor == "stf_1" && l.Subject == string(p.ID) && strings.Contains(l.Detail, "photo.background")
		}) {
			t.Errorf("%v %v", lines, err)
		}
		if err := f.Accept(ctx, clerk, p.ID, both); !errors.Is(err, state.ErrMove) {
			t.Error("twice:", err)
		}
	})
}

// What no clerk can mend is not overruled, whatever is ticked.
func TestHardFindings(t *testing.T) {
	each(t, 1, func(t *testing.T, f *takephoto.Flow) {
		x := ask(t, f)[0]
		answer(t, f, x, func(string) []byte { return sized(200, 250, paper) })
		if err := f.Keep(ctx, string(x.ID)); err != nil {
			t.Fatal(err)
		}
		list, err := portrait.OfPerson(ctx, f.Desk.DB, per(0))
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		var wrong fault.List
		if err := f.Accept(ctx, clerk, list[0].ID, []string{"photo.too_small"}); !errors.As(err, &wrong) || codes(wrong) != "takephoto.hard" {
			t.Error(err)
		}
	})
}

// A clerk asks for another photo, and takes it at the counter.
func TestNewPhoto(t *testing.T) {
	each(t, 1, func(t *testing.T, f *takephoto.Flow) {
		p, err := f.Take(ctx, clerk, takephoto.Shot{Person: per(0), Source: portrait.Outlet, File: sketch(sky), Insist: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Refuse(ctx, clerk, p.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Take(ctx, clerk, takephoto.Shot{Person: per(0), Source: portrait.Outlet, File: sketch(paper)}); err != nil {
			t.Fatal(err)
		}
		good, err := portrait.Find(ctx, f.Desk.DB, []ref.Person{per(0)})
		if err != nil || good[per(0)].Source != portrait.Outlet {
			t.Errorf("%+v %v", good, err)
		}
	})
}
