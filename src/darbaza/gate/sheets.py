"""What stands on the papers for families, in the language of whoever reads them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from darbaza.accounts.types import Actor
from darbaza.entitlements import selectors as entitlements
from darbaza.gate import codes, selectors, services
from darbaza.gate.models import Pass
from darbaza.kernel.decisions import Decision, Rule
from darbaza.kernel.errors import Conflict
from darbaza.pages import dates, grounds, papers
from darbaza.sites import selectors as sites
from darbaza.visits import selectors as visits
from darbaza.visits import services as visit_services
from darbaza.visits.selectors import house as visits_house

LANGUAGES = ("ky", "ru", "en")
SIZES = ("a5", "80mm")
COMPLAINT_RULE = "visits.complaint"
COMPLAINT_DAYS = 30


def counted_passes(
    visit_id: UUID, size: str, *, by: Actor, at: datetime
) -> dict[str, Any]:
    """Return the valid passes of a visit as data of the sheet; the print is counted.

    Raises:
        NotFound: No such visit for this actor.
        Conflict: It has no valid pass.
    """
    visit = visits.visit(visit_id, by=by)
    rows = selectors.passes_of(visit_id, by=by).filter(status=Pass.Status.VALID)
    keys = list(rows.values_list("pk", flat=True))
    if not keys:
        raise Conflict("pass_none_valid")
    services.note_printed(keys, by=by, at=at)
    return {
        "language": "ky",
        "reference": visit.reference,
        "size": size_of(size),
        "passes": passes(rows.all(), visit, by=by, at=at),
    }


def counted_refusal(
    row: Any, wanted: str, *, by: Actor, at: datetime
) -> dict[str, Any]:
    """Return a refusal as data of the sheet, in the wanted or the family's language."""
    own = row.language or (row.person.language if row.person else "")
    language = language_of(wanted, language_of(own))
    copy = visit_services.note_refusal_printed(row.pk, language, by=by, at=at)
    return refusal(row, language, copy=copy, by=by, at=at)


def passes(rows: Iterable[Pass], visit: Any, *, by: Actor, at: datetime) -> list[Any]:
    """Return the passes of a visit as data for a sheet. No name stands on a pass."""
    listed = list(rows)
    house = sites.institution(visit.institution_id, by=by)
    return [
        _pass(row, visit, house, (n, len(listed)), at)
        for n, row in enumerate(listed, start=1)
    ]


def _pass(
    row: Pass, visit: Any, house: Any, place: tuple[int, int], at: datetime
) -> dict[str, Any]:
    language = language_of(row.visitor.person.language)
    with translation.override(language):
        number, of = place
        start = visit.starts_at
        rows = [
            [_("Visit"), f"{visit.reference} · {visit.get_kind_display()}"],
            [_("Day"), f"{dates.short(start)}, {dates.weekday(start)}"],
            [_("Time"), _span(visit.starts_at, visit.ends_at)],
        ]  # fmt: skip
        if visit.session:
            rows.append([_("Room"), str(visit.session.room.name)])
        if visit.seat:
            rows.append([_("Place"), str(visit.seat.label)])
        if visit.closed:
            rows.append([_("Form"), _("behind glass")])
        rows.append([_("Bearer"), str(row.visitor.get_part_display())])
        return {
            "language": language,
            "institution": str(house.name),
            "printed": dates.moment(at),
            "title": _("Visitor's pass"),
            "count": _("%(n)s of %(of)s") % {"n": number, "of": of} if of > 1 else "",
            "copy": _copy(row.prints),
            "qr": papers.qr(codes.printed(row.number)),
            "code": codes.spoken(row.number),
            "rows": rows,
            "rules": _("For your visit"),
            "notes": _visitor_rules(),
            "foot": _("The code holds a random number, nothing about you."),
        }


def _visitor_rules() -> list[str]:
    return [
        _("Keep this pass on you and show it at the inner gate, in and out."),
        _("When you leave, your face is compared with the photograph taken today."),
        _("Leave telephone, bags and whatever is not allowed at the entrance."),
        _("Children stay with their adult all the time and leave with them."),
        _("Pass lost? Tell an officer at once; you will be helped."),
        _("Give the pass back at the exit."),
    ]


def _unverified(rule: Rule | None) -> str:
    if rule and rule.verified:
        return ""
    return _("This time limit is not yet verified by the institution's lawyer.")


def refusal(
    row: Any, language: str, *, copy: int, by: Actor, at: datetime
) -> dict[str, Any]:
    """Return a refusal as told to the family: kind words, and what can be done now.

    The prisoner is not named: the paper must not tell strangers who is held where.
    """
    house = sites.institution(row.institution_id, by=by)
    on = timezone.localdate(row.at)
    rule = entitlements.rules(on, by=by).get(COMPLAINT_RULE)
    figures = visits_house.figures(COMPLAINT_RULE, on, by=by)
    days = int(figures.get("days", COMPLAINT_DAYS))
    against = Decision.of_facts(row.grounds).blocking
    with translation.override(language):
        told = [grounds.family(g) for g in against]
        return {
            "language": language,
            "institution": str(house.name),
            "printed": dates.moment(at),
            "title": _("The visit was refused"),
            "number": row.number,
            "number_label": _("Number of this refusal"),
            "copy": _copy(copy),
            "greeting": _greeting(row, on),
            "reasons_title": _("Why"),
            "grounds": list(dict.fromkeys(t for t in told if t)) or [_unsaid()],
            "next_title": _("What you can do now"),
            "next": _next_steps(),
            "complaint_title": _("If you do not agree"),
            "complaint": _complaint(house, days),
            "unverified": _unverified(rule),
            "rows": [[_("Complaints to"), house.complaints_to or str(house.name)],
                     [_("Address"), house.address or "–"],
                     [_("Telephone"), house.phone or "–"]],
            "signatures": [
                _("Officer: %(name)s") % {"name": row.by_name},
                _("Received by the visitor"),
            ],
            "foot": _(
                "This paper holds no details about the prisoner. Keep it: the number"
                " finds your refusal and your complaint."
            ),
        }  # fmt: skip


def _unsaid() -> str:
    return _("The visit is not possible today. An officer explains the reason to you.")


def _greeting(row: Any, on: date) -> str:
    figures = {"name": row.person.name if row.person else "", "day": dates.words(on)}
    if not row.person:
        return _("On %(day)s a visit could not be permitted.") % figures
    return _("%(name)s: on %(day)s your visit could not be permitted.") % figures


def _next_steps() -> list[str]:
    return [
        _("Ask the officer now to explain the reason; a supervisor can look again."),
        _("Ask for the next possible day and book a visit for it."),
        _("Bring a paper that was missing, or have a wrong entry corrected."),
    ]


def _complaint(house: Any, days: int) -> list[str]:
    lines = [
        _("You may complain in writing, in your own language, free of charge."),
        _("Write the number of this refusal on the complaint."),
        ngettext(
            "The answer comes in writing within %(days)s day of the complaint.",
            "The answer comes in writing within %(days)s days of the complaint.",
            days,
        )
        % {"days": days},
        _(
            "You may also turn to the prosecutor, the Ombudsman (Akyikatchy) or a"
            " court."
        ),
    ]
    if not house.complaints_to:
        lines.append(_("The complaint may be given to the duty officer at the gate."))
    return lines


def _copy(prints: int) -> str:
    return _("copy %(n)s") % {"n": prints} if prints > 1 else ""


def _span(start: datetime, end: datetime) -> str:
    if dates.day(start) == dates.day(end):
        return f"{dates.clock(start)}–{dates.clock(end)}"
    return f"{dates.moment(start)} – {dates.moment(end)}"


def language_of(wanted: str, fallback: str = "ky") -> str:
    """Return a language that we print in."""
    return wanted if wanted in LANGUAGES else fallback


def size_of(wanted: str) -> str:
    """Return a size that we print in."""
    return wanted if wanted in SIZES else SIZES[0]
