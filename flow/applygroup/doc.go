// Package applygroup is an employer's collective application (集体申领), the four steps of the notice
// in their order: open it with the roster, choose pick-up mode and exactly one bank with an outlet,
// have the employees notified, submit those who have confirmed (BJ-15, BJ-16, BJ-51).
//
// No step can be skipped or reordered: each is an event of the collective application's life cycle.
// All faults of all rows of a roster are found at once, good rows go on without the bad ones, and
// whoever has not confirmed stays listed. The edition in force on the day it was opened decides for
// the whole application, whatever is published later.
package applygroup
