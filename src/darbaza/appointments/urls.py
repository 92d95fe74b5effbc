"""Addresses of appointments for staff; families have their own (``family_urls``)."""

from django.urls import URLPattern, URLResolver, path

from darbaza.appointments.views import (
    centre,
    codes,
    days,
    files,
    messages,
    planning,
    reviews,
    waiting,
)

app_name = "appointments"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", days.day, name="day"),
    path("file/", files.day, name="day_file"),
    path("waiting/", waiting.waiting, name="waiting"),
    path("waiting/<uuid:waiting_id>/", waiting.take_off, name="take_off"),
    path("plan/", planning.plan, name="plan"),
    path("plan/hours/", planning.hours, name="hours"),
    path("plan/hours/<uuid:hand_in_id>/end/", planning.end_hours, name="hours_end"),
    path("codes/<uuid:prisoner_id>/", codes.codes, name="codes"),
    path("codes/<uuid:prisoner_id>/<uuid:person_id>/", codes.give, name="give"),
    path("code/<uuid:access_id>/", codes.given, name="given"),
    path("code/<uuid:access_id>/revoke/", codes.revoke, name="revoke"),
    path("code/<uuid:access_id>/book/", codes.book, name="book"),
    path("centre/", centre.look_up, name="centre"),
    path("centre/<uuid:appointment_id>/", centre.served, name="served"),
    path("centre/<uuid:appointment_id>/move/", centre.moved, name="served_move"),
    path("centre/asks/<uuid:ask_id>/", centre.answered, name="answered"),
    path("messages/", messages.outbox, name="messages"),
    path("messages/again/", messages.again, name="messages_again"),
    path("messages/test/", messages.test, name="message_test"),
    path("messages/calls/", messages.calls, name="calls"),
    path("messages/calls/told/", messages.tell, name="calls_told"),
    path("messages/calls/paper/", messages.print_calls, name="calls_paper"),
    path("second-looks/", reviews.reviews, name="reviews"),
    path("second-looks/check/", reviews.check_now, name="recheck"),
    path("second-looks/progress/", reviews.progress, name="recheck_progress"),
    path("second-looks/<uuid:review_id>/", reviews.review, name="review"),
    path("<uuid:appointment_id>/", days.appointment, name="appointment"),
    path("<uuid:appointment_id>/cancel/", days.cancel, name="cancel"),
    path("<uuid:appointment_id>/move/", days.move, name="move"),
]
