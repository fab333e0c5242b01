package usage

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"kawu/kit/wording"
)

// What a PostgreSQL server refuses is said in our words in both languages, without the server's.
func TestDatabaseRefuses(t *testing.T) {
	for state, want := range map[string]string{"28P01": "machine.db_sign_in", "28000": "machine.db_sign_in", "3D000": "machine.no_database",
		"42501": "machine.db_right", "53300": "machine.db_busy", "57P03": "machine.db_busy", "42P01": ""} {
		err := fmt.Errorf("opening: %w", &pgconn.PgError{Code: state, Message: "the server's words"})
		f := Machine(err)
		if f == nil {
			if want != "" {
				t.Errorf("%s is not known", state)
			}
			continue
		}
		both := wording.OfBoth(f)
		if f.Code != want || strings.Contains(both[wording.ZH]+both[wording.EN], "server's words") || strings.Contains(both[wording.ZH], "⟦") {
			t.Errorf("%s: %s %v", state, f.Code, both)
		}
	}
}
