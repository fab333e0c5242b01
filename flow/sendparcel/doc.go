// Package sendparcel mails finished cards and follows the parcels (邮寄).
//
// Book hands a bank's finished cards that are to be mailed over to its courier; Track takes the
// courier's scans: collected, delivered, failed, returned. The card's custody moves with the scans.
// A parcel that comes back waits at the outlet chosen as fall-back, and the citizen is told (SH-61).
// A scan for a waybill that nobody booked is listed.
package sendparcel
