package wording

import "encoding/json"

// Said is a wording that waits for its language: a reason inside another wording, a warning in a list.
type Said struct {
	Key  string
	Args []any // name, value pairs
}

// Say makes a Said; args are name, value pairs.
func Say(key string, args ...any) Said { return Said{key, args} }

// In implements Worded.
func (s Said) In(l Lang) string { return T(l, s.Key, s.Args...) }

// String is the English wording, for logs.
func (s Said) String() string { return s.In(EN) }

// MarshalJSON gives {"code": …, "message": {"zh-CN": …, "en": …}}.
func (s Said) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"code": s.Key, "message": TBoth(s.Key, s.Args...)})
}
