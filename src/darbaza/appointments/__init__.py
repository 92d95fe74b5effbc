"""Appointments of families at the entrance: slots, codes, bookings, messages."""
