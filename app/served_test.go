package app_test

import (
	"context"
	"errors"
	"testing"

	"kawu/app"
	"kawu/city"
	"kawu/domain/ref"
	"kawu/kit/fault"
)

// An installation remembers its city: asked for none, it serves that one; for another, it refuses and
// stays as it was.
func TestOneCity(t *testing.T) {
	dir := t.TempDir()
	open := func(city ref.City) (ref.City, error) {
		h, err := app.Open(context.Background(), app.Config{Data: dir, City: city})
		if err != nil {
			return "", err
		}
		return h.City, h.Close()
	}
	for _, asked := range []ref.City{"上海", "", "shanghai"} {
		if got, err := open(asked); err != nil || got != "shanghai" {
			t.Errorf("asked for %q: %s %v", asked, got, err)
		}
	}
	if _, err := open("beijing"); fault.Of(err) == nil || fault.Of(err).Code != "app.other_city" {
		t.Error(err)
	}
	if _, err := open("nowhere"); err == nil || errors.Is(err, context.Canceled) {
		t.Error("a city that is none")
	}
	if got, err := open(""); err != nil || got != "shanghai" {
		t.Error(got, err)
	}
	fresh, err := app.Open(context.Background(), app.Config{Data: t.TempDir()})
	if err != nil || fresh.City != city.First {
		t.Fatal(err)
	}
	if err := fresh.Close(); err != nil {
		t.Error(err)
	}
}
