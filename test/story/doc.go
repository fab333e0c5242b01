// Package story holds the tests of the whole house in use: the journey on both engines, with every
// partner in its own process and failing, killed and resumed in the middle of everything, and the
// proof that work on a set takes a constant number of statements.
package story
