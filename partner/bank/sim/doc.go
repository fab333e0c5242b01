// Package sim is a bank's card-issuing system that behaves, for all banks at once: it takes files of
// openings, answers them in a return file at ten o'clock on the next working day, opens one class I
// account for a person in a bank, and knows what became of every account.
//
// It refuses a file with a wrong identity number, without the person's consent or with a line twice,
// and cards whose account it never opened.
package sim
