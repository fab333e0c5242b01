package trial

import (
	"fmt"

	"kawu/kit/ident"
	"kawu/kit/idno"
)

// Number is the identity number of the i-th synthetic person, for i below 70,000: Beijing Xicheng,
// born on the first of January, with a right check character.
func Number(i int) string {
	body := fmt.Sprintf("110102%04d0101%03d", 1930+i/1000, i%1000)
	return body + string(idno.Check(body))
}

// Name is a synthetic name.
func Name(i int) string {
	const family, given = "赵钱孙李周吴郑王", "安宁清和明远知行"
	f, g := []rune(family), []rune(given)
	return string([]rune{f[i%8], g[i/8%8], g[i/64%8]})
}

// Mobile is a mobile number of nobody.
func Mobile(i int) string { return fmt.Sprintf("139%08d", i) }

// Card is a social security card number with its check character.
func Card(i int) string {
	body := fmt.Sprintf("BA%06d", i)
	return body + string(ident.CardCheck(body))
}

// BankCard is a bank card number with its check digit.
func BankCard(i int) string {
	body := fmt.Sprintf("623099%012d", i)
	return body + string(ident.LuhnDigit(body))
}
