"""Small papers of the window: the receipt for belongings, where money is paid."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from darbaza.accounts.types import Actor
from darbaza.gate import sheets, texts
from darbaza.pages import dates, papers
from darbaza.sites import selectors as sites


def belongings(row: Any, wanted: str, size: str, *, by: Actor) -> dict[str, Any]:
    """Return receipt and tag of a deposit as data of its sheet.

    The receipt goes with the visitor, the tag onto the bag or into the locker. In the
    wanted language, or the visitor's own.
    """
    own = row.visitor.person.language if row.visitor else by.language
    language = sheets.language_of(wanted, sheets.language_of(own))
    house = sites.institution(row.institution_id, by=by)
    with translation.override(language):
        place = row.locker.label if row.locker else _("beside the window")
        return {
            "language": language,
            "size": sheets.size_of(size),
            "institution": str(house.name),
            "printed": dates.moment(row.taken_at),
            "title": _("Receipt for belongings"),
            "tag_label": _("Tag"),
            "tag": row.tag,
            "qr": papers.qr(row.tag),
            "name": row.name,
            "things": [texts.line(one) for one in row.belongings.all()],
            "rows": [[_("Locker"), str(place)], [_("Taken by"), row.taken_by]],
            "notes": [
                _("Show this receipt to have everything back when you leave."),
                _("Receipt lost? Show your document; you will be helped."),
                _("Money in a purse is counted neither by you nor by us."),
            ],
            "signature": _("Signature of the visitor"),
            "stub": _("For the locker or the bag"),
        }


def money(wanted: str, size: str, *, by: Actor) -> dict[str, Any]:
    """Return where money is paid as data of its sheet, in the family's language."""
    house = sites.institution(by.institution_id, by=by)
    language = sheets.language_of(wanted, sheets.language_of(by.language))
    with translation.override(language):
        return {
            "language": language,
            "size": sheets.size_of(size),
            "institution": str(house.name),
            "title": _("Money is not taken at this window"),
            "where": house.money_paid_to,
            "honest": ""
            if house.money_paid_to
            else _(
                "Money is not taken at this window. Ask the accounts office how to pay."
            ),
            "where_label": _("Where to pay"),
            "notes": [
                _("Nobody at the gate may take money from you: give it to no officer."),
                _("Ask for a receipt wherever you pay."),
            ],
            "rows": [[_("Address"), house.address or "–"],
                     [_("Telephone"), house.phone or "–"]],
        }  # fmt: skip
