package city_test

import (
	"testing"

	"kawu/policy/term"
)

// chengdu is what its notice says, rule by rule.
var chengdu = []row{
	{"CD-02", "2019-10-31", "campaign by online", "group=resident", "no CD-02", "channels="},
	{"CD-02", "2019-11-01", "campaign by online", "group=resident", "yes CD-31", "product=social-security-card"},
	{"CD-03", "2019-12-31", "damaged by community_outlet", "group=resident holds=magnetic", "yes CD-03 CD-29", "product=magnetic-card"},
	{"CD-04", "2019-11-15", "campaign by online", "group=resident insured=no", "no CD-04", "channels="},
	{"CD-04", "2019-11-15", "campaign by online", "group=resident holds=magnetic", "yes", "old_card.until=2019-12-31"},
	{"CD-05", "2020-01-01", "damaged by community_outlet", "group=resident holds=magnetic", "no CD-05 CD-51", "channels=online,bank_outlet,community_outlet,instant_outlet; product=social-security-card"},
	{"CD-05", "2020-01-01", "renew by bank_outlet", "group=resident holds=magnetic", "no CD-05", ""},
	{"CD-05", "2020-01-01", "lost by instant_outlet", "group=employed holds=magnetic", "no CD-05", "channels=online,bank_outlet,community_outlet,employer_online,employer_bank,instant_outlet"},
	{"CD-05", "2020-01-01", "change_bank by bank_outlet", "group=resident holds=magnetic", "no CD-05", ""},
	{"CD-05", "2020-01-01", "change_data by bank_outlet", "group=resident holds=magnetic", "no CD-05", ""},
	{"CD-05", "2020-01-01", "campaign by bank_outlet", "group=resident holds=magnetic", "yes CD-33", ""},
	{"CD-12", "2019-11-15", "first by bank_outlet", "group=resident", "yes CD-33 CD-35", "promise.days=30; promise.kind=working; promise.starts=accepted; promise.due=2019-12-27"},
	{"CD-12", "2019-12-16", "first by online", "group=resident", "yes", "promise.due=2020-02-04"},
	{"CD-30", "2019-11-15", "campaign by employer_online", "group=employed", "yes CD-30", "delivery.mode=on_site"},
	{"CD-30", "2019-11-15", "first by employer_bank", "group=employed", "yes CD-30", ""},
	{"CD-30", "2019-11-15", "campaign by employer_bank", "group=retired", "no CD-30", "channels=online,bank_outlet,community_outlet,instant_outlet"},
	{"CD-31", "2019-11-15", "first by online", "group=flexible", "yes CD-31 CD-32", "activation.social_security=online,bank_outlet,community_outlet,instant_outlet; activation.bank=bank_outlet"},
	{"CD-32", "2019-11-15", "first by online", "group=flexible", "yes", "delivery.mode=outlet; bank_chosen_by=applicant; banks="},
	{"CD-32", "2019-11-15", "first by online", "group=flexible bank=成都银行", "yes", ""},
	{"CD-36", "2019-11-15", "first by instant_outlet", "group=resident", "yes CD-36 CD-34", "promise.days=0; promise.due=2019-11-15"},
	{"CD-38", "2019-11-15", "first by phone", "group=resident", "no", "channels=online,bank_outlet,community_outlet,instant_outlet"},
	{"CD-38", "2019-11-15", "first by phone", "group=resident urgent=yes", "no", "channels=instant_outlet,online,bank_outlet,community_outlet"},
	{"CD-40", "2019-11-15", "first by online", "group=resident holds=gen2", "no CD-40 CD-44", "channels=online,bank_outlet,community_outlet,instant_outlet"},
	{"CD-40", "2019-11-15", "campaign by bank_outlet", "group=resident holds=gen1 card-state=sealed", "no CD-40", "channels=bank_outlet,community_outlet,instant_outlet"},
	{"CD-44", "2019-11-15", "first by online", "group=resident holds=gen2 card-state=cancelled", "yes", ""},
	{"CD-41", "2019-11-15", "transfer by online", "group=resident holds=gen2 card-state=normal", "yes CD-41", "documents=id_card,temporary_id_card,hmt_residence_permit,foreign_permanent_resident,passport; channels=online,bank_outlet,community_outlet,instant_outlet; old_card.until=expiry"},
	{"CD-41", "2019-11-15", "transfer by bank_outlet", "group=resident holds=gen2 card-state=1", "yes CD-41", "documents=social_security_card,id_card,temporary_id_card,hmt_residence_permit,foreign_permanent_resident,passport"},
	{"CD-42", "2019-11-15", "transfer by online", "group=resident holds=gen2 card-state=sealed", "no CD-41 CD-42", "channels=bank_outlet,community_outlet,instant_outlet"},
	{"CD-42", "2019-11-15", "transfer by bank_outlet", "group=resident holds=gen2 card-state=sealed", "yes CD-42", ""},
	{"CD-43", "2019-11-15", "transfer by bank_outlet", "group=resident holds=gen2 card-state=not_collected", "no CD-43", "channels="},
	{"CD-43", "2019-11-15", "transfer by online", "group=resident holds=gen2 card-state=locked", "no CD-43", "hotlines.topic=social_security,card_from_elsewhere"},
	{"CD-43", "2019-11-15", "transfer by online", "group=resident holds=gen2 card-state=formal_loss", "no CD-43", ""},
	{"CD-43", "2019-11-15", "transfer by online", "group=resident holds=gen2 card-state=temporary_loss", "no CD-43", ""},
	{"CD-43", "2019-11-15", "transfer by online", "group=resident holds=gen2 card-state=cancelled", "no CD-44", "channels=online,bank_outlet,community_outlet,instant_outlet"},
	{"CD-45", "2019-11-15", "change_bank by bank_outlet", "group=resident holds=gen2", "yes CD-45", "promise.days=30"},
	{"CD-47", "2019-11-15", "first by bank_outlet", "group=pupil age=15 document=household_register", "yes", "documents=id_card,household_register,temporary_id_card,hmt_residence_permit,foreign_permanent_resident,passport"},
	{"CD-52", "2019-11-15", "first by kiosk", "group=resident", "no CD-31", ""},
	{"CD-52", "2019-11-15", "change_data by online", "group=resident holds=gen2", "no CD-52", "channels="},
	{"CD-35", "2019-11-15", "lost by community_outlet", "group=resident holds=gen2", "yes CD-35", "old_card.until=activation"},
	{"CD-36", "2019-11-15", "lost by instant_outlet", "group=resident holds=gen2", "yes CD-36", "fee_fen=0"},
}

func TestChengdu(t *testing.T) { prove(t, "chengdu", chengdu) }

func TestChengduSteps(t *testing.T) {
	b := open(t)
	c, _ := b.City("chengdu")
	e := c.Editions()[0]
	if got := e.Route(term.ChangeBank, term.BankOutlet).Steps; len(got) != 3 || got[0] != "transfer" || got[1] != "cancel" || got[2] != "apply" {
		t.Errorf("CD-45: steps %v", got)
	}
}

// TestMagneticCardEnds: CD-05, CD-06, CD-29, CD-51.
func TestMagneticCardEnds(t *testing.T) {
	b := open(t)
	c, _ := b.City("chengdu")
	e := c.Editions()[0]
	last, _ := term.ParseDate("2019-12-31")
	for _, op := range []string{"new", "exchange", "re_magnetise", "pin_envelope", "use"} {
		for _, place := range []string{"hrss_agency", "medical_agency"} {
			if ok, _ := e.Accepts(term.HoldsMagnetic, op, place, last); !ok {
				t.Errorf("%s at %s is refused on the last day", op, place)
			}
			if ok, a := e.Accepts(term.HoldsMagnetic, op, place, last+1); ok || a == nil {
				t.Errorf("%s at %s is accepted after the last day", op, place)
			}
		}
	}
	ok, a := e.Accepts(term.HoldsMagnetic, "use", "hospital", last+30)
	if !ok || a == nil || !a.Gradual {
		t.Error("CD-06: hospitals stop one by one, each on its own day")
	}
}
