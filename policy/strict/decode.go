package strict

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// Limits on one file. A notice needs a tenth of them; they exist so that a file cannot exhaust the
// machine.
const (
	MaxBytes = 256 << 10
	MaxNodes = 40_000
	MaxDepth = 12
)

// Problem is one thing wrong with a file. Code is stable; Args fill its wording.
type Problem struct {
	Line int    // 1-based; 0 when the whole file is meant
	Path string // "routes[2].channels[0]"
	Code string // "too_big", "syntax", "alias", "unknown_key", "missing_key", "repeated_key", "wrong_kind", "wrong_value"
	Args map[string]any
}

// Lines gives the line of every path that was read.
type Lines map[string]int

// At is the line of the path, or of the nearest thing around it.
func (l Lines) At(path string) int {
	for {
		if n, ok := l[path]; ok {
			return n
		}
		i := strings.LastIndexAny(path, ".[")
		if i < 0 {
			return l[""]
		}
		path = path[:i]
	}
}

// Decode fills into, which must be a pointer to a struct. Problems are in the order of the file.
func Decode(data []byte, into any) (Lines, []Problem) {
	r := &reader{lines: Lines{}}
	if len(data) > MaxBytes {
		r.add(0, "", "too_big", "limit", MaxBytes)
		return r.lines, r.problems
	}
	root, err := parse(data)
	if err != nil {
		line, detail := syntax(err)
		r.add(line, "", "syntax", "detail", detail)
		return r.lines, r.problems
	}
	if r.count(root, 0); len(r.problems) > 0 {
		return r.lines, r.problems
	}
	r.value(root, "", reflect.ValueOf(into).Elem())
	return r.lines, r.problems
}

func parse(data []byte) (*yaml.Node, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, errors.New("the file is empty")
		}
		return nil, err
	}
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("line %d: a second document in one file", more.Line)
	}
	return doc.Content[0], nil
}

// The parser tells the line only in its message. Errors of its grammar, unlike those of its
// characters, count from 0.
var (
	lineInError = regexp.MustCompile(`^(?:yaml: )?line (\d+): `)
	ofGrammar   = regexp.MustCompile(`did not find expected (',' or|key|'-' indicator|node content|<)`)
)

// syntax splits the parser's message into the line and what is wrong.
func syntax(err error) (line int, detail string) {
	text := err.Error()
	m := lineInError.FindStringSubmatch(text)
	if m == nil {
		return 1, strings.TrimPrefix(text, "yaml: ")
	}
	line, _ = strconv.Atoi(m[1])
	if ofGrammar.MatchString(text) {
		line++
	}
	return line, text[len(m[0]):]
}

type reader struct {
	lines    Lines
	problems []Problem
	nodes    int
}

func (r *reader) add(line int, path, code string, args ...any) {
	p := Problem{Line: line, Path: path, Code: code, Args: map[string]any{}}
	for i := 0; i+1 < len(args); i += 2 {
		p.Args[args[i].(string)] = args[i+1]
	}
	r.problems = append(r.problems, p)
}

// count refuses what a bomb is made of before any value is built. An alias is refused, not
// followed, so its target cannot be visited twice.
func (r *reader) count(n *yaml.Node, depth int) {
	r.nodes++
	switch {
	case len(r.problems) > 0:
		return
	case r.nodes > MaxNodes:
		r.add(n.Line, "", "too_many", "limit", MaxNodes)
	case depth > MaxDepth:
		r.add(n.Line, "", "too_deep", "limit", MaxDepth)
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		r.add(n.Line, "", "alias")
	default:
		for _, c := range n.Content {
			r.count(c, depth+1)
		}
	}
}
