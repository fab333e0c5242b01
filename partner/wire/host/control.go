package host

import (
	"encoding/json"
	"net/http"

	"kawu/partner/wire"
)

// Control adds a control call that reads JSON, "POST /control/NAME".
func Control[Q any](h *Host, name string, f func(t *Turn, q Q) error) {
	h.mux.HandleFunc("POST /control/"+name, func(w http.ResponseWriter, r *http.Request) {
		var q Q
		err := json.NewDecoder(http.MaxBytesReader(w, r.Body, wire.MaxBytes)).Decode(&q)
		if err == nil {
			err = h.Do(func(t *Turn) error { return f(t, q) })
		}
		answerControl(w, err)
	})
}

// Show adds a control call that gives JSON, "GET /control/NAME".
func (h *Host) Show(name string, f func(r *http.Request) any) {
	h.mux.HandleFunc("GET /control/"+name, func(w http.ResponseWriter, r *http.Request) {
		var v any
		if err := h.Do(func(*Turn) error { v = f(r); return nil }); err != nil {
			answerControl(w, err)
			return
		}
		writeJSON(w, v)
	})
}

func answerControl(w http.ResponseWriter, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}
