// Package account is the room of the bank account behind a card (社保卡金融账户).
//
// Owns: the request to open it, the bank's answer with reason and account class, and the account
// number, sealed. Does not own: whether the financial application on the card is active (card) and
// no money at all: balances and passwords stay at the bank (BJ-46, SH-17). Invariants: one account
// an application; it is asked for only after the person confirmed. Table: account.
package account
