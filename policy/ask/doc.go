// Package ask makes a person of words: the flags of `kawu policy decide`, the fields of a form, the
// columns of a table.
//
// Owns: the names of the flags, what is assumed when one is not given, and faults that list what
// would be right. Does not own: deciding (policy).
package ask
