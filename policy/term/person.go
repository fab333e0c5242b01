package term

// Household says where the person is registered.
type Household uint8

// Registered in the city, or elsewhere in the country.
const (
	LocalHousehold Household = iota + 1
	OtherHousehold
)

var householdNames = []string{"", "local", "other"}

func (h Household) String() string               { return nameOf(householdNames, h) }
func (h Household) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText takes the name used in files and flags.
func (h *Household) UnmarshalText(b []byte) (err error) {
	*h, err = parseWord[Household](householdNames, string(b))
	return err
}

// Lives says where the person lives for long.
type Lives uint8

// In the city, elsewhere in its province, outside it.
const (
	LivesHere Lives = iota + 1
	LivesInProvince
	LivesElsewhere
)

var livesNames = []string{"", "local", "elsewhere_in_province", "elsewhere"}

func (l Lives) String() string               { return nameOf(livesNames, l) }
func (l Lives) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText takes the name used in files and flags.
func (l *Lives) UnmarshalText(b []byte) (err error) {
	*l, err = parseWord[Lives](livesNames, string(b))
	return err
}

// Holds is the card that the person has.
type Holds uint8

// No card, a magnetic card of the city's insurance, or a social security card by generation.
const (
	HoldsNone Holds = iota + 1
	HoldsMagnetic
	HoldsGen1
	HoldsGen2
	HoldsGen3
)

var holdsNames = []string{"", "none", "magnetic", "gen1", "gen2", "gen3"}

func (h Holds) String() string               { return nameOf(holdsNames, h) }
func (h Holds) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText takes the name used in files and flags.
func (h *Holds) UnmarshalText(b []byte) (err error) {
	*h, err = parseWord[Holds](holdsNames, string(b))
	return err
}

// SocialCards are all generations of the social security card.
var SocialCards = SetOf(HoldsGen1, HoldsGen2, HoldsGen3)

// CardState is the state of the card that the person has, in the national terms (AAZ502), with
// "made but not collected" told apart from "collected but not enabled": both are sealed (0) there.
type CardState uint8

// National codes: sealed 0, normal 1, formal loss 2, locked 3, temporary loss 4, cancelled 9.
const (
	NotCollected CardState = iota + 1
	Sealed
	Normal
	FormalLoss
	Locked
	TemporaryLoss
	Cancelled
)

var cardStateNames = []string{"", "not_collected", "sealed", "normal", "formal_loss", "locked", "temporary_loss", "cancelled"}

func (s CardState) String() string               { return nameOf(cardStateNames, s) }
func (s CardState) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText takes the name used in files and flags.
func (s *CardState) UnmarshalText(b []byte) (err error) {
	*s, err = parseWord[CardState](cardStateNames, string(b))
	return err
}
