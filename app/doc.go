// Package app wires the house: configuration, cities, partners, flows, duties, portals; start and
// stop. It is the only package that knows everybody; it decides nothing.
package app
