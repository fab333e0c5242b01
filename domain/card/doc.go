// Package card is the room of cards (社会保障卡) of all generations and their facets.
//
// Owns: the card with its number, generation and product; its making; its social security
// application (national states 0 sealed, 1 normal, 2 lost, 3 locked, 4 temporarily lost, 9 void);
// its financial application. Does not own: where the card is (custody), its certificates
// (certificate), its account (account). Invariants: a person has at most one card whose social
// security application is in use, and the database itself refuses a second; enabling a new card
// and voiding the old one is one transaction (SH-67, BJ-36). Tables: card, social, financial.
package card
