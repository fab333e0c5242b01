// Package notice is a city's notice as a document: the types of its parts, read strictly from YAML,
// every clause with its notice, its phrase and the ids of the rules that it states.
//
// Owns: the parts of an edition, reading a city's folder, the checks that need no decision (sources,
// names, dates, repetitions, coverage of the rules), findings with file, line and clause, the
// national defaults (national.yaml), and the Chinese and English of its words (wording.json).
//
// Does not own: deciding anything (policy), or any city (they are folders under city/).
package notice
