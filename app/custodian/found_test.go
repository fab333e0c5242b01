package custodian_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kawu/app"
	"kawu/app/custodian"
	"kawu/chip/ceremony"
	"kawu/domain/access"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/fault"
)

var setup = custodian.Setup{Organization: "示例", Root: "根证书", Issuing: "签发证书", URL: "http://ca.example/", RootDays: 3650, IssuingDays: 3000}

// files are all files below a folder.
func files(t *testing.T, dir string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !strings.HasPrefix(d.Name(), "kawu.db") {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Founding an authority is done as a whole or not at all: whatever fails, no key, no folder and no
// custodian's sheet stays.
func TestFoundingIsWhole(t *testing.T) {
	ctx, data := context.Background(), t.TempDir()
	h, err := app.Open(ctx, app.Config{Data: data, City: "beijing"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	hire(t, h, "li.01", "zhao.02", "sun.03")
	x := h.Custodians().Staff()
	if err := x.End(ctx, []custodian.Actor{{Role: desk.Centre, ID: staff(t, h, "li.01")}, {Role: desk.Centre, ID: staff(t, h, "zhao.02")}}, "sun.03"); err != nil {
		t.Fatal(err)
	}
	given := 0
	give := func([2]ceremony.Sheet) (func(), error) { given++; return func() { given-- }, nil }
	try := func(u custodian.Setup, who [2]string, give func([2]ceremony.Sheet) (func(), error)) error {
		_, _, err := h.Custodians().Found(ctx, u, who, give)
		return err
	}
	before, who := files(t, data), [2]string{"li.01", "zhao.02"}
	url, days := setup, setup
	url.URL, days.IssuingDays = "ca.example", 4000
	full := errors.New("the medium is full")
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"nobody's id":   {try(setup, [2]string{"li.01", "wang"}, give), "ceremony.no_staff"},
		"has left":      {try(setup, [2]string{"li.01", "sun.03"}, give), "ceremony.no_staff"},
		"an address":    {try(url, who, give), "ca.bad_setup"},
		"days":          {try(days, who, give), "ca.bad_setup"},
		"a full medium": {try(setup, who, func([2]ceremony.Sheet) (func(), error) { return nil, full }), ""},
	} {
		if f := fault.Of(c.err); c.want == "" && !errors.Is(c.err, full) || c.want != "" && (f == nil || f.Code != c.want) {
			t.Errorf("%s: %v", name, c.err)
		}
	}
	if err := try(setup, who, func(s [2]ceremony.Sheet) (func(), error) { // the last step fails: somebody has put a file in the way
		undo, err := give(s)
		return undo, errors.Join(err, os.MkdirAll(filepath.Join(data, "ca", "in-the-way"), 0o700))
	}); err == nil {
		t.Error("moved over what was there")
	}
	if err := os.RemoveAll(filepath.Join(data, "ca")); err != nil {
		t.Fatal(err)
	}
	if after := files(t, data); strings.Join(after, "\n") != strings.Join(before, "\n") || given != 0 {
		t.Errorf("%d sheets stay, and of %d files there are %d:\n%s", given, len(before), len(after), strings.Join(after, "\n"))
	}
	if err := try(setup, who, give); err != nil || given != 1 {
		t.Error(given, err)
	}
}

func staff(t *testing.T, h *app.House, login string) string {
	t.Helper()
	all, err := access.Register(context.Background(), h.Store, ref.City("beijing"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if s.Login == login {
			return string(s.ID)
		}
	}
	t.Fatal("no ", login)
	return ""
}
