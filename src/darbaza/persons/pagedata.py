"""What the shared components want to know, made of our rows."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from darbaza.audit import texts as audit
from darbaza.kernel.decisions import Effect
from darbaza.pages import dates
from darbaza.persons.models import Person


def photo_url(person: Person) -> str:
    """Return the address of the newest photograph, or "" where there is none."""
    return reverse("persons:photo", args=[person.photo_id]) if person.photo_id else ""


def strip(person: Person) -> dict[str, Any]:
    """Return the strip of ``pages/_person_strip.html``."""
    facts = [
        (_("born"), dates.short(person.birth_on) if person.birth_on else ""),
        (_("sex"), person.get_sex_display() if person.sex != "X" else ""),
        (_("citizenship"), person.citizenship),
        (_("personal number"), person.personal_number or ""),
        (_("telephone"), person.phone),
    ]
    alerts = []
    if person.notice_given_at is None:
        words = _("privacy notice not yet given")
        alerts.append({"effect": Effect.WARN, "text": words})
    return {
        "name": person.name,
        "name_latin": person.name_latin if person.name_latin != person.name else "",
        "photo_url": photo_url(person),
        "facts": [{"label": label, "value": value} for label, value in facts if value],
        "alerts": alerts,
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
