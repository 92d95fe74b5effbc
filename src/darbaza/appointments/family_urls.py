"""Addresses of the family's pages: open to everybody, a code opens the rest."""

from django.urls import URLPattern, URLResolver, path

from darbaza.appointments.views import family, family_booking

app_name = "family"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", family.start, name="start"),
    path("code/", family.code, name="code"),
    path("finish/", family.finish, name="finish"),
    path("ask/", family.ask, name="ask"),
    path("mine/", family.mine, name="mine"),
    path("book/<slug:kind>/", family_booking.days, name="days"),
    path("book/<slug:kind>/times/", family_booking.times, name="times"),
    path("book/<slug:kind>/wait/", family_booking.wait, name="wait"),
    path("confirm/<uuid:hold_id>/", family_booking.confirm, name="confirm"),
    path("<uuid:appointment_id>/", family_booking.shown, name="shown"),
    path("<uuid:appointment_id>/cancel/", family_booking.cancel, name="cancel"),
    path("<uuid:appointment_id>/calendar.ics", family_booking.calendar, name="ics"),
]
