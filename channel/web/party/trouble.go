package party

import (
	"strings"

	"kawu/channel/web"
	"kawu/flow/settle"
	"kawu/kit/wording"
)

// Reason is the cause of a trouble as its partner gave it, in words: a code that has a wording, or
// the code itself, so that people can look it up with the partner.
func Reason(code string) web.Said {
	if code == "" {
		return web.Said{}
	}
	for _, key := range []string{"trouble.reason." + code, "account.refused." + code, code} {
		if known(key) {
			return web.Say(key)
		}
	}
	if city, state, ok := strings.Cut(code, "/"); ok { // the province's answer: where the other card is
		return web.Say("trouble.reason.elsewhere", "city", city, "state", state)
	}
	return web.Say("trouble.reason.code", "code", code)
}

func known(key string) bool {
	return strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789_.") == "" && wording.Has(key)
}

// Reasons are the choices of why a trouble needs nothing more.
func Reasons(p web.Page) []web.Option {
	out := make([]web.Option, len(settle.Reasons))
	for i, r := range settle.Reasons {
		out[i] = web.Option{Value: string(r), Label: p.T("trouble.settle." + string(r))}
	}
	return out
}
