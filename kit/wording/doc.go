// Package wording is what the program says to people, in Chinese and English.
//
// It owns the catalogues: flat JSON files, one folder per language and one file per area
// (zh-CN/roster.json, en/roster.json), embedded in the program. A key is a fault's code
// ("idno.check_digit") or a page's own dotted name; {name} places are filled with arguments. A key
// stands in both languages with the same places, and in one file only; a broken catalogue stops the
// program at its start, and the tests of this package before that.
//
// A wording of a fault says what is wrong, where and why; its sibling with ".do" behind the code
// says what to do now, and stands on its own where a list has a column for it. It never blames, and
// never carries personal data, because arguments of faults carry none.
//
// It does not own which language a person reads (channel/web) nor what is wrong (the rooms).
package wording
