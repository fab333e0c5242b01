// Package menu is a list of which somebody gets those items that are for them.
//
// Owns: making every list that can come out once, so that a choice only looks one up. Does not own:
// what the items are (documents and photos of an edition, package policy).
package menu
