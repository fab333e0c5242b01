package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
)

// View ties a template to the one Go type it may be given. A test of the portals type-checks every
// view, so a misspelt field is found before a page is opened.
type View[T any] struct {
	name string
	t    *template.Template
}

// NewView parses name.html of a portal's files together with the layouts of this package and the
// portal's own layout.html, if it has one. It panics on a broken template: it runs at start-up.
func NewView[T any](files fs.FS, name string) View[T] {
	t := template.Must(layouts.Clone())
	if _, err := fs.Stat(files, "layout.html"); err == nil {
		template.Must(t.ParseFS(files, "layout.html"))
	}
	template.Must(t.ParseFS(files, name+".html"))
	return View[T]{name, t.Lookup(name + ".html")}
}

// Part is a piece of the view's template that htmx swaps in by itself, with its own type.
func Part[P, T any](v View[T], name string) View[P] {
	t := v.t.Lookup(name)
	if t == nil {
		panic(fmt.Sprintf("web: %s has no part %q", v.name, name))
	}
	return View[P]{v.name + "#" + name, t}
}

// Show renders the page whole, then writes it; an error leaves the answer unwritten for the fault
// page.
func (v View[T]) Show(w http.ResponseWriter, status int, data T) error {
	var b bytes.Buffer
	if err := v.t.Execute(&b, data); err != nil {
		return fmt.Errorf("web: page %s: %w", v.name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err := b.WriteTo(w)
	if err != nil {
		return nil // the visitor has gone; there is nobody to show a fault to
	}
	return nil
}

// Form shows a page again after a form was sent: with 422 and its problems, or plain.
func (v View[T]) Form(w http.ResponseWriter, p Page, data T) error {
	if len(p.Errors) > 0 {
		return v.Show(w, http.StatusUnprocessableEntity, data)
	}
	return v.Show(w, http.StatusOK, data)
}

// Name is the template's name; for tests.
func (v View[T]) Name() string { return v.name }

// Template is the parsed template; for tests.
func (v View[T]) Template() *template.Template { return v.t }
