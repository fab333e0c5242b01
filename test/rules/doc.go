// Package rules holds the four cities' notices as scenarios that an official can read and the program
// must pass: Gherkin in Chinese, each scenario tagged with the ids of the rules it proves.
//
// Scenarios about decisions ask the book of policy. Those tagged @house run in a whole house with
// simulated partners, on both engines. Those tagged @shown prove that a rule's text reaches people.
// Those tagged @later are written out for matters that are not built yet; they are skipped and
// counted, and nothing stands in for them. docs/rules.md is generated from all of them.
package rules
