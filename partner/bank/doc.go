// Package bank hands account openings to a bank's card-issuing system and brings its return files
// back.
//
// It owns: the bank's words (field names AAC/AAE, result codes 20, 21, 22 with a reason) and their
// translation into account.Outcome. It does not own: who may have an account opened, what a refusal
// leads to, or which return number was seen before (domain/account, domain/exchange).
//
// One adapter speaks for one bank. Where several banks share one system, as the simulator does, the
// bank's code goes with every question and every bank has numbers of its own.
package bank
