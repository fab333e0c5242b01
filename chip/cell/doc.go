// Package cell is a chip's non-volatile memory: cells that are changed by one command at a time and all
// at once.
//
// It owns: the order of the cells, changes that wait for their commit, the image and its form. It does
// not own: what a cell holds (chip/cos), where an image or its changes are kept (a Store).
package cell
