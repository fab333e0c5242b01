package application

import "kawu/kit/state"

// States of a collective application.
const (
	Opened    state.State = "opened"
	Listed    state.State = "listed"
	Chosen    state.State = "chosen"
	Notifying state.State = "notifying"
	Submitted state.State = "submitted"
	Closed    state.State = "closed"
)

// Collectively is the cycle of a collective application: the four steps of the notice in order.
var Collectively = &state.Cycle{Name: "collective", Table: "collective", Key: "id", Start: Opened, Moves: []state.Move{
	{From: Opened, Event: "list", To: Listed, Why: "BJ-15 step 1: the roster is read"},
	{From: Listed, Event: "list", To: Listed, Why: "another or a corrected roster"},
	{From: Listed, Event: "choose", To: Chosen, Why: "BJ-15 step 2, BJ-51: pick-up mode and exactly one bank"},
	{From: Chosen, Event: "choose", To: Chosen, Why: "changed before anybody was told"},
	{From: Chosen, Event: "list", To: Listed, Why: "the roster changed before anybody was told"},
	{From: Chosen, Event: "notify", To: Notifying, Why: "BJ-15 step 3"},
	{From: Notifying, Event: "notify", To: Notifying, Why: "reminding those who have not answered"},
	{From: Notifying, Event: "submit", To: Submitted, Why: "BJ-15 step 4, BJ-16: only the confirmed"},
	{From: Submitted, Event: "submit", To: Submitted, Why: "people who confirmed later"},
	{From: Submitted, Event: "close", To: Closed, Why: "everybody submitted has an enabled card"},
}}

// States of one person's application.
const (
	OnList    state.State = "listed"
	Notified  state.State = "notified"
	Confirmed state.State = "confirmed"
	Declined  state.State = "declined"
	Filed     state.State = "submitted"
	Held      state.State = "held"
	Compared  state.State = "compared"
	Opening   state.State = "opening"
	Refused   state.State = "refused"
	Funded    state.State = "account_open"
	Making    state.State = "making"
	Made      state.State = "made"
	Ready     state.State = "ready"
	OnTheWay  state.State = "on_the_way"
	Handed    state.State = "handed"
	Enabled   state.State = "enabled"
	Withdrawn state.State = "withdrawn"
)

// Cycle of one person's application.
var Cycle = &state.Cycle{Name: "application", Table: "application", Key: "id", Start: OnList, Moves: []state.Move{
	{From: OnList, Event: "notify", To: Notified, Why: "BJ-15 step 3"},
	{From: OnList, Event: "withdraw", To: Withdrawn, Why: "taken off the roster"},
	{From: Notified, Event: "notify", To: Notified, Why: "reminded"},
	{From: Notified, Event: "confirm", To: Confirmed, Why: "BJ-10: the person confirms own data; this is the consent to the account"},
	{From: Notified, Event: "decline", To: Declined, Why: "the person does not want the card from this bank"},
	{From: Notified, Event: "withdraw", To: Withdrawn, Why: "taken off the roster"},
	{From: Confirmed, Event: "confirm", To: Confirmed, Why: "corrected before it was submitted"},
	{From: Confirmed, Event: "submit", To: Filed, Why: "BJ-16"},
	{From: Confirmed, Event: "withdraw", To: Withdrawn, Why: "taken off the roster"},
	{From: Filed, Event: "compare", To: Compared, Why: "alive, same name, no card elsewhere in the province (CD-40)"},
	{From: Filed, Event: "hold", To: Held, Why: "the comparison found a difference"},
	{From: Held, Event: "submit", To: Filed, Why: "the difference was cleared: compare again"},
	{From: Held, Event: "withdraw", To: Withdrawn, Why: "it cannot be cleared"},
	{From: Compared, Event: "ask", To: Opening, Why: "CD-11: the bank opens the account"},
	{From: Opening, Event: "open", To: Funded, Why: "the bank opened the account"},
	{From: Opening, Event: "refuse", To: Refused, Why: "the bank refused, with a reason"},
	{From: Refused, Event: "resend", To: Compared, Why: "the data was corrected"},
	{From: Refused, Event: "withdraw", To: Withdrawn, Why: "it cannot be corrected"},
	{From: Funded, Event: "order", To: Making, Why: "SH-55: collected first, made then"},
	{From: Making, Event: "make", To: Made, Why: "made, certified, keys loaded"},
	{From: Made, Event: "ready", To: Ready, Why: "the chosen outlet holds it, or the bank brings it"},
	{From: Made, Event: "post", To: OnTheWay, Why: "the courier has it"},
	{From: OnTheWay, Event: "ready", To: Ready, Why: "the post failed: it waits at the bank's outlet"},
	{From: OnTheWay, Event: "hand", To: Handed, Why: "delivered"},
	{From: Ready, Event: "hand", To: Handed, Why: "collected or handed out on site"},
	{From: Ready, Event: "cancel", To: Withdrawn, Why: "never collected: its card was cancelled"},
	{From: Handed, Event: "cancel", To: Withdrawn, Why: "its card was cancelled before it was enabled"},
	{From: Handed, Event: "enable", To: Enabled, Why: "social security enabled, old card void (BJ-36)"},
}}

// Word is what a citizen reads: six words and "needs you", however many states there are inside.
type Word string

// The citizen's words.
const (
	WordListed    Word = "listed"    // 待确认
	WordSubmitted Word = "submitted" // 已提交
	WordChecking  Word = "checking"  // 核验中
	WordOpening   Word = "opening"   // 开户中
	WordMaking    Word = "making"    // 制卡中
	WordReady     Word = "ready"     // 可领卡
	WordEnabled   Word = "enabled"   // 已启用
	WordNeedsYou  Word = "needs_you" // 需要您处理
	WordEnded     Word = "ended"     // 已结束
)

var words = map[state.State]Word{
	OnList: WordListed, Notified: WordNeedsYou, Confirmed: WordSubmitted, Declined: WordEnded, Filed: WordChecking,
	Held: WordChecking, Compared: WordOpening, Opening: WordOpening, Refused: WordNeedsYou, Funded: WordMaking,
	Making: WordMaking, Made: WordMaking, Ready: WordReady, OnTheWay: WordReady, Handed: WordNeedsYou, Enabled: WordEnabled,
	Withdrawn: WordEnded,
}

// WordOf is the citizen's word for a state. The map is total; a test checks it.
func WordOf(s state.State) Word { return words[s] }
