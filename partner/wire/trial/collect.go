package trial

import (
	"reflect"
	"testing"

	"kawu/partner/wire"
)

// File is one collected file: its number and its content.
type File struct {
	No      string
	Content any
}

// Collect fetches the files after a number.
type Collect func(after string) ([]File, error)

// Collecting holds a collection against the promises of the wire. start gives a fresh party; prepare
// makes it have at least two files after the days given, and collect fetches them.
func Collecting(t *testing.T, start func(t *testing.T) (o Outside, prepare func(), days int, collect Collect)) {
	begin := func(t *testing.T) (Outside, Collect) {
		o, prepare, days, collect := start(t)
		prepare()
		if early, err := collect(""); err != nil || len(early) > 0 {
			t.Fatalf("%d files before their time, %v", len(early), err)
		}
		o.Restart()
		o.Days(days)
		return o, collect
	}
	for name, check := range map[string]func(*testing.T, Outside, Collect){
		"numbers rise, nothing is lost by a restart, and a number cuts off what was had": rising,
		"a file that comes twice has the same number and content":                        twice,
		"an old file that comes again has its old number":                                again,
		"a file with a wrong signature is not used, and the right one comes later":       spoiled,
		"a lost answer loses no file":                                                    lost,
	} {
		t.Run(name, func(t *testing.T) {
			o, collect := begin(t)
			check(t, o, collect)
		})
	}
}

func (collect Collect) all(t *testing.T) []File {
	t.Helper()
	files, err := collect("")
	if err != nil || len(files) < 2 {
		t.Fatalf("%d files, %v; two are needed", len(files), err)
	}
	return files
}

func rising(t *testing.T, o Outside, collect Collect) {
	files := collect.all(t)
	for i := 1; i < len(files); i++ {
		if files[i].No <= files[i-1].No {
			t.Errorf("number %s after %s", files[i].No, files[i-1].No)
		}
	}
	o.Restart()
	same(t, files, collect.all(t))
	rest, err := collect(files[0].No)
	if err != nil {
		t.Fatal(err)
	}
	same(t, files[1:], rest)
	if none, err := collect(files[len(files)-1].No); err != nil || len(none) > 0 {
		t.Errorf("%d files after the last, %v", len(none), err)
	}
}

func twice(t *testing.T, o Outside, collect Collect) {
	files := collect.all(t)
	o.Tell(`{"duplicate":1}`)
	repeated(t, files, collect.all(t), true)
	same(t, files, collect.all(t))
}

func again(t *testing.T, o Outside, collect Collect) {
	files := collect.all(t)
	o.Tell(`{"replay":1}`)
	old, err := collect(files[len(files)-1].No)
	if err != nil || len(old) == 0 {
		t.Fatalf("%d files, %v", len(old), err)
	}
	repeated(t, files, old, false)
}

func spoiled(t *testing.T, o Outside, collect Collect) {
	o.Tell(`{"bad_message":1}`)
	files, err := collect("")
	want(t, err, wire.BadSignature)
	if len(files) > 0 {
		t.Error("files came with the fault")
	}
	collect.all(t)
}

func lost(t *testing.T, o Outside, collect Collect) {
	o.Tell(`{"lose":1,"fail":1}`)
	_, err := collect("")
	want(t, err, wire.Unavailable)
	_, err = collect("")
	want(t, err, wire.NoAnswer)
	collect.all(t)
}

// repeated insists that every file got is one of those known; more: that one came twice.
func repeated(t *testing.T, known, got []File, more bool) {
	t.Helper()
	by := map[string]any{}
	for _, f := range known {
		by[f.No] = f.Content
	}
	for _, f := range got {
		if c, ok := by[f.No]; !ok || !reflect.DeepEqual(c, f.Content) {
			t.Errorf("number %s has another content than before", f.No)
		}
	}
	if more && len(got) <= len(known) {
		t.Error("nothing came twice")
	}
}
