// Package signin is how people come in and go out: staff by login and password, citizens by
// identity number, name and a code sent to the mobile in the holder base.
//
// It owns the order of the steps and that an answer never tells whether a login or a person exists.
// It does not own passwords, sessions, codes and counters (access) or what a role may do (desk).
// Every attempt is a sitting of a visitor: the trail says whose door it was, never a name or number.
package signin
