"""What stands on the receipt of a sending, in the language of whoever reads it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from darbaza.accounts.types import Actor
from darbaza.kernel import ids
from darbaza.kernel.decisions import Decision
from darbaza.pages import dates, grounds, papers
from darbaza.pages.requests import Request
from darbaza.pages.templatetags.pages import kilograms
from darbaza.parcels import selectors, services
from darbaza.parcels.models import Bag, Line, Sending
from darbaza.sites import selectors as sites

LANGUAGES = ("ky", "ru", "en")
SIZES = ("a5", "80mm")


def counted_receipt(
    sending_id: UUID, size: str, *, address: str, by: Actor, at: datetime
) -> dict[str, Any]:
    """Return the receipt of a sending as data of its sheet; the print is counted.

    Args:
        sending_id: The sending.
        size: What the printer takes.
        address: Where the sender can see the state; stands in the code.
        by: The officer.
        at: Now.

    Raises:
        NotFound: No such sending in the actor's institution.
    """
    copy = services.note_printed(sending_id, by=by, at=at)
    row = selectors.sending(sending_id, by=by)
    return receipt(row, size, copy=copy, address=address, by=by, at=at)


def state_address(request: Request, sending_id: UUID) -> str:
    """Return what the code of a receipt says: where its sender sees the state.

    Number and code stand behind the #: no browser sends that part, so no record of
    addresses anywhere holds them.

    Raises:
        NotFound: No such sending for this actor.
    """
    row = selectors.sending(sending_id, by=request.actor)
    given = {"number": row.reference, "code": row.secret}
    try:
        page = request.build_absolute_uri(reverse("parcels:state"))
    except NoReverseMatch:
        page = ""
    return f"{page}#{urlencode(given)}"


def receipt(
    row: Sending, size: str, *, copy: int, address: str, by: Actor, at: datetime
) -> dict[str, Any]:
    """Return the receipt: what was taken, what goes back and why, what to do next.

    The prisoner is not named: the paper must not tell strangers who is held where.
    """
    house = sites.institution(row.institution_id, by=by)
    bags = list(row.bags.all())
    language = row.language if row.language in LANGUAGES else LANGUAGES[0]
    with translation.override(language):
        refused = row.status == Sending.Status.REFUSED
        return {
            "language": language,
            "size": size if size in SIZES else SIZES[0],
            "institution": str(house.name),
            "printed": dates.moment(at),
            "title": _("Not taken in") if refused else _("Receipt"),
            "number": row.reference,
            "copy": _("copy %(n)s") % {"n": copy} if copy > 1 else "",
            "rows": _rows(row, refused=refused),
            "qr": papers.qr(address),
            "secret": ids.spoken(row.secret),
            "secret_label": _("Code"),
            "tables": [
                _table(_("Taken in"), _lines(bags, Bag.Part.GOODS)),
                _table(
                    _("Given back to you"), _lines(bags, Bag.Part.BACK), reasons=True
                ),
                _table(_("Kept, a protocol follows"), _lines(bags, Bag.Part.KEPT)),
            ],
            "reasons_title": _("Why"),
            "reasons": _reasons(row, bags),
            "notes": _notes(refused=refused),
            "signatures": [
                _("Officer: %(name)s") % {"name": row.registered_by},
                _("Sender: received what goes back"),
            ],
            "foot": _(
                "With number and code you can ask what became of it. Keep this paper."
            ),
        }


def _rows(row: Sending, *, refused: bool) -> list[list[str]]:
    channel = str(row.get_channel_display())
    rows = [
        [_("Day and time"), dates.moment(row.handed_in_at)],
        [_("How it came"), channel[:1].upper() + channel[1:]],
        [_("Sender"), row.sent_by],
    ]
    if not refused:
        rows.append([_("Weight"), kilograms(row.grams)])
    last = row.corrections.order_by("-number").first()
    if last:
        rows.append([_("Corrected"), dates.moment(last.at)])
    return rows


def _lines(bags: Iterable[Bag], part: str) -> list[Line]:
    """Return the lines of one part in order, however many bags it lies in."""
    found = [line for bag in bags if bag.part == part for line in bag.lines.all()]
    return sorted(found, key=lambda line: line.position)


def _table(title: str, lines: list[Line], *, reasons: bool = False) -> dict[str, Any]:
    return {
        "title": title,
        "lines": [
            [
                f"{line.position}.",
                goods(line),
                str(line.quantity),
                kilograms(line.grams),
            ]
            for line in lines
        ],
        "signed": reasons and bool(lines),
    }


def goods(line: Line) -> str:
    """Return what a line is called."""
    return f"{line.item.name} {line.words}".strip()


def _reasons(row: Sending, bags: Iterable[Bag]) -> list[str]:
    """Return the kind words of what stood against it, each once."""
    found = list(Decision.of_facts(row.grounds).blocking)
    for bag in bags:
        for line in bag.lines.all():
            found += Decision.of_facts(line.grounds).blocking
    words = (grounds.family(ground) for ground in found)
    return list(dict.fromkeys(text for text in words if text))


def _notes(*, refused: bool) -> list[str]:
    if refused:
        return [
            _("Ask the officer for the next possible day."),
            _("If you do not agree you may complain in writing, free of charge."),
        ]
    return [
        _("It is inspected before it is handed over."),
        _("If you do not agree you may complain in writing, free of charge."),
    ]
