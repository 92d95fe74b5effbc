"""What the shared components want to know, made of our rows."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from darbaza.audit import texts as audit
from darbaza.custody.models import Prisoner, Restriction, Separation
from darbaza.kernel.decisions import Effect
from darbaza.pages import dates


def strip(
    prisoner: Prisoner,
    separations: Iterable[Separation] = (),
    restrictions: Iterable[Restriction] = (),
) -> dict[str, Any]:
    """Return the strip of ``pages/_person_strip.html``."""
    person = prisoner.person
    photo = reverse("persons:photo", args=[person.photo_id]) if person.photo_id else ""
    other = person.name_latin if person.name_latin != person.name else ""
    return {
        "name": person.name,
        "name_latin": other,
        "url": reverse("custody:prisoner", args=[prisoner.pk]),
        "photo_url": photo,
        "facts": [fact for fact in _facts(prisoner) if fact["value"]],
        "alerts": _alerts(prisoner, separations, restrictions),
    }


def entries(events: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the lines of ``pages/_history.html``."""
    return [
        {
            "what": audit.text(event.type),
            "at": event.at,
            "who": event.actor_name,
            "reason": event.facts.get("reason", ""),
        }
        for event in events
    ]


def _facts(prisoner: Prisoner) -> list[dict[str, Any]]:
    person = prisoner.person
    places = (prisoner.block, prisoner.cell)
    place = f"{places[0]}-{places[1].code}" if places[1] else str(places[0] or "")
    conditions = prisoner.get_conditions_display()
    return [
        _fact(_("number"), prisoner.number),
        _fact(_("born"), dates.short(person.birth_on) if person.birth_on else ""),
        _fact(_("held in"), prisoner.institution.name, place),
        _fact(_("regime"), prisoner.get_regime_display(), conditions),
        _fact(_("case"), prisoner.get_legal_status_display(), prisoner.demanded_by),
        _fact(_("admitted"), dates.short(prisoner.admitted_on)),
        _fact(
            _("end of term"),
            dates.short(prisoner.term_ends_on) if prisoner.term_ends_on else "",
        ),
        _fact(
            _("released"),
            dates.short(prisoner.released_on) if prisoner.released_on else "",
        ),
    ]


def _fact(label: str, value: str, why: str = "") -> dict[str, str]:
    return {"label": label, "value": value, "why": why}


def _alerts(
    prisoner: Prisoner,
    separations: Iterable[Separation],
    restrictions: Iterable[Restriction],
) -> list[dict[str, Any]]:
    alerts = [(Effect.BLOCK, row.get_kind_display()) for row in separations]
    for row in restrictions:
        banned = row.kind == Restriction.Kind.BANNED
        effect = Effect.BLOCK if banned else Effect.WARN
        alerts.append((effect, row.get_kind_display()))
    if not prisoner.identity_confirmed:
        alerts.append((Effect.WARN, _("identity not confirmed")))
    return [{"effect": effect, "text": text} for effect, text in alerts]
