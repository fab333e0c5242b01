package app

import (
	"context"

	"kawu/domain/exchange"
	"kawu/domain/notice"
	"kawu/flow/compare"
	"kawu/flow/handout"
	"kawu/flow/handover"
	"kawu/flow/makecard"
	"kawu/flow/openaccount"
	"kawu/flow/oversee"
	"kawu/flow/post"
	"kawu/flow/reportloss"
	"kawu/flow/revoke"
	"kawu/flow/sendparcel"
	"kawu/flow/takephoto"
	"kawu/flow/tell"
	"kawu/kit/job"
)

// duties names the handler of every duty, in the order of the journey.
func (h *House) duties() {
	f := h.Flows
	for kind, handler := range map[job.Kind]job.Handler{
		exchange.Send:             f.Post.Send,
		post.Collect:              f.Post.Gather,
		notice.Dispatch:           f.Tell.Dispatch,
		tell.Taken:                f.Tell.Receipts,
		compare.Start:             f.Compare.Begin,
		compare.Registered:        f.Compare.Register,
		compare.Unique:            f.Compare.Province,
		takephoto.Ask:             inTurn(f.Photos.AskRegister, f.Make.Prove),
		takephoto.Came:            f.Photos.Keep,
		openaccount.Export:        f.Accounts.Hand,
		openaccount.Exported:      f.Accounts.Receipt,
		openaccount.Returned:      f.Accounts.Return,
		makecard.Draw:             f.Make.DrawBatches,
		makecard.Remake:           f.Make.RemakeBatch,
		makecard.Sent:             f.Make.Receipt,
		makecard.Photos:           f.Make.PhotosTaken,
		makecard.Unseen:           f.Make.Overlooked,
		makecard.Returned:         f.Make.Take,
		makecard.Certified:        f.Make.Certify,
		makecard.LoadCertificates: f.Make.LoadedCertificates,
		revoke.Tell:               f.Revoke.TellAuthority,
		revoke.Told:               f.Revoke.Revoked,
		revoke.Fetch:              f.Revoke.AskChain,
		revoke.Fetched:            f.Revoke.Listed,
		makecard.LoadSocial:       f.Make.Social,
		makecard.LoadBank:         f.Make.Bank,
		handover.Draw:             f.Handover.DrawList,
		handover.Deliver:          f.Handover.Send,
		sendparcel.Book:           f.Parcels.Hand,
		sendparcel.Booked:         f.Parcels.Waybills,
		sendparcel.Scanned:        f.Parcels.Track,
		handout.Tell:              f.HandOut.TellBank,
		handout.Told:              f.HandOut.BankKnows,
		handout.Activated:         f.HandOut.TellActive,
		handout.ActiveTold:        f.HandOut.Received,
		handout.ProvinceTold:      f.HandOut.Received,
		reportloss.Watch:          f.Loss.Look,
		oversee.Watch:             f.Oversee.Look,
		oversee.Anchor:            f.Oversee.Sign,
		oversee.Close:             f.Oversee.Done,
	} {
		h.Runner.Handle(kind, handler)
	}
}

// inTurn is one duty of two flows; each may be run again from the start.
func inTurn(all ...job.Handler) job.Handler {
	return func(ctx context.Context, key string) error {
		for _, do := range all {
			if err := do(ctx, key); err != nil {
				return err
			}
		}
		return nil
	}
}
