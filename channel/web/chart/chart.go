// Package chart draws small, accessible SVG charts on the server: no script, sharp in print, and in
// high contrast, because every colour is a class of the style sheet.
//
// It owns shapes only. Words and numbers come formatted in the visitor's language; a page adds a
// data table to every chart. Every chart has a title and a description for screen readers, whose ids
// begin with the id the page gives.
package chart

import (
	"fmt"
	"html/template"
	"math"
	"strings"
)

// Head is what a screen reader says of a chart; ID is unique on the page.
type Head struct{ ID, Title, Text string }

type svg struct{ strings.Builder }

func begin(w, h float64, d Head) *svg {
	s := &svg{}
	s.add(`<svg class="chart" viewBox="0 0 %g %g" role="img" aria-labelledby="%[3]s-t %[3]s-d"><title id="%[3]s-t">%[4]s</title><desc id="%[3]s-d">%[5]s</desc>`,
		w, h, esc(d.ID), esc(d.Title), esc(d.Text))
	return s
}

func esc(s string) string { return template.HTMLEscapeString(s) }

func (s *svg) add(format string, a ...any) { fmt.Fprintf(s, format, a...) }

func (s *svg) text(x, y float64, class, anchor, t string) {
	s.add(`<text x="%.1f" y="%.1f" class="%s" text-anchor="%s">%s</text>`, x, y, class, anchor, esc(t))
}

// link opens a link when there is an address; the returned function closes it.
func (s *svg) link(href string) func() {
	if href == "" {
		return func() {}
	}
	s.add(`<a href="%s">`, esc(href))
	return func() { s.add(`</a>`) }
}

func (s *svg) end() template.HTML { s.add("</svg>"); return template.HTML(s.String()) }

// shade gives the class of a level 0 to 5 and that of text on it, which turns white at 3.
func shade(level int) (ground, text string) {
	level = max(0, min(5, level))
	if level >= 3 {
		return fmt.Sprintf("s%d", level), "on"
	}
	return fmt.Sprintf("s%d", level), "v"
}

// Spark is a word-sized trend line, for decoration next to a figure.
func Spark(v []float64) template.HTML {
	if len(v) < 2 {
		return ""
	}
	lo, hi := v[0], v[0]
	for _, x := range v {
		lo, hi = math.Min(lo, x), math.Max(hi, x)
	}
	var d strings.Builder
	for i, x := range v {
		y := 15.0
		if hi > lo {
			y = 26 - 22*(x-lo)/(hi-lo)
		}
		fmt.Fprintf(&d, "%s%.1f %.1f", pen(i), float64(i)*96/float64(len(v)-1)+2, y)
	}
	return template.HTML(`<svg class="chart spark" viewBox="0 0 100 30" aria-hidden="true"><path class="l1" d="` + d.String() + `"/></svg>`)
}

func pen(i int) string {
	if i == 0 {
		return "M"
	}
	return "L"
}
