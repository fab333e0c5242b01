// Package sim is a card factory that behaves: it takes five to nine days for a batch by its size,
// personalises a virtual chip for every card (chip/perso), packs the cards in boxes of 500 and sends a return
// with every box. When a card has its certificates it prints the face (chip/face), which is last; what
// cannot be printed is found by a trial before the chip is written. Photos come in parts beside the
// data file and are forgotten, with the data, when the batch is delivered. On a machine without fonts
// faces stay blank, and results name no print.
//
// It refuses a batch whose number it knows with other cards, and a data file with a wrong card number,
// identity number, account number or date, or with a card that it has already made.
package sim
