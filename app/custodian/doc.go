// Package custodian is the room in which two people who each know half do secret acts at an
// installation: bringing masters in, founding the city's own certificate authority, opening its root.
//
// It owns: what both kinds of ceremony have in common (the lines in the audit trail before and after,
// the signed record), parts that wait for the other custodian, and how people at the command line prove
// who they are. It does not own: plans and parts
// (chip/ceremony), the key store (chip/safe), the authority (partner/ca/own), the terminal.
package custodian
