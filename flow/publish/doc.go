// Package publish is how a city's policy changes at run time (政策版本发布): one person proposes an
// edition, another agrees, and from its first day new cases are decided by it.
//
// Nothing takes effect before the second person has agreed. What is proposed and what is agreed to is
// checked each time against the book in force at that moment, and everything wrong is named at once
// with file, line and key. A case keeps the edition it was filed under, so an edition may not begin
// on a day on which open cases were filed already, and may not take the id of one that cases keep.
package publish
