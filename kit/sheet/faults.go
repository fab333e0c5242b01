package sheet

import "kawu/kit/fault"

// The faults of a whole file. Arguments never hold values of cells, which may be personal data:
// only names of sheets, letters of columns, numbers of lines and words of the header.
var (
	EmptyFile      = fault.New(fault.Invalid, "sheet.empty_file", "the file is empty")
	NoRows         = fault.New(fault.Invalid, "sheet.no_rows", "there is no row under the header in line {line}")
	WrongType      = fault.New(fault.Invalid, "sheet.wrong_type", "this is a {type} file; send .xlsx or .csv")
	OldExcel       = fault.New(fault.Invalid, "sheet.old_excel", "this is a workbook of Excel 97-2003; save it as .xlsx")
	Password       = fault.New(fault.Invalid, "sheet.password", "the workbook is protected by a password")
	Macro          = fault.New(fault.Invalid, "sheet.macro", "the workbook holds macros")
	Broken         = fault.New(fault.Invalid, "sheet.broken", "the file is damaged")
	TooBig         = fault.New(fault.Invalid, "sheet.too_big", "the file has more than {max} MB, or unpacks to more than it should")
	TooManyRows    = fault.New(fault.Invalid, "sheet.too_many_rows", "the file has more than {max} rows")
	TwoSheets      = fault.New(fault.Invalid, "sheet.two_sheets", "several sheets hold data: {sheets}")
	HeaderNotFound = fault.New(fault.Invalid, "sheet.header_not_found", "no header was found; by their values, columns look like: {guess}")
	HeaderMissing  = fault.New(fault.Invalid, "sheet.header_missing", "the header in line {line} lacks: {missing}")
	HeaderTwice    = fault.New(fault.Invalid, "sheet.header_twice", "the header in line {line} names {name} more than once: columns {columns}")
	HeaderMerged   = fault.New(fault.Invalid, "sheet.header_merged", "cells of the header are merged: {range}")
	MixedEncodings = fault.New(fault.Invalid, "sheet.mixed_encodings", "line {line} is in another encoding than the rest of the file")
	UTF16          = fault.New(fault.Invalid, "sheet.utf16", "this is Unicode text (UTF-16); save it as .xlsx or CSV UTF-8")
	Quotes         = fault.New(fault.Invalid, "sheet.quotes", "a quotation mark in line {line} is not closed or stands in the wrong place")
)

// The faults of one cell, for callers to place.
var (
	FormulaCell = fault.New(fault.Invalid, "sheet.formula", "the cell holds a formula")
	ErrorCell   = fault.New(fault.Invalid, "sheet.error_value", "the cell holds an error of the spreadsheet, such as #N/A")
)

func with(f *fault.Fault, args ...any) *fault.Fault {
	return fault.New(f.Kind, f.Code, f.Message, args...)
}
