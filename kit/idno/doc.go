// Package idno owns the identity numbers that stand on a social security card: the citizen's
// identity number of GB 11643 (which by law is the social security number), the residence permits
// of Hong Kong, Macao and Taiwan residents, and foreigners' permanent residence numbers of the 2023
// version (18 digits, first digit 9) and the old one (3 letters and 12 digits).
//
// Parse forgives how a number was typed and says what it changed; it never forgives a wrong digit.
// A Number masks itself wherever it is printed, logged or put into JSON; Reveal is the one way to
// the plain text.
//
// It does not own whether such a person exists (partner/population), nor which two numbers belong
// to one person (domain/person keeps the aliases), nor whether a division existed in a given year:
// old codes stay alive inside numbers, so only the province is looked at.
package idno
