package notice

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"kawu/policy/strict"
)

// Load reads and checks every folder of fsys. A city with findings is not fit for decisions.
func Load(fsys fs.FS) (cities []*City, found Findings) {
	dirs, err := fs.Glob(fsys, "*/city.yaml")
	if err != nil {
		panic(err) // the pattern is ours
	}
	for _, d := range dirs {
		c, f := LoadCity(fsys, path.Dir(d))
		cities, found = append(cities, c), append(found, f...)
	}
	return cities, found
}

// LoadCity reads and checks one folder.
func LoadCity(fsys fs.FS, dir string) (*City, Findings) {
	c := &City{}
	found := c.readCity(fsys, dir)
	files, _ := fs.Glob(fsys, dir+"/*.yaml")
	for _, name := range files {
		switch base := path.Base(name); base {
		case "city.yaml", "rules.yaml", "faq.yaml":
		default:
			data, err := fs.ReadFile(fsys, name)
			e, f := readEdition(c, name, data, err)
			c.Editions, found = append(c.Editions, e), append(found, f...)
		}
	}
	c.sort()
	if len(found) > 0 {
		return c, found // what was not read cannot be checked
	}
	return c, c.finish()
}

// finish checks the city and makes it ready to be cited.
func (c *City) finish() Findings {
	found := c.check()
	if len(found) == 0 {
		c.seal()
	}
	return found
}

// Edit gives a city with this edition, new or instead of the one with the same id. The city itself
// stays as it is. The last result is the edition that is new.
func (c *City) Edit(name string, data []byte) (*City, *Edition, Findings) {
	next := *c
	next.Editions = nil
	fresh, found := readEdition(&next, name, data, nil)
	if len(found) > 0 {
		return c, nil, found
	}
	fresh.takesOver = true
	for _, e := range c.Editions {
		if e.ID != fresh.ID {
			next.Editions = append(next.Editions, e)
		}
	}
	next.Editions = append(next.Editions, fresh)
	next.sort()
	return &next, fresh, next.finish()
}

// sort puts the editions in the order in which they come into force.
func (c *City) sort() {
	slices.SortStableFunc(c.Editions, func(a, b *Edition) int { return int(a.InForce.From - b.InForce.From) })
}

func (c *City) readCity(fsys fs.FS, dir string) Findings {
	found := c.readFile(fsys, dir+"/city.yaml", c, &c.file)
	var facts struct {
		Facts []Fact `yaml:"facts"`
	}
	found = append(found, c.readFile(fsys, dir+"/rules.yaml", &facts, &c.factsFile)...)
	c.Facts = facts.Facts
	found = append(found, c.readFAQ(fsys, dir)...)
	if len(found) == 0 && c.ID != dir {
		found = append(found, c.at(c.file).find("id", "", "wrong_folder", "id", c.ID, "folder", dir))
	}
	return found
}

func (c *City) readFile(fsys fs.FS, name string, into any, at *sheet) Findings {
	data, err := fs.ReadFile(fsys, name)
	*at = sheet{name: name, lines: strict.Lines{}}
	if err != nil {
		return Findings{c.at(*at).find("", "", "no_file", "file", name)}
	}
	lines, problems := strict.Decode(data, into)
	at.lines = lines
	return c.at(*at).read(problems)
}

func (c *City) at(s sheet) place { return place{sheet: s, city: c.ID} }

func readEdition(c *City, name string, data []byte, err error) (*Edition, Findings) {
	e := &Edition{city: c, file: sheet{name: name, lines: strict.Lines{}}}
	if err != nil {
		return e, Findings{e.at().find("", "", "no_file", "file", name)}
	}
	lines, problems := strict.Decode(data, e)
	e.file.lines = lines
	found := e.at().read(problems)
	if want := strings.TrimSuffix(path.Base(name), ".yaml"); len(found) == 0 && e.ID != want {
		found = append(found, e.at().find("id", "", "wrong_file", "id", e.ID, "file", name))
	}
	return e, found
}

// Find makes a finding about this edition. path is the key in its file.
func (e *Edition) Find(path, clause, code string, args ...any) Finding {
	return e.at().find(path, clause, code, args...)
}

func (e *Edition) at() place { return place{sheet: e.file, city: e.city.ID, edition: e.ID} }
