package notice

import "context"

// Text is one message ready to go. Text has passed the rules: no link, no question for a secret.
type Text struct {
	Key    string `json:"key"` // message id
	Mobile string `json:"mobile"`
	Text   string `json:"text"`
}

// Receipt says what became of one message: "sent", or a fault such as "bad_number".
type Receipt struct {
	Key   string `json:"key"`
	Fault string `json:"fault,omitempty"`
}

// Gateway sends short messages.
type Gateway interface {
	Send(ctx context.Context, key string, texts []Text) ([]Receipt, error)
}
