// Package web is the common room of all portals: what every page needs and no page decides.
//
// It owns the design system (tokens, styles, icons, the few lines of script), the layout templates
// and components, typed views, forms, the pages of faults, signing in, preferences by cookie,
// security headers and the request log. It does not own any page of a portal, any session or
// user (app gives it a Visitor per request) and it never touches the database.
//
// Invariants: a page is rendered whole or not at all; every template has exactly one Go type;
// every word on a page comes from kit/wording; no page needs the script to work; nothing personal
// is logged.
package web
