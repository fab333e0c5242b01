// Package desk is the one gate for change: every write, by a person or by a job, is a sitting here.
//
// A sitting checks the permission, opens one transaction with one fixed time, lets the flow write
// through the rooms, rings the duties that follow, and adds one line to the audit trail, all or
// nothing. Inside a sitting there is no network, no file and no waiting. A roster of 100,000 is one
// sitting over a set, the same as one card.
package desk
