// Package design reads how a city's cards look.
//
// It owns: the form of the files CITY/face/PRODUCT.yaml and everything that can be wrong in one. It does
// not own: the drawing (chip/face) or the files (city).
package design
