// Package person is the room of the holder base (持卡库): who lives or is insured in the city.
//
// Owns: identity number, name, mobile, category (employed, retired …), employer and district of
// insurance, with the source of the data; aliases of numbers that changed. Does not own: cards or
// applications; they know a person by ref.Person only. Invariants: one row a number; number, name
// and mobile are sealed, looked up by a keyed digest. Tables: person, person_alias.
package person
