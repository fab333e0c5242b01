package employer_test

import (
	"testing"

	"kawu/channel/employer"
)

// The percentage stands beside "{n} of {total} have answered" and counts the same people.
func TestPercentCountsWhoHasAnswered(t *testing.T) {
	for _, c := range []struct {
		page employer.Confirm
		want int
	}{
		{employer.Confirm{}, 0},
		{employer.Confirm{Total: 4, Unread: 1, Confirmed: 1, Corrected: 1, Declined: 1}, 75},
		{employer.Confirm{Total: 2, Declined: 2}, 100},
	} {
		if got := c.page.Percent(); got != c.want || c.page.Total > 0 && got != c.page.Answered()*100/c.page.Total {
			t.Errorf("%d of %d have answered: %d%%, want %d%%", c.page.Answered(), c.page.Total, got, c.want)
		}
	}
}
