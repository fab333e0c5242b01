package term

// Topic is what people ask about when they ask at all. The first eight are those that a city's own
// questions and answers name (CD-50); the others are what the other notices answer.
type Topic uint8

// The topics, in the order of a page.
const (
	NotExchanged Topic = iota + 1
	NotActivated
	FastWay
	SlowCard
	ProgressOf
	OldCardMoney
	PensionPay
	OtherCity
	Papers
	BankPick
	FeeOf
	LostOne
	Away
	Safety
)

var topicNames = []string{"", "not_exchanged", "not_activated", "fast_way", "slow", "progress", "old_card_money", "pension",
	"other_city_card", "papers", "bank", "fee", "lost", "away", "safety"}

func (t Topic) String() string               { return nameOf(topicNames, t) }
func (t Topic) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText takes the name used in files.
func (t *Topic) UnmarshalText(b []byte) (err error) {
	*t, err = parseWord[Topic](topicNames, string(b))
	return err
}
