package ident

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kawu/kit/fault"
	"kawu/kit/idno"
	"kawu/kit/tidy"
	"kawu/kit/wording"

	"pgregory.net/rapid"
)

func TestCheckAccepts(t *testing.T) {
	for in, c := range map[string]struct {
		kind  Kind
		value string
		notes []tidy.Note
	}{
		"11010519491231002x":      {KindID, "110***********002X", []tidy.Note{tidy.UpperCase}},
		"USA110085010112":         {KindID, "USA********0112", nil},
		"91350100M000100Y43":      {KindUSCC, "91350100M000100Y43", nil},
		"11110000000014154j":      {KindUSCC, "11110000000014154J", []tidy.Note{tidy.UpperCase}},
		"91110108MA01C8JT3X":      {KindUSCC, "91110108MA01C8JT3X", nil},
		"BA0010547":               {KindCard, "BA0010547", nil},
		"X00000019":               {KindCard, "X00000019", nil},
		"A00000003":               {KindCard, "A00000003", nil},
		"E12345673":               {KindCard, "E12345673", nil},
		"S00001234":               {KindCard, "S00001234", nil},
		"000000051":               {KindCard, "000000051", nil}, // 11 − 2·5 mod 11 = 1
		"00000006X":               {KindCard, "00000006X", nil}, // 11 − 2·6 mod 11 = 10
		"ha0000019":               {KindCard, "HA0000019", []tidy.Note{tidy.UpperCase}},
		"6212264402000123459":     {KindBankCard, "621226*********3459", nil},
		"6230 5912-3456 7890 121": {KindBankCard, "623059*********0121", []tidy.Note{tidy.Spaces, tidy.Dashes}},
		"6217000000000000004":     {KindBankCard, "621700*********0004", nil},
		"EE473124829CN":           {KindS10, "EE473124829CN", nil},
		"ea123456785cn":           {KindS10, "EA123456785CN", []tidy.Note{tidy.UpperCase}},
		"EA103000002US":           {KindS10, "EA103000002US", nil},
		"1234567890123":           {KindS10, "1234567890123", []tidy.Note{MailUnchecked}},
	} {
		r, err := Check(c.kind, in)
		if err != nil || r.Value != c.value || !slices.Equal(r.Notes, c.notes) || r.Kind != c.kind {
			t.Errorf("%s %s: %+v %v", c.kind, in, r, err)
		}
	}
	r, _ := Check(KindID, "11010519491231002X")
	if r.Document != idno.Resident || r.Birth != "1949-12-31" || r.Sex != idno.Female || r.Division != "110105" {
		t.Errorf("%+v", r)
	}
}

func TestCheckRefuses(t *testing.T) {
	for in, want := range map[string]string{
		"id 110105194912310021":        "idno.check_digit",
		"uscc 91350100M000100Y4":       "ident.uscc.length",
		"uscc 91350100M000100Y44":      "ident.uscc.check",
		"uscc 9135O100M000100Y43":      "ident.uscc.characters",
		"uscc 91350100M000100X4" + "4": "ident.uscc.check",
		"card BA001054":                "ident.card.length",
		"card BA0010548":               "ident.card.check",
		"card BA00-0547":               "ident.card.characters",
		"card 卡A0010547":               "ident.card.characters",
		"bankcard 6212264402000123458": "ident.bankcard.check",
		"bankcard 621226440200012345":  "ident.bankcard.length",
		"bankcard 62122644020001234X9": "ident.bankcard.characters",
		"s10 EE473124828CN":            "ident.s10.check",
		"s10 EE47312482CN":             "ident.s10.form",
		"s10 2234567890123":            "ident.s10.form",
		"passport 1":                   "ident.kind",
	} {
		kind, value, _ := strings.Cut(in, " ")
		r, err := Check(Kind(kind), value)
		f := fault.Of(err)
		if f == nil || f.Code != want || !worded(f) || r.Value != "" {
			t.Errorf("%s: %v, want %s", in, err, want)
		}
	}
	for _, n := range []tidy.Note{CardForeignCheck, MailUnchecked} {
		if !wording.Has(string(n)) {
			t.Errorf("%s has no wording", n)
		}
	}
}

// The organisation code inside has its own check character, which the outer one cannot replace.
func TestUSCCWithWrongOrganisationCode(t *testing.T) {
	body := "91350100M000100Y" + "5"
	_, _, err := ParseUSCC(body + string(USCCCheck(body)))
	if f := fault.Of(err); f == nil || f.Code != "ident.uscc.organisation" || !worded(f) {
		t.Errorf("%v", err)
	}
}

func TestForeignCardPassesWithANote(t *testing.T) {
	c, notes, err := ParseForeignCard("AA0300000")
	if c != "AA0300000" || err != nil || !slices.Equal(notes, []tidy.Note{CardForeignCheck}) {
		t.Errorf("%s %v %v", c, notes, err)
	}
	if _, notes, err := ParseForeignCard("BA0010547"); notes != nil || err != nil {
		t.Errorf("%v %v", notes, err)
	}
}

func TestBankCardPrintsMasked(t *testing.T) {
	b := BankCard("6212264402000123459")
	j, _ := json.Marshal(b)
	for _, s := range []string{fmt.Sprintf("%v %#v", b, b), string(j)} {
		if strings.Contains(s, "4402") {
			t.Error(s)
		}
	}
	if b.Reveal() != "6212264402000123459" {
		t.Error("Reveal hides")
	}
}

// A number with the check character that we make is one that we accept, and no other last
// character is.
func TestOneCheckCharacterFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringMatching(`[0-9A-Z]{8}`).Draw(t, "card")
		digits := rapid.StringMatching(`[0-9]{18}`).Draw(t, "digits")
		fits := 0
		for _, c := range alphanumeric {
			if _, _, err := ParseCard(body + string(c)); err == nil {
				fits++
			}
		}
		if _, _, err := ParseCard(body + string(CardCheck(body))); err != nil || fits != 1 {
			t.Fatalf("%s: %v, %d fit", body, err, fits)
		}
		if _, _, err := ParseBankCard(digits + string(LuhnDigit(digits))); err != nil {
			t.Fatal(err)
		}
		if _, _, err := ParseMail("EA" + digits[:8] + string(S10Check(digits[:8])) + "CN"); err != nil {
			t.Fatal(err)
		}
	})
	if USCCCheck("00000000000000000") != '0' {
		t.Error("a sum of nothing is checked by 0")
	}
	if CardCheck("short") != 0 || CardCheck("lower..!") != 0 || LuhnDigit("x") != 0 || S10Check("1234567x") != 0 || S10Check("") != 0 || USCCCheck("I") != 0 || USCCCheck("IIIIIIIIIIIIIIIII") != 0 {
		t.Error("a check character of nonsense")
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("id", "11010519491231002X")
	f.Add("uscc", "91350100M000100Y43")
	f.Add("card", "卡A0010547")
	f.Add("s10", "EE473124829CN")
	f.Add("bankcard", "\xff")
	f.Fuzz(func(t *testing.T, k, v string) {
		if r, err := Check(Kind(k), v); (err == nil) != (r.Value != "") {
			t.Fatalf("%+v %v", r, err)
		}
	})
}

// worded says whether a fault has its wording in both halves, with all places filled.
func worded(f *fault.Fault) bool {
	both := wording.Of(wording.ZH, f) + wording.Of(wording.EN, f)
	return wording.Has(f.Code) && !strings.Contains(both, "{")
}
