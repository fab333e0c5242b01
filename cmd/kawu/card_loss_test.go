package main

import (
	"bytes"
	"testing"

	"kawu/domain/loss"
)

// TestSayLoss: the line of a reported card, in both languages.
func TestSayLoss(t *testing.T) {
	v := &lossView{Kind: loss.Temporary, Reason: loss.Lost, Channel: "phone", Since: "A", Until: "B", Expiry: loss.GiveBack, Waits: "death"}
	for lang, want := range map[string]string{
		"zh-CN": "  临时挂失（丢了，电话），A 起，有效到 B 自动解除，恢复使用\n  注销等第二个人复核：死亡或宣告失踪\n",
		"en":    "  temporarily reported lost (Lost, by telephone) since A, until B ends by itself, the card works again\n  a cancellation waits for a second person: Death, or declared missing\n",
	} {
		var out bytes.Buffer
		x := &tool{out: &out, lang: lang}
		x.sayLoss(v)
		x.sayLoss(nil)
		if out.String() != want {
			t.Errorf("%s: %q, want %q", lang, out.String(), want)
		}
	}
}
