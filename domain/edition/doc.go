// Package edition is the room of what was proposed to change in a city's policy at run time (政策版本).
//
// Owns: the text of every proposal, who proposed it and when, who decided and with which words, and
// the number under which it was published. Does not own: what a text means and whether it is right
// (policy), and the editions that come with the program (city). Invariants: whoever agrees or
// rejects is not who proposed, and the database refuses it too; a published text is never changed
// and never deleted, because cases were filed under it; numbers begin with 1 and have no gaps, so
// the last one tells a node whether it has read everything. Table: edition.
package edition
