package desk

import "slices"

// Role is what an actor is.
type Role string

// The roles.
const (
	Agent   Role = "agent"   // an employer's agent (单位经办人)
	Citizen Role = "citizen" // a person in own matters
	Clerk   Role = "clerk"   // at a bank's or community outlet (网点柜员)
	Banker  Role = "banker"  // a bank's card operations (银行卡务)
	Centre  Role = "centre"  // the card centre (卡务中心)
	Auditor Role = "auditor" // reads the trail, changes nothing
	Job     Role = "job"     // a duty of the clock
	Partner Role = "partner" // a message from an outside party
	// Custodian is the two people who each know half of a secret (密钥保管人), by their ids.
	Custodian Role = "custodian"
	Visitor   Role = "visitor" // somebody at the door who is not signed in yet, or signs out
)

// Terminal is a reading terminal with a module of the register.
const Terminal Role = "terminal"

// Act names what is done at a sitting.
type Act string

// The acts. Who may do each stands in permits; an act that is not there nobody may do.
const (
	OpenCollective     Act = "collective.open"
	ListRoster         Act = "collective.list"
	FixRoster          Act = "collective.fix"
	ChooseBank         Act = "collective.choose"
	NotifyStaff        Act = "collective.notify"
	SubmitCollective   Act = "collective.submit"
	ConfirmData        Act = "application.confirm"
	DeclineData        Act = "application.decline"
	CompareData        Act = "application.compare"
	AskBank            Act = "account.ask"
	TakeAccounts       Act = "account.take"
	Resend             Act = "account.resend"
	DrawBatch          Act = "batch.draw"
	TakeCards          Act = "batch.take"
	RevokeCertificates Act = "certificate.revoke"
	TakeCertificates   Act = "certificate.take"
	LoadKeys           Act = "card.load"
	DrawHandover       Act = "handover.draw"
	GiveHandover       Act = "handover.give"
	TakeHandover       Act = "handover.take"
	SettleFinding      Act = "handover.settle"
	BookParcel         Act = "parcel.book"
	TrackParcel        Act = "parcel.track"
	MissCard           Act = "card.missing"
	HandOut            Act = "card.hand_out"
	EnableCard         Act = "card.enable"
	ActivateBank       Act = "card.activate"
	TellPartner        Act = "partner.tell"
	SendMessages       Act = "message.send"
	Exchange           Act = "exchange.record"
	Oversee            Act = "trouble.oversee"
	SettleTrouble      Act = "trouble.settle"
	RetryExchange      Act = "exchange.retry"
	CompareAgain       Act = "application.compare_again"
	Withdraw           Act = "application.withdraw"
	CloseDay           Act = "counter.close_day"
	Chase              Act = "overdue.chase"
	AskPhotos          Act = "photo.ask"
	TakePhoto          Act = "photo.take"
	AcceptPhoto        Act = "photo.accept"
	RefusePhoto        Act = "photo.refuse"
	SignIn             Act = "access.sign_in"
	SetUp              Act = "installation.set_up"
	AnchorAudit        Act = "audit.anchor"
	HoldCeremony       Act = "key.ceremony"
	KeepAuthority      Act = "ca.keep"
	ProposeEdition     Act = "edition.propose"
	ApproveEdition     Act = "edition.approve"
	RejectEdition      Act = "edition.reject"
	WithdrawEdition    Act = "edition.withdraw"
)

// The acts around names that somebody looks at before they are printed. To show one is an act.
const (
	HoldFace  Act = "face.hold"
	ShowFace  Act = "face.show"
	JudgeFace Act = "face.judge"
)

// The acts around reading terminals.
const (
	ReadCards     Act = "card.read"
	DrawInvalid   Act = "list.draw"
	KeepTerminals Act = "terminal.keep"
)

// The acts around lost and cancelled cards.
const (
	ReportLoss     Act = "loss.report"
	ReportFormally Act = "loss.report_formally"
	ReleaseLoss    Act = "loss.release"
	EndLoss        Act = "loss.watch"
	CancelCard     Act = "card.cancel"
	DecideCancel   Act = "card.cancel_decide"
)

var permits = map[Act][]Role{
	HoldFace: {Job}, ShowFace: {Centre}, JudgeFace: {Centre},
	ReportLoss: {Citizen, Clerk, Centre}, ReportFormally: {Clerk}, ReleaseLoss: {Citizen, Clerk}, EndLoss: {Job},
	CancelCard: {Clerk, Centre}, DecideCancel: {Centre},
	ReadCards: {Terminal, Centre}, DrawInvalid: {Terminal, Centre}, KeepTerminals: {Centre},
	OpenCollective: {Agent, Banker}, ListRoster: {Agent, Banker}, FixRoster: {Agent, Banker}, ChooseBank: {Agent, Banker},
	NotifyStaff: {Agent, Banker}, SubmitCollective: {Agent, Banker},
	ConfirmData: {Citizen}, DeclineData: {Citizen},
	CompareData: {Job}, AskBank: {Job}, TakeAccounts: {Job}, Resend: {Citizen, Centre, Job},
	DrawBatch: {Job, Centre}, TakeCards: {Job}, TakeCertificates: {Job}, RevokeCertificates: {Job}, LoadKeys: {Job, Centre, Banker},
	DrawHandover: {Job, Centre, Banker}, GiveHandover: {Job, Centre, Banker, Clerk}, TakeHandover: {Job, Centre, Banker, Clerk},
	SettleFinding: {Centre}, BookParcel: {Job, Banker}, TrackParcel: {Job},
	MissCard: {Clerk, Banker}, HandOut: {Clerk, Banker, Job}, EnableCard: {Citizen, Clerk, Banker}, ActivateBank: {Clerk, Banker},
	TellPartner: {Job}, SendMessages: {Job}, Exchange: {Job, Partner}, Oversee: {Job}, SettleTrouble: {Centre, Banker, Clerk, Job},
	RetryExchange: {Centre}, CompareAgain: {Centre}, Withdraw: {Centre}, CloseDay: {Clerk}, Chase: {Centre},
	AskPhotos: {Job}, TakePhoto: {Citizen, Clerk, Banker, Job}, AcceptPhoto: {Clerk, Banker}, RefusePhoto: {Clerk, Banker},
	SignIn: {Visitor}, SetUp: {Job}, AnchorAudit: {Job},
	HoldCeremony: {Custodian}, KeepAuthority: {Custodian, Job},
	HireStaff: {Two, Owner}, EndStaff: {Two, Owner}, ResetStaff: {Two, Owner}, KeepOutlets: {Two, Owner}, DestroyTerminals: {Two},
	ProposeEdition: {Centre}, ApproveEdition: {Centre}, RejectEdition: {Centre}, WithdrawEdition: {Centre},
}

// May tells whether a role includes an act. Pages use it to show only what would be accepted.
func May(r Role, a Act) bool { return slices.Contains(permits[a], r) }
