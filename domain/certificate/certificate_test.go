package certificate_test

import (
	"context"
	"testing"
	"time"

	"kawu/domain/certificate"
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
