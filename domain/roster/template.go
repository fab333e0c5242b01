package roster

import (
	"io"

	"kawu/kit/sheet"
)

// Template writes the roster to fill in, with the columns that Read looks for, kept as text.
func Template(w io.Writer) error {
	return sheet.Template(w, "花名册", []sheet.Field{
		{Title: Columns[colName].Names[0], Width: 20, Hint: "照身份证填写。少数民族姓名中间用“·”。"},
		{Title: Columns[colID].Names[0], Width: 24, Hint: "18 位。这一列已设为文本，请不要改格式。"},
		{Title: Columns[colMobile].Names[0], Width: 18, Hint: "本人的 11 位手机号，领卡短信发到这里。"},
	})
}
