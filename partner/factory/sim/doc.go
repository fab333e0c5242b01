// Package sim is a card factory that behaves: it takes five to nine days for a batch by its size,
// personalises a virtual chip for every card (chip/perso), packs the cards in boxes of 500 and sends a return
// with every box.
//
// It refuses a batch whose number it knows with other cards, and a data file with a wrong card number,
// identity number, account number or date, or with a card that it has already made.
package sim
