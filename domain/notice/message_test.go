package notice_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"kawu/domain/notice"
	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/phone"
	"kawu/kit/state"
)

func TestQueue(t *testing.T) {
	ctx := context.Background()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var all []notice.Message
		for i := range 120 {
			all = append(all, notice.Message{Person: ref.Person(fmt.Sprint("per_", i%60)), Template: "sms.ready",
				Mobile: phone.Number(fmt.Sprintf("1380000%04d", i)), Text: fmt.Sprintf("您的卡已到，编号%d𠮷。", i), Subject: "app_1"})
		}
		before := d.Statements()
		dbtest.Write(t, d, func(tx *db.Tx) error { return notice.Queue(ctx, tx, all) })
		if n := d.Statements() - before; n > 2 {
			t.Errorf("%d statements", n)
		}
		waiting, err := notice.Waiting(ctx, d, 1000)
		if err != nil || len(waiting) != 120 || waiting[7].Text != all[7].Text || waiting[7].Mobile != all[7].Mobile {
			t.Fatalf("%d %v", len(waiting), err)
		}
		plain, err := db.Int(ctx, d, "select count(*) from message where text_seal like '%您的卡%' or mobile_seal like '%1380000%'")
		if plain != 0 || err != nil {
			t.Errorf("%d rows in plain text, %v", plain, err)
		}
		ids := []ref.Message{waiting[0].ID, waiting[1].ID}
		dbtest.Write(t, d, func(tx *db.Tx) error {
			return errors.Join(state.Apply(ctx, tx, notice.Cycle, "dispatch", ids, "s"), state.Apply(ctx, tx, notice.Cycle, "sent", ids, "s"),
				notice.Settle(ctx, tx, ids))
		})
		if left, err := notice.Waiting(ctx, d, 1000); err != nil || len(left) != 118 {
			t.Errorf("%d left, %v", len(left), err)
		}
		mine, err := notice.OfPerson(ctx, d, "per_0", 10)
		if err != nil || len(mine) != 2 || mine[1].State != "sent" {
			t.Errorf("%v %v", mine, err)
		}

		// One bad text refuses the set, and nothing of it is stored.
		bad := append([]notice.Message{}, all[:3]...)
		bad[2].Text = "请到 kawu。cn 领取"
		err = d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error { return notice.Queue(ctx, tx, bad) })
		if n, _ := db.Int(ctx, d, "select count(*) from message"); !errors.Is(err, notice.ErrLink) || n != 120 {
			t.Errorf("%v, %d messages", err, n)
		}
	}, notice.Cycle)
}
