// Package makecard has the cards made (制卡): batch, factory, certificates, keys.
//
// Draw forms a production batch of a bank's funded applications by channel and collection day
// (SH-56), gives every card a number and sends the data file. Take sorts what the factory returns:
// made, failed (made again with the same number), cannot be made (a person must look). Made cards
// get their two certificates (SH-05), go to the card centre for the social security keys and to the
// bank for the bank's (CD-11); each leg is a signed hand-over list. A result for a card that was
// never ordered is listed and changes nothing.
package makecard
