package staff_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"kawu/app"
	"kawu/domain/audit"
)

// lookAtNames: the console lists masked names, shows one in plain as it will be printed to an officer
// only, and notes it; a doubt is an exception whose one thing to do brings the name back.
func lookAtNames(t *testing.T, s *stand) {
	if !app.Printable("𫖶") {
		t.Skip("fonts are missing: Debian packages fonts-noto-cjk fonts-babelstone-han")
	}
	officer, auditor := s.as("centre"), s.as("auditor")
	list := officer.get("/centre/faces").want(t, http.StatusOK, "待核对", "𫖶*禾").body
	path := regexp.MustCompile(`/centre/faces/app_[0-9A-Z]+`).FindString(list)
	if path == "" || strings.Contains(list, "𫖶小禾") {
		t.Fatal("no name to look at, or one in plain")
	}
	if page := auditor.get("/centre/faces").want(t, http.StatusOK).body; strings.Contains(page, path) {
		t.Error("an auditor is led to a name in plain")
	}
	auditor.get(path).want(t, http.StatusForbidden)
	auditor.post(path, "do", "right").want(t, http.StatusForbidden)
	shown := func() (n int) {
		lines, err := audit.About(ctx, s.house.Store, strings.TrimPrefix(path, "/centre/faces/"), 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			if l.Act == "face.show" && l.Actor == "stf_centre" {
				n++
			}
		}
		return n
	}
	before := shown()
	officer.get(path).want(t, http.StatusOK, "𫖶小禾", "2B5B6", "BabelStoneHan", `<svg xmlns`, `value="right"`)
	if shown() != before+1 {
		t.Error("the look is not in the trail")
	}
	officer.post(path, "do", "maybe").want(t, http.StatusUnprocessableEntity)
	officer.post(path, "do", "wrong").want(t, http.StatusUnprocessableEntity, "没有说明字样哪里不对")
	officer.get("/centre/faces/app_none").want(t, http.StatusNotFound)
	officer.post(path, "do", "wrong", "why", "face_glyph", "once", "n1").want(t, http.StatusSeeOther)
	officer.post(path, "do", "wrong", "why", "face_glyph", "once", "n1").want(t, http.StatusSeeOther) // a double click
	officer.get("/centre/faces?state=wrong").want(t, http.StatusOK, path, "字形不对")
	officer.post(path, "do", "right").want(t, http.StatusUnprocessableEntity, "现在不能办理")
	page := officer.get("/centre/exceptions?type=face_held").want(t, http.StatusOK, "姓名字样未通过核对", "重新送核对").body
	id := regexp.MustCompile(`/centre/exceptions/(trb_[0-9A-Z]+)`).FindStringSubmatch(page)
	officer.post("/centre/exceptions/"+id[1], "do", "look").want(t, http.StatusSeeOther)
	officer.get(path).want(t, http.StatusOK, `value="right"`)
	officer.post(path, "do", "right", "once", "n2").want(t, http.StatusSeeOther)
	if list := officer.get("/centre/faces").want(t, http.StatusOK).body; strings.Contains(list, path) {
		t.Error("a name that was found right still waits")
	}
}
