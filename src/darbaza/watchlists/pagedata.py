"""One pair side by side: what the record and the list say of each."""

from typing import Any

from django.utils.translation import gettext as _

from darbaza.accounts.types import Actor
from darbaza.pages import dates
from darbaza.persons import selectors as persons
from darbaza.watchlists import texts, words
from darbaza.watchlists.models import Likeness

_AGREES = {
    "names": {"name_same", "name_alike"},
    "birth": {"birth_date_same", "birth_date_turned", "birth_date_within"},
    "sex": {"sex_same"},
    "papers": {"document_same"},
    "number": {"personal_number_same"},
    "more": set(),
}


def beside(row: Likeness, *, by: Actor) -> list[dict[str, Any]]:
    """Return a line a fact: its word, both sides, and whether they agree."""
    mine, theirs = _mine(row, by), _theirs(row)
    labels = {
        "names": _("Names"),
        "birth": _("Date of birth"),
        "sex": _("Sex"),
        "papers": _("Documents"),
        "number": _("Personal number"),
        "more": _("Further"),
    }
    return [
        {
            "label": label,
            "mine": [text for text in mine[name] if text],
            "theirs": [text for text in theirs[name] if text],
            "agrees": not _AGREES[name].isdisjoint(row.reasons),
        }
        for name, label in labels.items()
    ]


def _mine(row: Likeness, by: Actor) -> dict[str, list[str]]:
    person = row.person
    papers = persons.documents(person.pk, by=by)
    return {
        "names": list(dict.fromkeys((person.name, person.name_latin))),
        "birth": [dates.short(person.birth_on)] if person.birth_on else [],
        "sex": [words.sex(person.sex)],
        "papers": [f"{one} {one.issuer}".strip() for one in papers],
        "number": [person.personal_number or ""],
        "more": [person.citizenship],
    }


def _theirs(row: Likeness) -> dict[str, list[str]]:
    listed = row.entry.listed
    return {
        "names": list(listed.names),
        "birth": [texts.born(one) for one in listed.births],
        "sex": [words.sex(listed.sex)],
        "papers": [words.paper(row.watchlist, one) for one in listed.papers],
        "number": [listed.personal_number],
        "more": [listed.remark],
    }
