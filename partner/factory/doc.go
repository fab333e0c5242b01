// Package factory hands production batches to a card factory and brings its returns back.
//
// It owns: the factory's words (the data file's fields AAC/AAZ, result codes 30, 31, 32) and their
// translation into production.Result. It does not own: what a failed card leads to, whether a card
// was ever ordered, or which return number was seen before (domain/production, domain/exchange).
package factory
