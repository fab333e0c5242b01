package certificate_test

import (
	"context"
	"testing"
	"time"

	"kawu/domain/certificate"
	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
)

func TestCertificates(t *testing.T) {
	ctx := context.Background()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		until := dbtest.Noon.AddDate(10, 0, 0)
		two := []certificate.Certificate{
			{Serial: "0A", Card: "crd_1", Usage: "sign", Issuer: "CA", PEM: "subject 林𠮷", NotAfter: until},
			{Serial: "0B", Card: "crd_1", Usage: "encrypt", Issuer: "CA", PEM: "subject 林𠮷 too", NotAfter: until},
		}
		for range 2 { // an answer that comes twice changes nothing
			dbtest.Write(t, d, func(tx *db.Tx) error { return certificate.Put(ctx, tx, two) })
		}
		got, err := certificate.Of(ctx, d, "crd_1")
		if err != nil || len(got) != 2 || got[0].Usage != "sign" || got[0].PEM != two[0].PEM || got[1].Serial != "0B" || got[0].State != "good" ||
			!got[0].NotAfter.Equal(until) || got[0].IssuedAt.Sub(dbtest.Noon) > time.Second {
			t.Errorf("%+v %v", got, err)
		}
		if n, err := db.Int(ctx, d, "select count(*) from certificate where pem_seal like '%林%'"); n != 0 || err != nil {
			t.Error("a name in plain text")
		}
	}, certificate.Cycle)
}

// TestTelling: whatever happens while a message is under way, the authority is told in order, and what
// was taken back before anybody was told is never told.
func TestTelling(t *testing.T) {
	ctx := context.Background()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		card := []ref.Card{"crd_1"}
		do := func(f func(tx *db.Tx) error) { t.Helper(); dbtest.Write(t, d, f) }
		n := func(_ int, err error) error { return err }
		hold := func() { t.Helper(); do(func(tx *db.Tx) error { return n(certificate.Hold(ctx, tx, card, "s")) }) }
		lift := func() { t.Helper(); do(func(tx *db.Tx) error { return n(certificate.Lift(ctx, tx, card, "s")) }) }
		untold := func(want string) []certificate.Revocation {
			t.Helper()
			list, err := certificate.Untold(ctx, d, 10)
			if err != nil || len(list) != min(len(want), 1) || want != "" && list[0].Reason != want {
				t.Fatalf("%v %v, want %q", list, err, want)
			}
			return list
		}
		do(func(tx *db.Tx) error {
			return certificate.Put(ctx, tx, []certificate.Certificate{{Serial: "0A", Card: "crd_1", Usage: "sign", NotAfter: dbtest.Noon}})
		})
		untold("")
		hold()
		untold(certificate.OnHold)
		lift()
		untold("")
		hold()
		list := untold(certificate.OnHold)
		do(func(tx *db.Tx) error { return certificate.SetTelling(ctx, tx, list, "exc_1") })
		untold("") // nothing overtakes it
		lift()
		untold("")
		do(func(tx *db.Tx) error {
			return n(certificate.End(ctx, tx, []ref.Card{"crd_2"}, certificate.Ceased, "s"))
		}) // a card without certificates
		do(func(tx *db.Tx) error { return certificate.SetTold(ctx, tx, list, "exc_0") }) // the answer to another message
		untold("")
		do(func(tx *db.Tx) error { return certificate.SetTold(ctx, tx, list, "exc_1") })
		list = untold(certificate.Lifted)
		do(func(tx *db.Tx) error { return certificate.SetTelling(ctx, tx, list, "exc_2") })
		do(func(tx *db.Tx) error { return certificate.SetTold(ctx, tx, list, "exc_2") })
		untold("")
		hold()
		list = untold(certificate.OnHold)
		do(func(tx *db.Tx) error { return certificate.SetTelling(ctx, tx, list, "exc_3") })
		do(func(tx *db.Tx) error { return n(certificate.End(ctx, tx, card, certificate.Lost, "s")) })
		untold("") // cancelled while the hold is under way: told after it
		do(func(tx *db.Tx) error { return certificate.SetTold(ctx, tx, list, "exc_3") })
		untold(certificate.Lost)
		if got, err := certificate.Of(ctx, d, "crd_1"); err != nil || got[0].State != certificate.Revoked || got[0].Reason != certificate.Lost || got[0].Told != certificate.OnHold {
			t.Errorf("%+v %v", got, err)
		}
	}, certificate.Cycle)
}
