package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// mostPages keeps an address from asking for a page so far away that looking for it takes long.
const mostPages = 10_000

// PageOf is the page of a list that an address asks for (?page=), from 1.
func PageOf(r *http.Request) int {
	n, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, mostPages)
}

// First is the number of the first line shown.
func (p Pager) First() int {
	if p.Total == 0 {
		return 0
	}
	return (p.Page-1)*p.Size + 1
}

// Last is the number of the last line shown.
func (p Pager) Last() int { return min(p.Page*p.Size, p.Total) }

// Prev is the address of the page before, "" on the first.
func (p Pager) Prev() string { return p.to(p.Page - 1) }

// Next is the address of the page after, "" on the last.
func (p Pager) Next() string { return p.to(p.Page + 1) }

func (p Pager) to(page int) string {
	if page < 1 || p.Size <= 0 || (page-1)*p.Size >= p.Total {
		return ""
	}
	sep := "?"
	if strings.Contains(p.Base, "?") {
		sep = "&"
	}
	return fmt.Sprintf("%s%spage=%d", p.Base, sep, page)
}

// Offset is how many lines to skip; for handlers.
func (p Pager) Offset() int { return (p.Page - 1) * p.Size }
