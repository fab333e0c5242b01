// Package ceremony brings master keys into a key store by two people who each know half.
//
// It owns: the plan (one YAML file, read and signed off by both before the day), the parts and their
// check values, the order of acts, the record that goes into the audit log. It does not own: the
// store (key.Vault), who the custodians are (the rooms check their identity), where the record is
// kept.
//
// A master is the exclusive or of two parts. Each part has its own check value in the plan, so a
// slip of the pen is found while the person is still there; the whole has one too, so two right parts
// of different keys are found. Nothing enters the store before every part of every key was given and
// checked, and one person never gives both.
package ceremony
