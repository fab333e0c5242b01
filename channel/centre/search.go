package centre

import (
	"kawu/channel/web"
)

// Search is GET /centre/search?q=: cards, batches and employers; POST keeps numbers out of addresses.
type Search struct {
	web.Page
	Frame
	Find string
	Hits []Hit
}

// Hit is one find.
type Hit struct {
	Kind string // wording key: "centre.kind.card" "centre.kind.batch" "centre.kind.employer" "centre.kind.person"
	Name string
	Note web.Said
	Href string
}

// SearchView is the page.
var SearchView = web.NewView[Search](files, "search")
