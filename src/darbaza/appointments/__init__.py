"""Appointments: arrival slots of visits and packages, and what families are told."""
