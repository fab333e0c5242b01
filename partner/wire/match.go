package wire

// Malformed is the fault for an answer that can be decoded but cannot be true.
func (c *Client) Malformed() error { return about(Malformed, c.link.Partner) }

// Match puts answers into the order of what was asked and insists on exactly one for each: a partner
// that drops or doubles a line has not answered. Fault: Malformed.
func Match[Q, A any](c *Client, asked []Q, askedKey func(Q) string, answers []A, answerKey func(A) string) ([]A, error) {
	if len(asked) != len(answers) {
		return nil, c.Malformed()
	}
	by := make(map[string]int, len(answers))
	for i, a := range answers {
		by[answerKey(a)] = i
	}
	out := make([]A, len(asked))
	seen := make([]bool, len(answers))
	for i, q := range asked {
		at, ok := by[askedKey(q)]
		if !ok || seen[at] {
			return nil, c.Malformed()
		}
		out[i], seen[at] = answers[at], true
	}
	return out, nil
}
