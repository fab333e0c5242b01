package wording

import (
	"maps"
	"slices"
	"time"

	"kawu/kit/fault"
)

// T is the wording of key in a language; args are name, value pairs for its {name} places. A pair
// named "n" with the integer 1 picks the key's ".one" sibling, which only English has. A time is
// written as Lang.Date. A key that does not exist shows itself as ⟦key⟧.
func T(l Lang, key string, args ...any) string {
	var m map[string]any
	for i := 0; i+1 < len(args); i += 2 {
		name, ok := args[i].(string)
		if !ok {
			continue
		}
		if m == nil {
			m = make(map[string]any, len(args)/2)
		}
		m[name] = args[i+1]
	}
	if text, ok := look(l, key, m); ok {
		return text
	}
	return "⟦" + key + "⟧"
}

// T is the same for a page that carries its language.
func (l Lang) T(key string, args ...any) string { return T(l, key, args...) }

// Of is the whole wording of a fault: What, then Do. A code without a wording gives the fault's
// English message.
func Of(l Lang, f *fault.Fault) string {
	what, do := What(l, f), Do(l, f)
	if l == EN && do != "" {
		return what + " " + do
	}
	return what + do
}

// What is the first half of a fault's wording: what is wrong, where, why.
func What(l Lang, f *fault.Fault) string {
	if text, ok := look(l, f.Code, f.Args); ok {
		return text
	}
	return fault.Fill(f.Message, dated(l, f.Args))
}

// Do is the other half, the key's ".do" sibling: what to do now. Not every fault has one.
func Do(l Lang, f *fault.Fault) string {
	text, _ := look(l, f.Code+".do", f.Args)
	return text
}

// Both is a text in both languages, as the command line's JSON shows it: {"zh-CN": …, "en": …}.
type Both map[Lang]string

// OfBoth is the wording of a fault in both languages.
func OfBoth(f *fault.Fault) Both { return Both{ZH: Of(ZH, f), EN: Of(EN, f)} }

// WhatBoth and DoBoth are the halves in both languages; DoBoth is nil when there is nothing to do.
func WhatBoth(f *fault.Fault) Both { return Both{ZH: What(ZH, f), EN: What(EN, f)} }

// DoBoth is the other half.
func DoBoth(f *fault.Fault) Both {
	if !Has(f.Code + ".do") {
		return nil
	}
	return Both{ZH: Do(ZH, f), EN: Do(EN, f)}
}

// TBoth is the wording of a key in both languages.
func TBoth(key string, args ...any) Both {
	return Both{ZH: T(ZH, key, args...), EN: T(EN, key, args...)}
}

// Has says whether there is a wording for key; tests of other packages check their codes with it.
func Has(key string) bool { _, ok := catalogues[ZH][key]; return ok }

// Keys are all keys, sorted.
func Keys() []string { return slices.Sorted(maps.Keys(catalogues[ZH])) }

func look(l Lang, key string, args map[string]any) (string, bool) {
	c, ok := catalogues[l]
	if !ok {
		c = catalogues[ZH]
	}
	text, ok := c[key]
	if n, is := args["n"].(int); is && n == 1 {
		if one, is := c[key+".one"]; is {
			text, ok = one, true
		}
	}
	if !ok {
		return "", false
	}
	return fault.Fill(text, dated(l, args)), true
}

// Worded is an argument that words itself in a language, such as a clause of a notice that has both.
type Worded interface{ In(l Lang) string }

// dated writes times and worded arguments in the language, in a copy: the arguments belong to the
// fault.
func dated(l Lang, args map[string]any) map[string]any {
	out := args
	copied := false
	for name, v := range args {
		text, ok := "", false
		switch v := v.(type) {
		case time.Time:
			text, ok = l.Date(v), true
		case Worded:
			text, ok = v.In(l), true
		}
		if !ok {
			continue
		}
		if !copied {
			out, copied = maps.Clone(args), true
		}
		out[name] = text
	}
	return out
}
