package notice

import (
	_ "embed"
	"reflect"

	"kawu/policy/strict"
)

//go:embed national.yaml
var nationalFile []byte

// national is what holds everywhere unless a city says otherwise.
type national struct {
	Notices []Notice `yaml:"notices"`
	Profile Profile  `yaml:"profile"`
}

// nation is the embedded national file; a fault in it is a fault of the program, and every test
// sees it.
var nation = func() *national {
	n := &national{}
	if _, problems := strict.Decode(nationalFile, n); len(problems) > 0 {
		panic(place{sheet: sheet{name: "policy/national.yaml"}}.read(problems).Error())
	}
	for _, s := range spots(n) {
		from, _ := n.notice(s.clause.Notice) // not by City.Notice, which asks nation
		s.clause.seal(from.Title, filler(values(s.owner)...))
	}
	return n
}()

func (n *national) notice(id string) (Notice, bool) {
	for _, x := range n.Notices {
		if x.ID == id {
			return x, true
		}
	}
	return Notice{}, false
}

// complete puts the national default in every place that the city left empty. A profile that is
// complete is not written to again: books that are in use share it.
func (p *Profile) complete() {
	own, all := reflect.ValueOf(p).Elem(), reflect.ValueOf(&nation.Profile).Elem()
	for i := range own.NumField() {
		if own.Field(i).IsNil() && !all.Field(i).IsNil() {
			own.Field(i).Set(all.Field(i))
		}
	}
}
