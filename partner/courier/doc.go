// Package courier books parcels with the courier (邮政快递) and brings its scans back.
//
// It owns: the courier's words (operation, signature and failure codes) and their translation into
// parcel's. It does not own: what a failed delivery leads to, or which scan was seen before
// (domain/parcel, domain/exchange).
//
// The courier sends scans in files; every scan has a number of its own, and the file has the last.
package courier
