package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed static layout/*.html
var embedded embed.FS

// file is one static file as it is served: its name holds the digest of its content, so browsers
// may keep it for ever.
type file struct {
	name, kind  string
	plain, gzip []byte
}

var (
	assets  = load()
	layouts = template.Must(template.New("layouts").
		Funcs(template.FuncMap{"asset": Asset}).ParseFS(embedded, "layout/*.html"))
)

// styles are concatenated in this order; one request instead of four.
var styles = []string{"tokens.css", "app.css", "pages.css", "centre.css"}

// load reads, names and compresses the files once, at start-up.
func load() map[string]file {
	out := map[string]file{}
	add := func(name string, b []byte) {
		sum := sha256.Sum256(b)
		ext := path.Ext(name)
		out[name] = file{
			name: strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext,
			kind: mime.TypeByExtension(ext), plain: b, gzip: squeeze(b),
		}
	}
	for _, name := range []string{"icons.svg", "guilloche.svg", "app.js", "htmx.min.js"} {
		add(name, read(name))
	}
	var css bytes.Buffer
	css.WriteString("@layer reset, tokens, base, layout, components, pages, utilities;\n")
	for _, name := range styles {
		css.Write(read(name))
	}
	add("app.css", bytes.ReplaceAll(css.Bytes(), []byte("guilloche.svg"), []byte(out["guilloche.svg"].name)))
	return out
}

func read(name string) []byte {
	b, err := fs.ReadFile(embedded, "static/"+name)
	if err != nil {
		panic(err)
	}
	return b
}

func squeeze(b []byte) []byte {
	var z bytes.Buffer
	w, _ := gzip.NewWriterLevel(&z, gzip.BestCompression)
	_, _ = w.Write(b)
	_ = w.Close()
	return z.Bytes()
}

// Asset is the address of a static file: Asset("app.css") is "/static/app.<digest>.css".
func Asset(name string) string { return "/static/" + assets[name].name }

// Static serves the files under /static/.
func Static() http.Handler {
	byName := map[string]file{}
	for _, f := range assets {
		byName[f.name] = f
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, ok := byName[path.Base(r.URL.Path)]
		if !ok {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", f.kind)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("Vary", "Accept-Encoding")
		body := f.plain
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			body = f.gzip
		}
		_, _ = w.Write(body)
	})
}
