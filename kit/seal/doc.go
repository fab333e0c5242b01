// Package seal keeps personal data closed in the database: identity numbers, phones, photos,
// addresses.
//
// It owns: the form of a sealed column ("v1:" and base64 of SM4-GCM), the keyed digest by which a
// sealed column can be looked up, and the file that holds the master secret. It does not own: which
// columns are sealed (the rooms; a shape test holds the list of plain ones), or keys of cards
// (chip/key).
//
// A purpose names the column ("person.id_number"). It is bound to the text as additional data, so a
// sealed value copied from one column into another does not open; and every purpose has digests of
// its own, so two columns with equal values cannot be joined by their digests.
package seal
