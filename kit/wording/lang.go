package wording

import (
	"strings"
	"time"

	"kawu/kit/clock"
)

// Lang is a language of the program, as a BCP 47 tag: it is also the name of its catalogue's folder
// and the lang attribute of a page.
type Lang string

// The two languages. ZH is what a person gets who has not chosen.
const (
	ZH Lang = "zh-CN"
	EN Lang = "en"
)

// Langs are the languages in the order of a switch.
var Langs = []Lang{ZH, EN}

// Prefer picks the language from a list as browsers send it in Accept-Language, or from one tag; the
// first one we speak wins, whatever its q. Chinese of any region is ZH. Nothing we speak gives ZH.
func Prefer(accept string) Lang {
	for tag := range strings.SplitSeq(accept, ",") {
		tag, _, _ = strings.Cut(strings.TrimSpace(tag), ";")
		switch primary, _, _ := strings.Cut(strings.ToLower(tag), "-"); primary {
		case "zh":
			return ZH
		case "en":
			return EN
		}
	}
	return ZH
}

// Date is a day with its year: 2024年2月15日, 15 Feb 2024.
func (l Lang) Date(t time.Time) string { return l.format(t, "2006年1月2日", "2 Jan 2006") }

// Day is a day of this year: 2月15日, 15 February. A citizen reading "by 2 December" needs no year.
func (l Lang) Day(t time.Time) string { return l.format(t, "1月2日", "2 January") }

// DateTime is a minute of this year: 2月15日 09:05, 15 Feb, 09:05.
func (l Lang) DateTime(t time.Time) string { return l.format(t, "1月2日 15:04", "2 Jan, 15:04") }

// Long is a minute with its year, for records: 2024年2月15日 09:05, 15 February 2024, 09:05.
func (l Lang) Long(t time.Time) string {
	return l.format(t, "2006年1月2日 15:04", "2 January 2006, 15:04")
}

func (l Lang) format(t time.Time, zh, en string) string {
	if l == EN {
		return t.In(clock.Zone).Format(en)
	}
	return t.In(clock.Zone).Format(zh)
}
