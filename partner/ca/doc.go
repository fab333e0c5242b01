// Package ca asks the certificate authority for the two certificates of every card and tells it which
// to revoke.
//
// It owns: the authority's words and splitting large sets into questions that fit the wire. It does
// not own: the authority's result codes (they pass through as they are), what goes into a
// certificate (the authority's profile), or when a card needs one (flow/produce).
package ca
