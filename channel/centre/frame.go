package centre

// Frame is the rail's counts, embedded in every page's data.
type Frame struct {
	Overdue    int    // cases past their promise
	Batches    int    // production batches under way
	Handovers  int    // lists not signed in time
	Exceptions int    // open
	Outbox     int    // exchanges that failed or wait for an answer too long
	Here       string // "overview" "overdue" "batches" "handovers" "exceptions" "exchanges" "audit" "card"
}
