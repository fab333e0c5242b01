// Package terminal is the room of reading terminals: the modules (PSAM) that are given out with them,
// and the list of invalid cards (失效名单) that they load.
//
// Owns: each module with its serial number, its terminal's number, what it was applied for through the
// province, its state, the unbroken chain of who keeps it where; the token by which its terminal is
// known; the list of invalid cards as numbered increments that never change. Does not own: keys
// (chip/key), cards and their states (card), what is answered to a terminal (flow/readcard).
//
// Tables: psam, psam_stay, invalid_list, invalid_line.
package terminal
