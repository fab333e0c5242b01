package staff_test

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

var textarea = regexp.MustCompile(`(?s)<textarea[^>]*>(.*?)</textarea>`)

// One person of the centre proposes an edition, is told what is wrong and where, and cannot agree to
// it; another does; an auditor reads it all and decides nothing.
func TestAPolicyIsChangedByTwo(t *testing.T) {
	each(t, func(t *testing.T, s *stand) {
		one, two, auditor := s.as("centre"), s.as("second"), s.as("auditor")
		one.get("/centre/editions").want(t, http.StatusOK, "2024-pilot", "正在执行", "/centre/proposals/new")
		if body := auditor.get("/centre/editions").want(t, http.StatusOK, "2024-plan").body; strings.Contains(body, "/centre/proposals/new") {
			t.Error("an auditor is offered to propose")
		}
		auditor.get("/centre/proposals/new").want(t, http.StatusForbidden)
		one.get("/centre/editions/2024-pilot").want(t, http.StatusOK, "BJ-13", "由参保单位集体申领", "检查通过")
		one.get("/centre/editions/2024-nothing").want(t, http.StatusNotFound)
		one.get("/centre/editions/2024-pilot/text").want(t, http.StatusOK, "id: 2024-pilot")
		one.get("/centre/calendar").want(t, http.StatusOK, "在职人员", "限部分区", "2024年5月31日")

		text := html.UnescapeString(textarea.FindStringSubmatch(one.get("/centre/proposals/new").want(t, http.StatusOK).body)[1])
		bad := strings.Replace(text, "fee_bearer: ", "fee_bearers: ", 1)
		one.post("/centre/proposals/new", "text", bad, "note", "试试", "do", "propose").want(t, http.StatusUnprocessableEntity, "fee_bearers", "行", "正在执行的版本不受影响")
		one.post("/centre/proposals/new", "text", "", "note", "", "do", "propose").want(t, http.StatusUnprocessableEntity, "还没有内容", "请用几句话说明理由")
		text = strings.Replace(text, "days: 30", "days: 25", 1)
		one.post("/centre/proposals/new", "text", text, "do", "check").want(t, http.StatusOK, "检查通过，可以提交", "2024-pilot", "有 1 处数字或日期变了", "30日内制卡完毕", "试点时间为2024-01-31至")
		to := one.post("/centre/proposals/new", "text", text, "note", "时限缩短", "do", "propose").want(t, http.StatusSeeOther).to
		to, _, _ = strings.Cut(to, "?")

		one.get(to).want(t, http.StatusOK, "您不能自己同意", "撤回提案", "25")
		two.post("/centre/proposals/new", "text", text, "note", "再提一次", "do", "propose").want(t, http.StatusUnprocessableEntity, "已有一份提案", strings.TrimPrefix(to, "/centre/proposals/"))
		two.get(to).want(t, http.StatusOK, "有 1 处数字或日期变了", "30日内制卡完毕")
		one.post(to, "do", "approve", "read", "yes").want(t, http.StatusForbidden)
		auditor.post(to, "do", "approve", "read", "yes").want(t, http.StatusForbidden)
		two.post(to, "do", "approve").want(t, http.StatusUnprocessableEntity, "请先勾选")
		two.post(to, "do", "reject").want(t, http.StatusUnprocessableEntity, "请用几句话说明理由")
		two.post(to, "do", "approve", "read", "yes").want(t, http.StatusSeeOther)
		two.post(to, "do", "approve", "read", "yes").want(t, http.StatusConflict)
		two.get("/centre/editions").want(t, http.StatusOK, "即将生效", "edition-2024-02-")
		two.get(to).want(t, http.StatusOK, "已发布")
		auditor.get("/centre/audit").want(t, http.StatusOK, "同意发布政策版本", "提出政策版本")
	})
}
