package city_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"kawu/city"
)

// validate is run by Python's jsonschema, which we did not write: it prints true for every document
// that the schema accepts.
const validate = `
import json, sys, jsonschema
schema = json.load(open(sys.argv[1]))
v = jsonschema.Draft202012Validator(schema)
for doc in json.load(sys.stdin):
    print(str(v.is_valid(doc)).lower())
`

// TestSchemaAgrees: the schema for editors accepts every city's files, and refuses a wrong key, a
// wrong word and a missing source.
func TestSchemaAgrees(t *testing.T) {
	if exec.Command("python3", "-c", "import jsonschema").Run() != nil {
		t.Skip("python3 with jsonschema is not installed")
	}
	files, err := fs.Glob(city.Files, "*/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var docs []any
	for _, f := range files {
		docs = append(docs, document(t, f))
	}
	for _, breakIt := range []func(route map[string]any){
		func(r map[string]any) { r["channel"] = "online" },
		func(r map[string]any) { r["channels"] = []string{"by_fax"} },
		func(r map[string]any) { delete(r, "phrase") },
	} {
		d := document(t, "sample/2025-exchange.yaml").(map[string]any)
		breakIt(d["routes"].([]any)[0].(map[string]any))
		docs = append(docs, d)
	}
	in, err := json.Marshal(docs)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("python3", "-c", validate, filepath.Join("..", "policy", "schema.json"))
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(bytes.Fields(out)); n != len(docs) {
		t.Fatalf("%d answers for %d documents", n, len(docs))
	}
	for i, got := range bytes.Fields(out) {
		if want := i < len(files); string(got) == "true" != want {
			t.Errorf("document %d: valid is %s, want %v", i, got, want)
		}
	}
}

// document reads YAML as any editor does; a day stays the text that it is in JSON.
func document(t *testing.T, file string) any {
	data, err := fs.ReadFile(city.Files, file)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := yaml.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return days(v)
}

func days(v any) any {
	switch v := v.(type) {
	case time.Time:
		return v.Format("2006-01-02")
	case map[string]any:
		for k := range v {
			v[k] = days(v[k])
		}
	case []any:
		for i := range v {
			v[i] = days(v[i])
		}
	}
	return v
}
