package city_test

import "testing"

const (
	xicheng = "group=employed district=西城"
	nobody  = "channels="
	batch   = "channels=employer_online,employer_bank"
	former  = "channels=bank_outlet,community_outlet,online" // and for employees the employer, as before
)

// beijing is what its notice says, rule by rule.
var beijing = []row{
	{"BJ-01", "2024-01-30", "campaign by employer_online", xicheng, "no BJ-01", nobody + "; instead=<nil>; promise=<nil>; activation=<nil>; fee_fen=<nil>"},
	{"BJ-01", "2024-01-31", "campaign by employer_online", xicheng, "yes BJ-01 BJ-06 BJ-07", batch},
	{"BJ-01", "2024-05-31", "campaign by employer_online", xicheng, "yes BJ-01", "edition=2024-pilot"},
	{"BJ-01", "2024-06-01", "campaign by employer_online", xicheng, "no BJ-01 BJ-48 BJ-35", "edition=2024-plan; instead.reason=renew; " + former + ",employer_online"},
	{"BJ-06", "2024-02-15", "campaign by employer_bank", "group=employed district=110107", "yes BJ-06", batch},
	{"BJ-06", "2024-02-15", "campaign by employer_bank", "group=employed district=怀柔区", "yes BJ-06", batch},
	{"BJ-06", "2024-02-15", "campaign by employer_online", "group=employed district=朝阳", "no BJ-06 BJ-35", "channels=employer_online,bank_outlet,community_outlet,online; instead.reason=renew; product=generation-2"},
	{"BJ-06", "2024-02-15", "campaign by employer_online", "group=employed holds=none", "no BJ-06 BJ-35", "instead.reason=first; instead.channel=employer_online; product=generation-2"},
	{"BJ-06", "2024-02-15", "campaign by employer_online", "group=retired district=西城", "no BJ-06", former + "; instead.reason=renew; promise.days=30; promise.kind=working"},
	{"BJ-06", "2024-02-15", "campaign by employer_online", xicheng + " insured=no", "no BJ-06", "instead.reason=renew"},
	{"BJ-08", "2024-02-15", "campaign by employer_online", xicheng, "yes", "bank_chosen_by=employer; bank_default=payroll"},
	{"BJ-09", "2024-02-15", "first by employer_online", xicheng + " holds=none", "yes BJ-07", batch},
	{"BJ-13", "2024-02-15", "campaign by bank_outlet", xicheng, "no BJ-13 BJ-14", batch + "; banks.#=14; promise.due=2024-03-16; product=generation-3"},
	{"BJ-13", "2024-02-15", "campaign by community_outlet", xicheng, "no BJ-13", batch},
	{"BJ-13", "2024-02-15", "campaign by instant_outlet", xicheng, "no BJ-13", batch},
	{"BJ-13", "2024-02-15", "campaign by online", xicheng, "no BJ-13", batch},
	{"BJ-13", "2024-02-15", "campaign by kiosk", xicheng, "no BJ-13", batch},
	{"BJ-13", "2024-02-15", "campaign by phone", xicheng, "no BJ-13", batch},
	{"BJ-13", "2024-02-15", "campaign by home_visit", xicheng, "no BJ-13", batch},
	{"BJ-13", "2024-02-15", "campaign by online", "group=retired district=东城", "no BJ-13 BJ-06 BJ-35", former},
	{"BJ-14", "2024-02-15", "first by bank_outlet", xicheng + " holds=none", "no BJ-13 BJ-14", batch},
	{"BJ-14", "2024-02-15", "renew by online", xicheng + " holds=gen2", "no BJ-14", batch},
	{"BJ-20", "2024-02-15", "campaign by employer_online", xicheng, "yes", "promise.days=30; promise.kind=calendar; promise.starts=submitted; promise.due=2024-03-16"},
	{"BJ-43", "2024-02-15", "campaign by employer_online", xicheng, "yes", "promise.excludes=mailing"},
	{"BJ-21", "2024-02-15", "campaign by employer_online", xicheng, "yes", "delivery.mode=outlet,mail,on_site; delivery.fallback=none,none,none"},
	{"BJ-26", "2024-02-15", "campaign by employer_online", xicheng, "yes", "delivery.fee_bearer=none,none,none; delivery.own_signature=false,false,false"},
	{"BJ-25", "2024-02-15", "campaign by employer_online", xicheng, "yes", "activation.social_security=bank_outlet,online,on_site; activation.bank=bank_outlet,on_site; activation.bank_also_enables_ss=false"},
	{"BJ-30", "2024-02-15", "campaign by employer_online", xicheng, "yes", "banks=工商银行,农业银行,中国银行,建设银行,交通银行,北京银行,华夏银行,北京农商银行,中信银行,光大银行,民生银行,招商银行,浦发银行,邮政储蓄银行"},
	{"BJ-30", "2024-02-15", "campaign by employer_online", xicheng + " bank=上海银行", "no BJ-30", batch},
	{"BJ-30", "2024-02-15", "campaign by employer_online", xicheng + " bank=邮储银行", "yes", ""},
	{"BJ-34", "2024-02-15", "lost by bank_outlet", xicheng + " holds=gen2", "yes BJ-34 BJ-41", "product=generation-3; promise.due=2024-02-21; bank_chosen_by=applicant"},
	{"BJ-34", "2024-02-15", "damaged by instant_outlet", xicheng + " holds=gen1", "yes BJ-34 BJ-42", "promise.days=0"},
	{"BJ-35", "2024-02-15", "lost by community_outlet", "group=retired district=西城 holds=gen2", "yes BJ-35", "product=generation-2; " + former},
	{"BJ-35", "2024-02-15", "renew by community_outlet", "group=retired holds=gen2", "yes BJ-35", "product=generation-2"},
	{"BJ-35", "2024-02-15", "first by bank_outlet", "group=employed district=海淀 holds=none", "yes BJ-35", "product=generation-2"},
	{"BJ-35", "2024-02-15", "lost by instant_outlet", "group=retired holds=gen2", "no BJ-35", "product=generation-2"},
	{"BJ-36", "2024-02-15", "campaign by employer_online", xicheng, "yes", "old_card.until=activation; old_card.collected=false; old_card.bank_account_survives=true"},
	{"BJ-39", "2024-03-01", "lost by instant_outlet", xicheng + " holds=gen3", "yes BJ-39 BJ-42", "promise.days=0; promise.due=2024-03-01; bank_chosen_by=issuing_bank; channels=instant_outlet,bank_outlet"},
	{"BJ-39", "2024-03-01", "damaged by instant_outlet", xicheng + " holds=gen3 document=passport", "yes BJ-39", ""},
	{"BJ-39", "2024-03-01", "lost by instant_outlet", xicheng + " holds=gen3 document=household_register", "no BJ-39", "documents=id_card,temporary_id_card,hmt_residence_permit,foreign_permanent_resident,passport"},
	{"BJ-39", "2024-03-01", "lost by online", xicheng + " holds=gen3", "no BJ-39", "channels=instant_outlet,bank_outlet"},
	{"BJ-39", "2024-07-01", "lost by instant_outlet", xicheng + " holds=gen3", "yes BJ-39", "edition=2024-plan"},
	{"BJ-41", "2024-02-08", "lost by bank_outlet", xicheng + " holds=gen3", "yes BJ-41", "promise.days=4; promise.kind=working; promise.due=2024-02-20"},
	{"BJ-44", "2024-02-15", "campaign by employer_online", xicheng, "yes", "fee_fen=0"},
	{"BJ-44", "2024-03-01", "lost by bank_outlet", xicheng + " holds=gen3", "yes", "fee_fen=0"},
	{"BJ-48", "2024-09-01", "campaign by online", "group=retired", "no BJ-48 BJ-35", former + "; instead.channel=online"},
	{"BJ-52", "2024-09-01", "first by employer_online", xicheng + " holds=none", "yes BJ-35", "product=generation-2"},
	{"BJ-32", "2024-02-15", "transfer by employer_online", "group=employed district=海淀", "no BJ-32", nobody},
}

func TestBeijing(t *testing.T) { prove(t, "beijing", beijing) }
