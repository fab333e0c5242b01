// Package sheet reads a table of people out of the files that people send: .xlsx as Excel, WPS and
// LibreOffice write it, and .csv in UTF-8 or GB 18030. It also writes: a template to fill in, and a
// file to send back with the faults marked.
//
// It owns what a file is (by its content, never by its name), where the header is, which column is
// which, and what kind of value a cell holds. Rows stream: a file is gone through twice, first to
// see that it is fit to be read at all (so that a refusal comes before the first row), then row by
// row, and neither pass holds the table in memory.
//
// It does not own what a value means: whether an identity number is right is domain/roster's
// question, which it answers with the kind of the cell at hand.
//
// Reading is done here and not by the spreadsheet library, because its row stream tells neither
// formulas from values nor numbers from text, and just that decides whether an identity number can
// be trusted. The library writes.
package sheet
