package cos

import "kawu/chip/cell"

// Store keeps a card's memory outside the process.
type Store = cell.Store

type address = cell.Address

// What a cell holds.
const (
	cellChip   byte = iota // identity and settings, in the MF
	cellState              // of an application, or of the card in the MF
	cellRecord             // a record's value
	cellBytes              // a transparent file, written part only
	cellKey                // header, tries left, key
	cellPIN
	cellScalar  // private keys of the certificate application
	cellCounter // transaction counter
	cellData    // data objects of the bank application
)
