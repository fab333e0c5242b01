package citizen

import (
	"net/http"

	"kawu/channel/web"
)

// Advice is GET /fraud: how to know a true message. Its words are fixed.
type Advice struct{ web.Page }

// FraudView is the page.
var FraudView = web.NewView[Advice](files, "fraud")

// fraud is GET /fraud.
func (p *Portal) fraud(w http.ResponseWriter, r *http.Request) error {
	return FraudView.Show(w, http.StatusOK, Advice{p.page(r, "citizen.fraud.title")})
}
