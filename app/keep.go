package app

import (
	"context"
	"path/filepath"

	"kawu/city"
	"kawu/kit/db"
	"kawu/kit/seal"
	"kawu/migration"
	"kawu/policy"
)

// City finds a city in the book of all cities.
func City(id string) (*policy.City, error) {
	book, err := Book()
	if err != nil {
		return nil, err
	}
	return book.City(id)
}

// Book is all cities with the State Council's calendar.
func Book() (*policy.Book, error) { return city.Open(calendar{}) }

// Migrate brings a database to the schema of this program and returns the version reached.
func Migrate(ctx context.Context, c Config) (int64, error) {
	c.defaults()
	box, err := seal.LoadOrCreate(filepath.Join(c.Data, "seal.key"))
	if err != nil {
		return 0, err
	}
	d, err := db.Open(ctx, c.DB, box)
	if err != nil {
		return 0, err
	}
	defer d.Close()
	return migration.Up(ctx, d)
}

// PartnerFolders are where simulators keep their memory and where the key files lie, in a data folder.
func PartnerFolders(data string) (memory, keys string) {
	return filepath.Join(data, "partners"), filepath.Join(data, "keys")
}
