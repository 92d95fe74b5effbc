"""Addresses of appointments for staff, under ``/appointments/``."""

from django.urls import path

from darbaza.appointments.views import messages, reviews

app_name = "appointments"
urlpatterns = [
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
]
