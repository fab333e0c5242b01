package pages

import (
	"kawu/channel/counter"
	"kawu/channel/web"
	"kawu/kit/fault"
	"kawu/kit/wording"
)

// portraitAt is where the gallery has a portrait of nobody.
const portraitAt = "/counter/photos/pho_1/picture"

// photoFinding is what the check says, in the page's language.
func photoFinding(l wording.Lang, code string, args ...any) counter.Finding {
	f := fault.New(fault.Refused, code, code, args...)
	return counter.Finding{Code: code, What: wording.What(l, f), Do: wording.Do(l, f)}
}

func photoRows(l wording.Lang) []counter.PhotoRow {
	why := func(code string, args ...any) string { return photoFinding(l, code, args...).What }
	return []counter.PhotoRow{
		{ID: "pho_1", Name: "林*遥", Masked: "110***********2046", Source: "counter.photo.from.id_card", Why: []string{why("photo.background", "white", 12, "wanted", 95)}, Since: at(3, 5, 10, 31), Href: "/counter/photos/pho_1"},
		{ID: "pho_2", Name: "阿****·买**", Masked: "110***********4510", Source: "counter.photo.from.upload", Why: []string{why("photo.dark"), why("photo.blurred")}, Since: at(3, 5, 11, 2), Href: "/counter/photos/pho_2"},
		{ID: "pho_3", Name: "㛃**", Masked: "110***********0020", Source: "counter.photo.from.id_card", Why: []string{why("takephoto.none")}, Since: at(3, 4, 9, 10), Href: "/counter/photos/pho_3"},
	}
}

func photos(change func(*counter.Photos)) func(Case) error {
	return func(c Case) error {
		p := c.page(web.PortalCounter, "counter.photos")
		x := counter.Photos{Page: p, Frame: bench("photos"), Wait: photoRows(p.Lang)[:2], Need: photoRows(p.Lang)[2:], MaxMB: 15,
			Pager: web.Pager{Page: 1, Size: 50, Total: 3, Base: "/counter/photos"}}
		x.Frame.Photos = 2
		change(&x)
		return counter.PhotosView.Form(c.w, x.Page, x)
	}
}

func onePhoto(change func(*counter.Photo)) func(Case) error {
	return func(c Case) error {
		p := c.page(web.PortalCounter, "counter.photo")
		x := counter.Photo{Page: p, Frame: bench("photos"), PhotoRow: photoRows(p.Lang)[0], Picture: portraitAt, Waits: true, MaxMB: 15,
			State: web.Tag{Tone: web.Watch, Said: web.Say("counter.photo.state.waiting")},
			Found: []counter.Finding{photoFinding(p.Lang, "photo.background", "white", 12, "wanted", 95), photoFinding(p.Lang, "photo.dark")}}
		change(&x)
		return counter.PhotoView.Form(c.w, x.Page, x)
	}
}

var counterPhotos = []Sample{
	{"/counter/photos", "photos", photos(func(*counter.Photos) {})},
	{"/counter/photos~none", "photos", photos(func(x *counter.Photos) { x.Wait, x.Need, x.Pager.Total = nil, nil, 0 })},
	{"/counter/photos~wrong", "photos", photos(func(x *counter.Photos) {
		x.Page = wrong(x.Page, "number", "证件号码末位校验不符，请对照身份证", "file", "文件超过 15 MB。请换一张小一些的照片。")
		x.Number = "110102199203054511"
	})},
	{"/counter/photos/pho_1", "photo", onePhoto(func(*counter.Photo) {})},
	{"/counter/photos/pho_1~wrong", "photo", onePhoto(func(x *counter.Photo) {
		x.Page = wrong(x.Page, "overruled", "还有一项没有确认。请看过照片后逐项勾选。")
		x.Found[0].Ticked = true
	})},
	{"/counter/photos/pho_2", "photo", onePhoto(func(x *counter.Photo) { x.PhotoRow = photoRows(x.Lang)[1] })},
	{"/counter/photos/pho_3", "photo", onePhoto(func(x *counter.Photo) {
		x.PhotoRow, x.Picture, x.Waits, x.Needs = photoRows(x.Lang)[2], "", false, true
		x.State = web.Tag{Tone: web.Bad, Said: web.Say("counter.photo.state.refused")}
		x.Found = []counter.Finding{photoFinding(x.Lang, "takephoto.none")}
	})},
}
