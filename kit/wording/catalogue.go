package wording

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
)

//go:embed zh-CN/*.json en/*.json
var files embed.FS

var catalogues = mustLoad(files)

// mustLoad stops the program: without its words it cannot even say what is wrong.
func mustLoad(from fs.FS) map[Lang]map[string]string {
	out := map[Lang]map[string]string{}
	for _, l := range Langs {
		c, err := load(from, l)
		if err != nil {
			panic(err)
		}
		out[l] = c
	}
	return out
}

// load reads every file of one language; a key in two places is an error, because which one wins
// would depend on the files' names.
func load(from fs.FS, l Lang) (map[string]string, error) {
	names, err := fs.Glob(from, string(l)+"/*.json")
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, name := range names {
		f, err := from.Open(name)
		if err != nil {
			return nil, err
		}
		err = add(all, json.NewDecoder(f))
		_ = f.Close()
		if err != nil {
			return nil, fmt.Errorf("wording: %s: %w", name, err)
		}
	}
	return all, nil
}

// add reads one flat object token by token, because json.Unmarshal lets the last of two equal keys
// win in silence.
func add(all map[string]string, d *json.Decoder) error {
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errors.New("is not a JSON object")
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		key, text := fmt.Sprint(name), ""
		if err := d.Decode(&text); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		if _, twice := all[key]; twice {
			return fmt.Errorf("%s: there is another wording for this key", key)
		}
		all[key] = text
	}
	_, err := d.Token()
	return err
}
