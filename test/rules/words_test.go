package rules

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

//go:embed words.json
var wordsFile []byte

// words are the Chinese words of the scenarios: the headings of their tables, and what stands under
// them. What is not there (numbers, days, names of banks and districts) is meant literally.
var words = func() (w struct{ Questions, Answers, Words map[string]string }) {
	if err := json.Unmarshal(wordsFile, &w); err != nil {
		panic(err)
	}
	return w
}()

// plain is the program's word for each of a list joined by 、.
func plain(cell string) string {
	all := strings.Split(cell, "、")
	for i, s := range all {
		if w, ok := words.Words[s]; ok {
			all[i] = w
		}
	}
	return strings.Join(all, ",")
}

// at walks a path through what JSON made; through a list it gathers, and # counts.
func at(v any, path string) string {
	switch x := v.(type) {
	case []any:
		if path == "#" {
			return fmt.Sprint(len(x))
		}
		out := make([]string, len(x))
		for i := range x {
			out[i] = at(x[i], path)
		}
		return strings.Join(out, ",")
	case map[string]any:
		key, rest, _ := strings.Cut(path, ".")
		return at(x[key], rest)
	case bool:
		return map[bool]string{true: "yes", false: "no"}[x]
	case nil:
		return ""
	}
	return fmt.Sprint(v)
}
