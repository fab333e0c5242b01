package demo

import (
	"fmt"
	"slices"
	"time"

	"kawu/app"
	"kawu/domain/card"
	"kawu/domain/employer"
	"kawu/domain/outlet"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/kit/clock"
	"kawu/kit/ident"
	"kawu/kit/idno"
	"kawu/kit/name"
	"kawu/kit/phone"
	"kawu/policy"
)

// World is who and what exists before the first application. It is the same for the same size, so
// that simulators in other processes know the same people.
type World struct {
	City      *policy.City
	Employers []employer.Employer
	Outlets   []outlet.Outlet
	Staff     []person.Person // in service at the pilot's employers, in the order of their rosters
	Others    []person.Person // people a roster should not hold: retired, elsewhere, with a new card
	Hand      []person.Person // staff of the employer that is left to the visitor
	Old       []card.Card     // the cards people hold now
	Plans     map[ref.Employer]Plan
	Own       int      // so many people of the visitor's own roster are first in Staff
	rare      []string // names that systems stumble over
}

// Plan is what an employer chooses.
type Plan struct {
	Bank   ref.Bank
	Mode   string
	Outlet ref.Outlet
}

const families = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
const givens = "安宁清和明远知行思齐若水嘉言怀瑾景行雨桐子衿书澜一帆晓棠承泽念慈立诚星野月白云舟松鹤青禾望舒听澜"

// rare are names that systems stumble over: middle dots, extensions A to E, one that another font
// prints, fifty bytes. Those that the fonts of this machine cannot print are left out: their cards could
// not be made.
var rare = []string{"阿卜杜热合曼·买买提", "𫖶小禾", "司马䶮𠅤", "𬱖文渊", "龴一鸣", "欧阳𠮷", "迪丽努尔·阿不都热依木·吐尔逊", "王㛃𫖮"}

// Make makes a world for so many people on the rosters of the city's pilot.
func Make(c *policy.City, people int) *World {
	w := &World{City: c, Plans: map[ref.Employer]Plan{}, rare: slices.DeleteFunc(slices.Clone(rare), func(n string) bool { return !app.Printable(n) })}
	w.employers()
	for i := range people {
		w.Staff = append(w.Staff, w.person(i, "employed", w.Employers[i*3/max(people, 1)]))
	}
	retired, elsewhere, holder := w.person(people, "retired", w.Employers[0]), w.person(people+1, "employed", w.Employers[3]),
		w.person(people+2, "employed", w.Employers[0])
	w.Others = []person.Person{retired, elsewhere, holder}
	for i := range byHand {
		w.Hand = append(w.Hand, w.person(people+3+i, "employed", w.Employers[4]))
	}
	for i, p := range w.everybody() {
		generation := int64(2)
		if p.ID == holder.ID {
			generation = 3
		}
		w.Old = append(w.Old, w.card(i, p, generation))
	}
	return w
}

// byHand is how many people work for the employer that is left to the visitor.
const byHand = 12

func (w *World) everybody() []person.Person { return slices.Concat(w.Staff, w.Others, w.Hand) }

// OnlyOnSite moves everybody on the rosters to the employer whose bank comes to it, for figures of
// one large set.
func (w *World) OnlyOnSite() {
	for i := range w.Staff {
		w.Staff[i].Employer, w.Staff[i].District = w.Employers[2].ID, w.Employers[2].District
	}
}

func (w *World) employers() {
	type one struct{ name, district, bank, mode string }
	list := []one{
		{"京西精密仪器有限公司", "110102", "icbc", "outlet"},
		{"石景山云帆软件有限公司", "110107", "bob", "mail"},
		{"怀柔科学装置研究中心", "110116", "ccb", "on_site"},
		{"东城文华出版社", "110101", "abc", "outlet"},     // not in the pilot
		{"西城晴川文化有限公司", "110102", "icbc", "outlet"}, // left to the visitor
	}
	for i, e := range list {
		org := fmt.Sprintf("MA0%05d", i+1)
		body := "91" + e.district + org + string(ident.CardCheck(org)) // GB 11714 has the card number's check rule
		id := ref.Employer(fmt.Sprintf("emp_%02d", i+1))
		w.Employers = append(w.Employers, employer.Employer{ID: id, City: ref.City(w.City.ID), USCC: uscc(body),
			Name: e.name, District: ref.District(e.district), PayrollBank: ref.Bank(e.bank)})
		w.Plans[id] = Plan{Bank: ref.Bank(e.bank), Mode: e.mode, Outlet: ref.Outlet(fmt.Sprintf("out_%s_%s", e.bank, e.district))}
	}
	for _, b := range w.City.Banks {
		for j, d := range w.City.Districts {
			kind := outlet.Ordinary
			if j%4 == 0 {
				kind = outlet.Instant
			}
			w.Outlets = append(w.Outlets, outlet.Outlet{ID: ref.Outlet(fmt.Sprintf("out_%s_%s", b.Code, d.Code)), City: ref.City(w.City.ID),
				Bank: ref.Bank(b.Code), Kind: kind, Name: b.Name.ZH + d.Name.ZH + "支行", NameEn: b.Name.EN + ", " + d.Name.EN + " branch",
				District: ref.District(d.Code), Address: d.Name.ZH + fmt.Sprintf("知春路 %d 号", 10+j), Phone: fmt.Sprintf("010-5550%04d", j*20+len(w.Outlets)%20),
				Hours: "周一至周五 9:00–17:00"})
		}
	}
}

// uscc puts the check character to a credit code's first 17.
func uscc(body string) string { return body + string(ident.USCCCheck(body)) }

// person makes the i-th synthetic person. Numbers begin with the district's real code, since that
// is what a number looks like, and carry birthdays of nobody in particular.
func (w *World) person(i int, category person.Category, e employer.Employer) person.Person {
	birth := time.Date(1964, 1, 1, 0, 0, 0, 0, clock.Zone).AddDate(0, 0, (i*131)%14000)
	body := fmt.Sprintf("%s%s%03d", e.District, birth.Format("20060102"), (i*7+i/14000)%1000)
	n := idno.Number(body + string(idno.Check(body)))
	f, g := []rune(families), []rune(givens)
	full := string(f[i%len(f)]) + string(g[i*2%len(g)]) + string(g[(i*2+1)%len(g)])
	if i%37 == 5 && len(w.rare) > 0 {
		full = w.rare[i/37%len(w.rare)]
	}
	return person.Person{ID: ref.Person(fmt.Sprintf("per_%07d", i+1)), City: ref.City(w.City.ID), Number: n, Name: name.Person(full),
		Mobile: phone.Number(fmt.Sprintf("199%08d", 10_000_000+i*7)), Category: category, Employer: e.ID, District: e.District, Source: "insurance"}
}

func (w *World) card(i int, p person.Person, generation int64) card.Card {
	body := fmt.Sprintf("B%07d", i+1)
	c := card.Card{ID: ref.Card(fmt.Sprintf("crd_000%07d", i+1)), City: ref.City(w.City.ID), Number: body + string(ident.CardCheck(body)),
		Person: p.ID, Bank: w.Plans[p.Employer].Bank, Generation: generation, Product: fmt.Sprintf("generation-%d", generation),
		Making: card.Handed, Social: card.Normal, Financial: card.Active, Expires: "2029-11-20",
		// serial numbers far from those that the factory's simulator gives
		Chip: fmt.Sprintf("%sD156000005%08X%08X", w.City.Division, 0x50000000+i, 0x10000019*(i+1)&0xFFFFFFFF)}
	return c
}
