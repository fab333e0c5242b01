// Package bench measures the installation's own work on this machine, beside the floor in the same run.
//
// It owns: what is measured, on data of nobody, in a folder and a database of its own. It does not
// own: how rounds are measured (kit/gauge), the making of cards (chip/perso).
package bench
