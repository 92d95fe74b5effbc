"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from darbaza.appointments.views import codes, days, planning

app_name = "appointments"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", days.day, name="day"),
    path("plan/", planning.plan, name="plan"),
    path("plan/hours/", planning.hours, name="hours"),
    path("plan/hours/<uuid:hand_in_id>/end/", planning.end_hours, name="hours_end"),
    path("codes/<uuid:prisoner_id>/", codes.codes, name="codes"),
    path("codes/<uuid:prisoner_id>/<uuid:person_id>/", codes.give, name="give"),
    path("code/<uuid:access_id>/revoke/", codes.revoke, name="revoke"),
    path("code/<uuid:access_id>/book/", codes.book, name="book"),
    path("<uuid:appointment_id>/", days.appointment, name="appointment"),
    path("<uuid:appointment_id>/cancel/", days.cancel, name="cancel"),
    path("<uuid:appointment_id>/move/", days.move, name="move"),
]
