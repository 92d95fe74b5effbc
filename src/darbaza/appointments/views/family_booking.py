"""A family books, changes and cancels: day, time, who comes, done."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.appointments.forms import family as forms
from darbaza.appointments.models import Access
from darbaza.appointments.services import family
from darbaza.appointments.types import Kind, Wish
from darbaza.appointments.views.family import with_code
from darbaza.kernel.errors import Conflict, DarbazaError, Invalid, NotFound
from darbaza.pages import grounds

AHEAD = 60
LENGTH = timedelta(hours=1)


def _kind(kind: str) -> Kind:
    try:
        return Kind(kind)
    except ValueError as error:
        raise NotFound from error


@require_GET
@with_code
def days(request: HttpRequest, access: Access, kind: str) -> HttpResponse:
    """Show the days with free times; without any, the waiting list."""
    now, what = timezone.now(), _kind(kind)
    found = family.offers(access, what, timezone.localdate(now), AHEAD, at=now)
    free = Counter(timezone.localdate(o.arrives_at) for o in found)
    context = {
        "kind": what.value,
        "days": sorted(free.items()),
        "instead": _instead(request, access),
        "form": forms.Wait(),
    }
    return render(request, "appointments/family/days.html", context)


def _instead(request: HttpRequest, access: Access) -> Any:
    """Return the appointment that is to be exchanged, or None."""
    given = request.GET.get("instead") or request.POST.get("instead", "")
    try:
        return family.appointment(access, UUID(given)) if given else None
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
@with_code
def times(request: HttpRequest, access: Access, kind: str) -> HttpResponse:
    """Show the free times of a day; a press keeps one for ten minutes."""
    now, what = timezone.now(), _kind(kind)
    instead = _instead(request, access)
    context: dict[str, Any] = {"kind": what.value}
    if request.method == "POST":
        try:
            hold = family.hold(
                access, request.POST.get("slot", ""), request_id=_sent(request), at=now
            )
        except (Conflict, Invalid) as error:
            context["trouble"] = grounds.family(error)
        else:
            answer = redirect("family:confirm", hold.pk)
            if instead is not None:
                answer["Location"] += f"?instead={instead.pk}"
            return answer
    on = _day(request.GET.get("day", ""))
    context |= {
        "on": on,
        "offers": family.offers(access, what, on, 1, at=now) if on else [],
        "instead": instead,
        "request_id": uuid4(),
    }
    status = 409 if "trouble" in context else 200
    return render(request, "appointments/family/times.html", context, status=status)


def _sent(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("request_id", ""))
    except ValueError:
        return uuid4()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
@with_code
def confirm(request: HttpRequest, access: Access, hold_id: UUID) -> HttpResponse:
    """Ask how many come (or for the list), and book."""
    now, form = timezone.now(), _sent_form(request)
    try:
        if form and (done := _done(request, access, hold_id, form, now)):
            return redirect("family:shown", done.pk)
        hold = family.held(access, hold_id, at=now)
    except (Conflict, NotFound) as error:
        trouble = {"trouble": grounds.family(error)}
        return render(request, "appointments/family/trouble.html", trouble, status=409)
    context = {
        "hold": hold,
        "form": form or _empty_form(request, hold.kind),
        "instead": _instead(request, access),
    }
    status = 422 if form else 200
    return render(request, "appointments/family/confirm.html", context, status=status)


def _sent_form(request: HttpRequest) -> Any:
    if request.method != "POST":
        return None
    shape = forms.ConfirmPackage if "list_code" in request.POST else forms.Confirm
    return shape(request.POST)


def _empty_form(request: HttpRequest, kind: str) -> Any:
    """Return the form of a kind; a list that was just made stands in it."""
    if kind == Kind.VISIT.value:
        return forms.Confirm()
    listed = request.GET.get("list", "")[: forms.LONGEST_LIST]
    return forms.ConfirmPackage(initial={"list_code": listed})


def _done(
    request: HttpRequest, access: Access, hold_id: UUID, form: Any, now: datetime
) -> Any:
    """Book, or exchange; None where something is wrong, which the form then says."""
    if not form.is_valid():
        return None
    wish = {**form.cleaned_data}
    told = {"request_id": wish.pop("request_id"), "at": now}
    instead = _instead(request, access)
    if instead is not None:
        return family.move(access, instead.pk, hold_id, **told)
    try:
        return family.book(access, hold_id, Wish(**wish), **told)
    except Invalid as error:
        field = "adults" if error.code == "party_too_large" else "list_code"
        form.add_error(field, grounds.family(error))
    return None


@require_GET
@with_code
def shown(request: HttpRequest, access: Access, appointment_id: UUID) -> HttpResponse:
    """Show one appointment: when, where, what to bring; change, cancel, keep."""
    row = family.appointment(access, appointment_id)
    context = {
        "row": row,
        "place": access.institution,
        "open": row.status == "booked" and row.arrives_at > timezone.now(),
    }
    return render(request, "appointments/family/shown.html", context)


@require_http_methods(["GET", "POST"])
@with_code
def cancel(request: HttpRequest, access: Access, appointment_id: UUID) -> HttpResponse:
    """Ask once more, then cancel."""
    row = family.appointment(access, appointment_id)
    if request.method == "POST":
        try:
            family.cancel(access, row.pk, at=timezone.now())
        except DarbazaError as error:
            context = {"trouble": grounds.family(error)}
            page = "appointments/family/trouble.html"
            return render(request, page, context, status=409)
        return redirect("family:shown", row.pk)
    return render(request, "appointments/family/cancel.html", {"row": row})


@require_POST
@with_code
def wait(request: HttpRequest, access: Access, kind: str) -> HttpResponse:
    """Put the family on the waiting list, or take it off."""
    what, now = _kind(kind), timezone.now()
    if given := request.POST.get("stop", ""):
        try:
            family.stop_waiting(access, UUID(given))
        except ValueError as error:
            raise NotFound from error
        return redirect("family:mine")
    form = forms.Wait(request.POST)
    if form.is_valid():
        first = timezone.localdate(now)
        try:
            family.wait(access, what, first, form.cleaned_data["last_day"], at=now)
        except Invalid as error:
            form.refuse(error)
        else:
            return redirect("family:mine")
    context: dict[str, Any] = {"kind": what.value, "days": [], "form": form}
    return render(request, "appointments/family/days.html", context, status=422)


@require_GET
@with_code
def calendar(
    _request: HttpRequest, access: Access, appointment_id: UUID
) -> HttpResponse:
    """Give the time as a calendar file (RFC 5545); it tells nothing of the prisoner."""
    row = family.appointment(access, appointment_id)
    begin, end = row.arrives_at, (row.visit_at or row.arrives_at) + LENGTH
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Darbaza//EN", "BEGIN:VEVENT",
        f"UID:{row.pk}@darbaza", f"DTSTAMP:{_stamp(row.booked_at)}",
        f"DTSTART:{_stamp(begin)}", f"DTEND:{_stamp(end)}",
        f"SUMMARY:{row.reference}", f"LOCATION:{_escaped(access.institution.name)}",
        "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    answer = HttpResponse("\r\n".join(lines), content_type="text/calendar")
    answer["Content-Disposition"] = f'attachment; filename="{row.reference}.ics"'
    return answer


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in ",;\\" else c for c in text)
