// Package hire is how somebody becomes a member of staff, and stops being one (人员登记), and how an
// outlet is entered where clerks work.
//
// Two members of the centre's staff agree to every newcomer and to every end. An installation begins
// without anybody: the first is named by whoever has the machine, the second by the machine's owner
// and the first together; the trail says so. It does not own passwords and sessions (domain/access),
// or how the two prove who they are (flow/signin).
package hire
