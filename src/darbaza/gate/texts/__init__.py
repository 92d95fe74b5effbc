"""What people read at the gate: refusals of a step, findings about a document."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from darbaza.gate.texts import control, queue
from darbaza.gate.texts.control import (
    CATEGORIES,
    FIGURES,
    GROUPS,
    category,
    figure,
    group,
    line,
    listed,
)
from darbaza.pages import grounds
from darbaza.pages.grounds import Text

__all__ = [
    "CATEGORIES",
    "FIGURES",
    "GROUPS",
    "category",
    "figure",
    "group",
    "line",
    "listed",
]


def _officer(words: Mapping[str, Promise], next_step: str | Promise = "") -> Any:
    return {code: Text(officer=text, family="", next_step=next_step)
            for code, text in words.items()}  # fmt: skip


DESK: dict[str, Text] = _officer(
    {
        "vouch_wrong_password": _(
            "Name or password of the colleague are wrong. Nothing was set aside."
        ),
        "vouch_locked_out": _(
            "Too many wrong passwords: this name is locked for a quarter of an hour."
            " Nothing was set aside."
        ),
        "vouch_no_role_here": _(
            "This colleague has no role at this institution. Nothing was set aside."
        ),
        "rank_too_low": _(
            "The rank does not reach for this ground. Nothing was set aside."
        ),
        "draft_done": _(
            "This party was finished already; what was registered stands. Here is an"
            " empty desk."
        ),
        "scan_unreadable": _(
            "The reader sent something that is no travel document. Nothing was lost:"
            " scan once more, or type (F3)."
        ),
        "scan_several": _(
            "Lines of two documents came together, and no check digit tells whose name"
            " belongs to which number. Nothing was taken: swipe one document, then the"
            " other."
        ),
        "scan_too_long": _(
            "The reader sent far more than a document holds. Nothing was lost: scan"
            " once more, or type (F3)."
        ),
        "part_unknown": _("This part of a visit does not exist."),
        "paper_unknown": _("This kind of paper does not exist."),
        "visit_kind_unknown": _("This kind of visit does not exist."),
        "question_answered": _("This question was answered already."),
        "booked_visit_stands": _(
            "Place and time of a booked visit stand. Choose the prisoner anew for a"
            " visit without the booking."
        ),
        "nothing_to_set_aside": _("Tick the ground that is to be set aside."),
        "ground_stands": _("Nobody may set this ground aside."),
        "party_incomplete": _(
            "Something is missing: a lead visitor and a prisoner are needed."
        ),
        "question_open": _("Answer the question about the document first."),
        "nothing_to_refuse": _(
            "Nothing stands against this visit, so it cannot be refused."
        ),
        "decision_changed": _(
            "The decision has changed since you saw it. Nothing was registered: look"
            " at it again."
        ),
        "sending_incomplete": _(
            "Something is missing: a sender and a prisoner are needed."
        ),
        "nothing_to_repeat": _("Nothing of this sender went in here before."),
        "bundle_unknown": _("There is no such bundle."),
        "channel_unknown": _("There is no such way of sending."),
        "line_unknown": _("There is no such line."),
        "desk_not_open": _("No page is open at this post; nothing was delivered."),
        "scan_too_old": _(
            "This was read more than %(seconds)s seconds ago; nothing was delivered."
        ),
        "nothing_delivered": _("Neither text nor a picture came."),
        "image_not_base64": _("The picture is not in base64."),
        "prisoner_not_found": _(
            "No prisoner of this name or number is held here. Try the number, or the"
            " name in another script."
        ),
    }
)

PICTURE: Mapping[str, Promise] = {
    "no_zone": _("No machine-readable zone was found in the picture."),
    "check_failed": _(
        "The zone in the picture is damaged: its check digits do not fit."
    ),
    "ambiguous": _("The zone in the picture can be read in more than one way."),
    "impossible_date": _("The zone in the picture holds a date that cannot be."),
    "several_documents": _("There are several documents in the picture."),
    "not_an_image": _("This file is no picture that can be read."),
    "too_many_bytes": _("The picture is larger than 25 MB."),
    "too_many_pixels": _("The picture has too many pixels."),
    "too_small": _("The picture is too small to be read."),
    "busy": _("Too many pictures are being read at once."),
    "timeout": _("Reading the picture took too long."),
    "crashed": _("The picture could not be read."),
    "engine_missing": _("Reading of pictures is not installed on this server."),
}
"""Why nothing was read from a picture, by code."""

UNREADABLE = _("%(why)s Nothing was lost: try another picture, scan, or type (F3).")

FINDINGS: Mapping[str, Any] = {
    "expired": ngettext_lazy(
        "The document expired %(days)s day ago.",
        "The document expired %(days)s days ago.",
        "days",
    ),
    "expires_soon": ngettext_lazy(
        "The document expires in %(days)s day.",
        "The document expires in %(days)s days.",
        "days",
    ),
    "not_yet_valid": _("The document is not valid yet."),
    "unknown_issuer": _(
        "The issuing State is not known: look at the document with care."
    ),
    "damaged": _("The zone is damaged or was repaired: compare every line."),
    "personal_number_differs": _(
        "The personal number does not agree with sex or date of birth."
    ),
}
"""What is odd about a document, as the officer reads it at once."""

FIELDS: Mapping[str, Promise] = {
    "document_number": _("document number"),
    "birth_date": _("date of birth"),
    "expiry_date": _("date of expiry"),
    "sex": _("sex"),
    "names": _("names"),
    "surname": _("surname"),
    "given_names": _("given names"),
    "nationality": _("nationality"),
    "issuer": _("issuing State"),
    "optional1": _("optional field"),
    "optional2": _("second optional field"),
    "personal_number": _("personal number"),
    "document_code": _("kind of document"),
    "composite": _("check digit of the whole zone"),
}
"""Fields of a zone, for what was repaired."""

REASONS: Mapping[str, Promise] = {
    "same_document": _("same document"),
    "personal_number_same": _("same personal number"),
    "personal_number_differs": _("other personal number"),
    "name_same": _("same name"),
    "name_alike": _("similar name"),
    "name_differs": _("other name"),
    "begins_with": _("name begins so"),
    "birth_date_same": _("same date of birth"),
    "birth_date_turned": _("day and month of birth turned round"),
    "birth_date_differs": _("other date of birth"),
    "sex_differs": _("other sex"),
    "order_turned": _("words in another order"),
}
"""Why somebody is offered as known."""

PAPERS: Mapping[str, Promise] = {
    "": _("no further paper"),
    "birth_certificate": _("birth certificate"),
    "lawyer_licence": _("lawyer's licence"),
    "warrant": _("warrant"),
    "service_card": _("service card"),
    "letter": _("official letter"),
}

PARTS: Mapping[str, Promise] = {
    "lead": _("lead visitor"),
    "adult": _("adult"),
    "child": _("child"),
}

INNER: dict[str, Text] = {
    "pass_code_forged": Text(
        _("This is no pass of ours: the signature of its code does not fit."),
        "",
        _("Scan again. If it stays so, keep the pass and call the supervisor."),
    ),
    "pass_unknown": Text(
        _("This pass was not made at this institution."),
        "",
        _("Ask where it comes from, and call the supervisor."),
    ),
    "pass_lost": Text(
        _("This pass was reported as lost and opens nothing."),
        "",
        _("Keep it. Whoever carries it must be compared with the photograph."),
    ),
    "pass_returned": Text(
        _("This pass was given back already: its bearer has left."),
        "",
        _("Keep it. To come in again, register again."),
    ),
    "pass_void": Text(_("This pass is not valid any more."), "", ""),
    "pass_not_valid": Text(_("This pass is not valid any more."), "", ""),
    "pass_none_valid": Text(
        _("This visit has no valid pass to print."),
        "",
        _("Only visitors who may come in, or are inside, have one."),
    ),
}

EVENTS: Mapping[str, Promise] = {
    "gate.passes_issued": _("Passes made"),
    "gate.pass_printed": _("Pass printed"),
    "gate.pass_lost": _("Pass lost and replaced"),
    "gate.code_refused": _("Code of a pass refused"),
    "gate.shift_reported": _("Shift reported"),
    "gate.evacuation_listed": _("Evacuation list taken"),
    "gate.exported": _("List of the gate taken as a file"),
    "gate.ground_set_aside": _("Ground set aside"),
    "gate.other_person": _("Another person showed a pass"),
    "gate.left_without_pass": _("Let out without a pass"),
    "visit.refusal_printed": _("Refusal printed"),
    **control.EVENTS,
    **queue.EVENTS,
}
"""The gate's events in the record."""

TEXTS: dict[str, Text] = {**DESK, **INNER, **control.TEXTS, **queue.TEXTS}


def finding(code: str, days: int | None) -> str:
    """Return a finding about a document in words."""
    words = FINDINGS.get(code)
    return str(words % {"days": days or 0}) if words else code


def unreadable(reason: str) -> str:
    """Return why a picture gave nothing, what was kept, what to do."""
    return str(UNREADABLE % {"why": PICTURE.get(reason, PICTURE["no_zone"])})


def ground(code: str) -> str:
    """Return the words of a ground up to its first figure, for lists and counts."""
    text = grounds.known().get(code)
    words = str(text.officer).split("%")[0].rstrip(" :(,") if text else ""
    return words or code
