// Package cal is the calendar of working days as the State Council's General Office arranges it each
// year: holidays, and weekends that are worked to make up for them.
//
// The notices are data (notices.json): number, date, days off, weekends worked. A new year is added
// there when its notice is published, usually in November of the year before; until then every
// question about it is the fault cal.year_unpublished. A promise to a citizen is never a guess.
// A notice may reach back into the last days of the year before it (30 December 2018 was off by the
// notice for 2019); such a day is known as soon as its own year is.
//
// Days are calendar days in clock.Zone. It does not own which promise counts working days and which
// calendar days: that is policy. The data were compared day by day
// with the lunar libraries of 6tail, which collect the same notices.
package cal
