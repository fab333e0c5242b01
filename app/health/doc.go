// Package health looks an installation over before it goes into service: what is in use, and what must
// not stay so.
//
// It owns: the list of things looked at. It does not own: any of them; it changes nothing.
package health
