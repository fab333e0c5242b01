// Package shape holds the rules of the house as tests: who may import whom, which tables a room may
// name, where the clock is read, how large things may grow. Each rule is a function over parsed
// files and lists, and is shown a small tree that breaks it before it is shown the real one.
//
// Lists with reasons stand beside the tests as text: large.txt, columns.txt, silent.txt. A line that
// allows something that no longer exists is an error too.
package shape
