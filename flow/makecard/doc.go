// Package makecard has the cards made (制卡): batch, factory, certificates, keys.
//
// A name with characters that the card's typeface lacks is looked at first: Prove puts it before an
// eye, the batch goes without it, and Right or Wrong says what was seen. Draw forms a production batch of a bank's funded applications by channel and collection day
// (SH-56), gives every card a number and sends the data file and, beside it, the photos. Take sorts what the factory returns:
// made, failed (made again with the same number), cannot be made (a person must look). Made cards
// get their two certificates (SH-05), go to the card centre for the social security keys and to the
// bank for the bank's (CD-11); each leg is a signed hand-over list. A result for a card that was
// never ordered is listed and changes nothing.
package makecard
