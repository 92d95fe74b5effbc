"""What stands on the label of a bag and on the protocol of a finding."""

from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from darbaza.accounts.types import Actor
from darbaza.pages import dates, papers
from darbaza.parcels import inspection_words as words
from darbaza.parcels import selectors
from darbaza.parcels.models import Bag, Finding
from darbaza.persons import selectors as persons
from darbaza.sites import selectors as sites

EMPTY = ""
"""What is not known stays an empty line, to be written by hand."""


def label(row: Bag, language: str, *, size: str, copy: int) -> dict[str, Any]:
    """Return a label as data of its sheet; every bag carries one."""
    with translation.override(language):
        sending = row.sending
        prisoner = sending.prisoner if sending else None
        lines = [
            str(row.get_part_display()),
            f"{prisoner.person.name} · {prisoner.number}" if prisoner else "",
            _seal(row),
            dates.moment(row.since),
        ]
        return {
            "language": language,
            "size": size,
            "qr": papers.qr(row.label),
            "code": f"{row.label[:5]} {row.label[5:]}",
            "receipt": sending.reference if sending else "",
            "perishable": _("PERISHABLE") if row.perishable else "",
            "copy": _("copy %(n)s") % {"n": copy} if copy > 1 else "",
            "lines": [line for line in lines if line],
        }


def _seal(row: Bag) -> str:
    return _("seal %(seal)s") % {"seal": row.seal} if row.seal else ""


def protocol(row: Finding, *, copy: int, by: Actor, at: datetime) -> dict[str, Any]:
    """Return the protocol of a finding as data of its sheet.

    In the language of official papers of the institution, whoever prints it.
    """
    language = row.institution.paper_language
    with translation.override(language):
        return {
            "language": language,
            "institution": str(row.institution.name),
            "printed": dates.moment(at),
            "title": _("Protocol of a finding and seizure"),
            "number": row.protocol,
            "copy": _("copy %(n)s") % {"n": copy} if copy > 1 else "",
            "parts": [
                _part(_("When, where and by whom"), _when(row)),
                _part(_("At whom"), _whom(row, by)),
                _part(_("What was found"), _what(row, by)),
                _part(_("Where it is kept"), _kept(row)),
            ],
            "explanation_title": _("What the person says about it"),
            "explanation": row.explanation,
            "earlier_title": _("Earlier attempts known then"),
            "earlier": _earlier(row, by),
            "none": _("none known"),
            "law_title": _("What the law says"),
            "law": _law(row, by),
            "rights": _(
                "The person may read this protocol, write remarks on it, refuse to"
                " sign, and receives a copy. Nobody must speak against themselves."
            ),
            "signatures": [
                _("Found by: %(name)s") % {"name": row.by_name},
                _("Second officer: %(name)s") % {"name": row.second_name},
                _("The person; or: refused to sign"),
                _("Copy received"),
            ],
            "withdrawn": _withdrawn(row),
        }


def _part(title: str, rows: list[list[str]]) -> dict[str, Any]:
    return {"title": title, "rows": rows}


def _when(row: Finding) -> list[list[str]]:
    return [
        [_("Day and time"), dates.moment(row.at)],
        [_("Institution"), str(row.institution.name)],
        [_("Address"), row.institution.address or EMPTY],
        [_("Found by"), row.by_name],
        [_("Second officer"), row.second_name],
    ]


def _whom(row: Finding, by: Actor) -> list[list[str]]:
    person, prisoner = row.person, row.prisoner
    shown = persons.documents(person.pk, by=by)[:1] if person else []
    papers_shown = [f"{one.get_kind_display()} {one.number}" for one in shown]
    return [
        [_("Surname, given names"), person.name if person else row.person_name],
        [_("Date of birth"),
         dates.short(person.birth_on) if person and person.birth_on else EMPTY],
        [_("Document"), papers_shown[0] if papers_shown else EMPTY],
        [_("Address and occupation"), EMPTY],
        [_("For whom it was meant"),
         f"{prisoner.person.name}, {prisoner.number}" if prisoner else EMPTY],
        [_("Receipt"), row.sending.reference if row.sending else EMPTY],
    ]  # fmt: skip


def _what(row: Finding, by: Actor) -> list[list[str]]:
    names = words.categories(timezone.localdate(row.at), by=by)
    return [
        [_("What it is"), str(row.get_offence_display())],
        [_("Category"), names.get(row.category, row.category)],
        [_("Description"), row.description],
        [_("Where it was hidden"), row.hidden_in or EMPTY],
    ]


def _kept(row: Finding) -> list[list[str]]:
    # As it was seized, wherever the bag has gone since.
    step = row.bag.steps.filter(to="seized").first()
    return [
        [pgettext("parcel", "Bag"), row.bag.label],
        [_("Seal"), step.seal if step else EMPTY],
        [_("Place"), step.place if step else EMPTY],
    ]


def _earlier(row: Finding, by: Actor) -> list[str]:
    """Return what was known then, each prison named in the language of the paper."""
    houses = {str(house.pk): house.name for house in sites.prisons(by=by)}
    lines = []
    for one in row.earlier:
        figures = {
            "day": dates.short(datetime.fromisoformat(one["on"])),
            "protocol": one["protocol"],
            "how": words.MATCHED[one["how"]],
        }
        line = _("%(day)s, protocol %(protocol)s (%(how)s)") % figures
        lines.append(f"{houses.get(one['institution_id'], '–')}: {line}")
    return lines


def _law(row: Finding, by: Actor) -> list[dict[str, str]]:
    sure = [one["offence"] for one in row.earlier if one["how"] != "name"]
    rules = selectors.law_of(row.offence, sure, timezone.localdate(row.at), by=by)
    mark = _("not verified by a lawyer")
    return [
        {
            "name": one["name"],
            "words": f"{one['basis']}: {one['figures']}",
            "mark": "" if one["verified"] else mark,
        }
        for one in words.said(rules)
    ]


def _withdrawn(row: Finding) -> str:
    if row.withdrawn_at is None:
        return ""
    figures = {"when": dates.moment(row.withdrawn_at), "who": row.withdrawn_by}
    return _("WITHDRAWN %(when)s, %(who)s") % figures
