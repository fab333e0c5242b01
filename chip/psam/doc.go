// Package psam is a virtual purchase secure access module: the little card in a terminal that holds
// the province's masters, so that cards can be read where there is no line to the back office.
//
// It owns: the module's commands (DELIVERY KEY and the calculation that follows), its serial and
// terminal numbers. It does not own: keys (key.Store, by name), the register of modules given out
// (a room), reading (chip/reader).
//
// Commands and factors are those of published terminal code; the formula is key.Rebuilt's.
package psam
