package usage

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"

	"kawu/kit/fault"
)

// Refusals of a PostgreSQL server that answers. Args: user, database; of NoRight none.
var (
	DBSignIn   = fault.New(fault.Refused, "machine.db_sign_in", "the database server lets nobody in as {user} with what --db says")
	NoDatabase = fault.New(fault.NotFound, "machine.no_database", "the server has no database {database}")
	NoRight    = fault.New(fault.Refused, "machine.db_right", "the database user has not the rights that are needed")
	DBBusy     = fault.New(fault.Outside, "machine.db_busy", "the database server takes no connection now")
)

// server gives a PostgreSQL server's refusal our own words; nil for anything else. The password is in
// none of them.
func server(err error) *fault.Fault {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return nil
	}
	var user, database string
	var to *pgconn.ConnectError
	if errors.As(err, &to) && to.Config != nil {
		user, database = to.Config.User, to.Config.Database
	}
	switch pg.Code {
	case "28P01", "28000": // wrong password; no such user, or none that may come from here
		return With(DBSignIn, "user", user).Because(err)
	case "3D000":
		return With(NoDatabase, "database", database).Because(err)
	case "42501":
		return With(NoRight).Because(err)
	case "53300", "57P03": // too many connections; starting or stopping
		return With(DBBusy).Because(err)
	}
	return nil
}
