package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"kawu/city"
	"kawu/domain/ref"
	"kawu/kit/fault"
)

// errOtherCity is the refusal of a second city in one installation: its cards, keys and promises are
// the first one's.
var errOtherCity = fault.New(fault.Refused, "app.other_city", "the installation in {data} serves {served}, not {asked}")

// served is the city that an installation was made for; "" for a new one.
func (c *Config) served() (ref.City, error) {
	text, err := os.ReadFile(filepath.Join(c.Data, "city"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return ref.City(strings.TrimSpace(string(text))), err
}

// settle decides the city before anything is opened: the one served, which a caller may confirm by any
// of its names; a new installation gets its folder and writes down the one it is made for.
func (c *Config) settle() error {
	served, err := c.served()
	if err != nil || served != "" && (c.City == "" || c.City == served) {
		c.City = served
		return err
	}
	if c.City == "" {
		c.City = city.First
	}
	at, err := City(string(c.City))
	if err != nil {
		return err
	}
	switch c.City = ref.City(at.ID); served {
	case c.City:
		return nil
	case "":
		if err := os.MkdirAll(c.Data, 0o700); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(c.Data, "city"), []byte(at.ID+"\n"), 0o644)
	}
	return fault.New(errOtherCity.Kind, errOtherCity.Code, errOtherCity.Message, "data", c.Data, "served", served, "asked", c.City)
}
