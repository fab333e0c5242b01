package makecard

import (
	"context"
	"strconv"
	"strings"
	"time"

	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/portrait"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/kit/db"
)

// photos are the good photos of the people that cards are for. Not everybody has one: the factory says
// so when it needs it.
func photos(ctx context.Context, q db.Q, cards []card.Card) (map[ref.Person]portrait.Photo, error) {
	people := make([]ref.Person, len(cards))
	for i, c := range cards {
		people[i] = c.Person
	}
	return portrait.Find(ctx, q, people)
}

// order is a card's line in the data file. Birth, sex and division are read from the number (GB 11643);
// nobody tells the ethnic group today, and the line says so with 99.
func (f *Flow) order(c card.Card, a application.Application, account string, at time.Time) production.Order {
	birth, _ := a.Number.Birth()
	return production.Order{Key: string(c.ID), CardNumber: c.Number, Number: a.Number.Reveal(), Name: a.Name.Reveal(),
		Sex: strconv.Itoa(int(a.Number.Sex())), Ethnic: "99", Birth: birth.Format("20060102"), Birthplace: a.Number.Reveal()[:6],
		Account: account, Bank: string(a.Bank), City: f.Division, Product: c.Product,
		Issued: at.Format("20060102"), Expires: strings.ReplaceAll(c.Expires, "-", "")}
}
