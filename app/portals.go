package app

import "net/http"

// portals puts the portals together and says where they are.
func (h *House) portals(o ServeOptions, base string) (http.Handler, []string) {
	mux := http.NewServeMux()
	return mux, []string{base + "/"}
}
