// Package cancelcard cancels cards (注销).
//
// Business comes first: a card whose holder has an application or a parcel under way is not cancelled
// before that is finished. A death is never decided by one person: the first asks, a second looks and
// agrees. The certificates end in the same transaction; the bank account lives on, and closing it is
// the holder's choice (BJ-38).
package cancelcard
