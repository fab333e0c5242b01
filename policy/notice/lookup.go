package notice

// Part is every part of an edition.
type Part[T any] interface {
	*T
	clause() *Clause
}

// ByID finds a part by its clause's id; nil when there is none.
func ByID[T any, P Part[T]](list []T, id string) *T {
	for i := range list {
		if P(&list[i]).clause().ID == id {
			return &list[i]
		}
	}
	return nil
}

// All finds the parts that the ids name.
func All[T any](ids []string, find func(string) *T) []*T {
	var out []*T
	for _, id := range ids {
		if t := find(id); t != nil {
			out = append(out, t)
		}
	}
	return out
}

// City is the city that the edition belongs to.
func (e *Edition) City() *City { return e.city }

// Source finds a notice that the edition cites, by its id.
func (e *Edition) Source(id string) (Notice, bool) {
	n, _, ok := e.city.cited(e, id)
	return n, ok
}

// Audience finds an audience by id; nil when there is none.
func (e *Edition) Audience(id string) *Audience { return ByID(e.Audiences, id) }

// Window finds a window by id; nil when there is none.
func (e *Edition) Window(id string) *Window { return ByID(e.Windows, id) }

// DeliveryByID finds a delivery by its id, as a fallback names it; nil when there is none.
func (e *Edition) DeliveryByID(id string) *Delivery { return ByID(e.Deliveries, id) }

// IDs lists the ids of the parts.
func IDs[T any, P Part[T]](list []T) []string {
	out := make([]string, len(list))
	for i := range list {
		out[i] = P(&list[i]).clause().ID
	}
	return out
}
