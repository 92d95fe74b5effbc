"""Words for codes where a page shows them without their figures."""

from typing import Any

from darbaza.pages import grounds
from darbaza.visits.models import Visit
from darbaza.visits.texts import history as words
from darbaza.visits.texts.titles import title


def entry(event: Any) -> dict[str, Any]:
    """Return one event of the record as ``pages/_history.html`` shows it."""
    facts = event.facts
    return {
        "what": words.EVENTS.get(event.type, event.type),
        "at": event.at,
        "who": event.actor_name,
        "reason": facts.get("reason", ""),
        "detail": _detail(facts),
    }


def _detail(facts: dict[str, Any]) -> str:
    before, after = facts.get("before"), facts.get("after")
    if isinstance(before, dict) and isinstance(after, dict):
        return "; ".join(_pair(name, before[name], after[name]) for name in before)
    if before is not None:
        return f"{before or '–'} → {after or '–'}"
    codes = facts.get("codes") or facts.get("conflicts") or []
    return " ".join(title(code) for code in codes)


def _pair(name: str, before: Any, after: Any) -> str:
    field = Visit._meta.get_field(name)
    choices = dict(getattr(field, "flatchoices", ()))
    old, new = (choices.get(v, grounds.show(v)) for v in (before, after))
    return f"{getattr(field, 'verbose_name', name)}: {old} → {new}"
