// Package sim is a courier that behaves: it collects a parcel at ten on the next day, takes it out
// for delivery at half past eight on the day after and has delivered it by three in the afternoon, or
// has failed for a reason and brings it back to the sender three days later.
//
// It takes no parcel without an addressee, an address or a mobile number, and gives a parcel that is
// booked again its first waybill. One for the addressee's own hand is signed for by nobody else,
// unless it is told so.
package sim
