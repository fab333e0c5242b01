// Package application is the room of applications (申领): the employer's collective application
// (集体申请), the roster behind it, and one application for every person.
//
// Owns: a collective application with its four ordered steps (BJ-15), the roster as read with what
// is wrong in each row, and each person's application from listed to enabled, with the data to be
// printed as the person confirmed it, the policy edition it was filed under and the promised day.
// Does not own: the bank account (account), the card (card) or where it is (custody). Invariants:
// a person has one open application at most; only a confirmed application can be submitted
// (BJ-16); a collective application has exactly one bank (BJ-51). Tables: collective, entry,
// application.
package application
