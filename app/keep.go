package app

import (
	"context"
	"os"
	"path/filepath"

	"kawu/city"
	"kawu/domain/audit"
	"kawu/domain/ref"
	"kawu/flow/publish"
	"kawu/kit/db"
	"kawu/kit/fault"
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

// BookAt is Book with what an installation has published at run time; without an installation in
// the data folder it is Book, and none is made.
func BookAt(ctx context.Context, c Config) (*policy.Book, error) {
	book, err := Book()
	c.defaults()
	if _, none := os.Stat(filepath.Join(c.Data, "seal.key")); err != nil || none != nil {
		return book, err
	}
	if _, err := Migrate(ctx, c); err != nil {
		return nil, err
	}
	box, err := seal.LoadOrCreate(filepath.Join(c.Data, "seal.key"))
	if err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, c.DB, box)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	for _, x := range book.Cities() {
		sheets, err := publish.Press{Store: d, City: ref.City(x.ID)}.After(ctx, 0)
		for _, s := range sheets {
			if err == nil {
				book, err = book.With(x.ID, s.File, []byte(s.Text))
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return book, nil
}

// Migrate brings a database to the schema of this program and returns the version reached. A city that
// is given is the one the installation serves from then on.
func Migrate(ctx context.Context, c Config) (int64, error) {
	c.defaults()
	if c.City != "" {
		if err := c.settle(); err != nil {
			return 0, err
		}
	}
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

// Simulators is the folder in a data folder where simulators keep their memory. What a partner would
// hold of people lies there in plain text, and the simulated authority's key: for synthetic people only.
const Simulators = "simulators"

// PartnerFolders are where simulators keep their memory and where the key files lie, in a data folder.
func PartnerFolders(data string) (memory, keys string) {
	return filepath.Join(data, Simulators), filepath.Join(data, "keys")
}

// errTaken is the refusal to start a demo in a database that holds something else.
var errTaken = fault.New(fault.Refused, "app.database_taken", "this database holds an installation that is not a demo; give the demo a database of its own")

// ClearDemo empties a database that an earlier demo left, and refuses one that holds anything else.
func ClearDemo(ctx context.Context, c Config) error {
	c.defaults()
	box, err := seal.LoadOrCreate(filepath.Join(c.Data, "seal.key"))
	if err != nil {
		return err
	}
	d, err := db.Open(ctx, c.DB, box)
	if err != nil {
		return err
	}
	defer d.Close()
	if _, err := migration.Up(ctx, d); err != nil {
		return err
	}
	first, err := audit.About(ctx, d, "demo", 1)
	if err != nil {
		return err
	}
	head, err := audit.Head(ctx, d)
	if err != nil || head.Seq == 0 {
		return err
	}
	if len(first) == 0 || first[0].Seq != 1 {
		return errTaken
	}
	return migration.Clear(ctx, d)
}
