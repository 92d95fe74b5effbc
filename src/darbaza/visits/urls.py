"""Addresses of this room."""

from datetime import date

from django.urls import URLPattern, URLResolver, path, register_converter

from darbaza.visits.views import (
    booking,
    calls,
    days,
    paper,
    refusals,
    review,
    single,
    timetable,
)


class Day:
    """A calendar day of this century in an address: 2026-11-22."""

    regex = r"20\d{2}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the day; a day that does not exist gives 404."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """Write the day."""
        return f"{value:%Y-%m-%d}"


register_converter(Day, "day")

app_name = "visits"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", days.today, name="today"),
    path("day/", days.today, name="day"),
    path("day/<day:on>/", days.day, name="day"),
    path("day/<day:on>/export/", days.export, name="export"),
    path("day/<day:on>/calls/", calls.calls, name="calls"),
    path("day/<day:on>/paper/", paper.book, name="paper_book"),
    path("calendar/<int:year>/<int:month>/", days.calendar, name="calendar"),
    path("<uuid:visit_id>/", single.visit, name="visit"),
    path("<uuid:visit_id>/change/<slug:name>/", single.change, name="change"),
    path("<uuid:visit_id>/call/<slug:name>/", calls.step, name="call"),
    path("<uuid:visit_id>/resolve/", review.resolve, name="resolve"),
    path("review/", review.review, name="review"),
    path("book/", booking.whom, {"purpose": "book"}, name="book_whom"),
    path("book/<uuid:prisoner_id>/", booking.book, name="book"),
    path("paper/", booking.whom, {"purpose": "enter"}, name="enter_whom"),
    path("paper/<uuid:prisoner_id>/", booking.enter, name="enter"),
    path("timetable/", timetable.week, name="timetable"),
    path("timetable/new/", timetable.template_new, name="template_new"),
    path("timetable/<uuid:template_id>/", timetable.template, name="template"),
    path(
        "timetable/<uuid:template_id>/end/",
        timetable.template_end,
        name="template_end",
    ),
    path(
        "timetable/<uuid:template_id>/<day:on>/",
        timetable.session_open,
        name="session_open",
    ),
    path("closures/", timetable.closures, name="closures"),
    path("closures/<uuid:closure_id>/reopen/", timetable.reopen, name="reopen"),
    path("sessions/new/", timetable.session_new, name="session_new"),
    path("sessions/<uuid:session_id>/", timetable.session, name="session"),
    path(
        "sessions/<uuid:session_id>/cancel/",
        timetable.session_cancel,
        name="session_cancel",
    ),
    path("overrides/", refusals.overrides, name="overrides"),
    path("refusals/", refusals.refusals, name="refusals"),
    path("refusals/<uuid:refusal_id>/", refusals.refusal, name="refusal"),
    path("complaints/", refusals.complaints, name="complaints"),
]
