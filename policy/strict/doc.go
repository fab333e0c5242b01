// Package strict reads YAML into Go structs and takes nothing on trust.
//
// Owns: limits on what is read (size, depth, number of values), the refusal of aliases, anchors and
// several documents, unknown, missing and repeated keys, wrong kinds of value, and the line of every
// path, so that a finding can name file, line and key. It reports all problems of a file at once.
//
// Does not own: what the values mean; that is the caller's.
//
// Struct fields carry a yaml tag. A field without omitempty must be present. Embedded structs with
// ",inline" share the keys of the outer mapping. Anything that implements encoding.TextUnmarshaler
// reads its scalar itself.
package strict
