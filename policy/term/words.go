package term

import (
	"encoding/json"
	"strings"
)

// word is a closed vocabulary: a number for speed, a name in files and on the command line. Zero
// means "not told".
type word interface{ ~uint8 }

// Unknown is the error of a word that a vocabulary does not have.
type Unknown struct{ Allowed []string }

func (u *Unknown) Error() string { return "not one of " + strings.Join(u.Allowed, ", ") }

func parseWord[W word](names []string, s string) (W, error) {
	for i, n := range names {
		if i > 0 && n == s {
			return W(i), nil
		}
	}
	return 0, &Unknown{names[1:]}
}

func nameOf[W word](names []string, w W) string {
	if int(w) < len(names) {
		return names[w]
	}
	return ""
}

// Set is a set of words of one vocabulary.
type Set[W word] uint32

// SetOf makes a set.
func SetOf[W word](ws ...W) (s Set[W]) {
	for _, w := range ws {
		s |= 1 << w
	}
	return s
}

// Has says whether w is in the set.
func (s Set[W]) Has(w W) bool { return s>>w&1 == 1 }

// Allows is Has for a condition: an empty set puts no condition, and a word that was not told
// meets every condition.
func (s Set[W]) Allows(w W) bool { return s == 0 || w == 0 || s.Has(w) }

// Meets says whether two conditions can be met by one person.
func (s Set[W]) Meets(t Set[W]) bool { return s == 0 || t == 0 || s&t != 0 }

// Group is the person's standing in social insurance.
type Group uint8

// The groups that notices name.
const (
	Employed Group = iota + 1
	Retired
	Pupil    // school and kindergarten: 中小幼
	Resident // insured as a resident
	Flexible // 灵活就业
	Unemployed
)

var groupNames = []string{"", "employed", "retired", "pupil", "resident", "flexible", "unemployed"}

// Groups is every group, in the order of the command line.
var Groups = []Group{Employed, Retired, Pupil, Resident, Flexible, Unemployed}

func (g Group) String() string               { return nameOf(groupNames, g) }
func (g Group) MarshalText() ([]byte, error) { return []byte(g.String()), nil }

// UnmarshalText takes the name used in files and flags.
func (g *Group) UnmarshalText(b []byte) (err error) {
	*g, err = parseWord[Group](groupNames, string(b))
	return err
}

// Reason is why somebody asks for a card.
type Reason uint8

// The reasons. CampaignReason is the exchange of an old card that a notice organises.
const (
	First Reason = iota + 1
	CampaignReason
	Renew
	Lost
	Damaged
	ChangeBank
	ChangeData
	Transfer // the card's home city moves here inside the province
)

var reasonNames = []string{"", "first", "campaign", "renew", "lost", "damaged", "change_bank", "change_data", "transfer"}

// Reasons is every reason, in the order of the command line.
var Reasons = []Reason{First, CampaignReason, Renew, Lost, Damaged, ChangeBank, ChangeData, Transfer}

func (r Reason) String() string               { return nameOf(reasonNames, r) }
func (r Reason) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText takes the name used in files and flags.
func (r *Reason) UnmarshalText(b []byte) (err error) {
	*r, err = parseWord[Reason](reasonNames, string(b))
	return err
}

// Channel is the way in by which somebody asks.
type Channel uint8

// The channels. The first two are collective: the employer asks for its people.
const (
	EmployerOnline Channel = iota + 1
	EmployerBank
	BankOutlet
	CommunityOutlet
	InstantOutlet
	Online
	Kiosk
	Phone
	HomeVisit
	SchoolOnline
)

var channelNames = []string{"", "employer_online", "employer_bank", "bank_outlet", "community_outlet",
	"instant_outlet", "online", "kiosk", "phone", "home_visit", "school_online"}

// Channels is every channel, in the order of the command line.
var Channels = []Channel{EmployerOnline, EmployerBank, BankOutlet, CommunityOutlet, InstantOutlet,
	Online, Kiosk, Phone, HomeVisit, SchoolOnline}

func (c Channel) String() string               { return nameOf(channelNames, c) }
func (c Channel) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText takes the name used in files and flags.
func (c *Channel) UnmarshalText(b []byte) (err error) {
	*c, err = parseWord[Channel](channelNames, string(b))
	return err
}

// ChannelList is a set of channels in the order in which an edition advises them.
type ChannelList struct {
	Set   Set[Channel]
	Order []Channel // nil: the order of the command line
}

// List gives the channels, the one advised first in front.
func (l ChannelList) List() []Channel {
	order := l.Order
	if order == nil {
		order = Channels
	}
	out := []Channel{}
	for _, c := range order {
		if l.Set.Has(c) {
			out = append(out, c)
		}
	}
	return out
}

// MarshalJSON writes the list.
func (l ChannelList) MarshalJSON() ([]byte, error) { return json.Marshal(l.List()) }
