// Package demo is the main job on synthetic people: a small world, the people in it who press the
// buttons, and a clock that moves from one thing due to the next.
//
// The program does the work exactly as in production: real database, real wire, real files. demo
// only plays the humans (agents, employees, clerks, bank staff) and tells the simulators what to do
// wrong, so that exceptions happen and are cleared.
package demo
