"""The queue in templates: the bar above the desk, words of states and stages."""

from typing import Any

from django import template

from darbaza.accounts.permissions import Permission
from darbaza.gate import texts
from darbaza.gate.queueing import Step
from darbaza.gate.views import queue
from darbaza.gate.waits import Stage
from darbaza.pages import figures

register = template.Library()


@register.inclusion_tag("gate/queue/_desk_bar.html", takes_context=True)
def queue_bar(context: dict[str, Any]) -> dict[str, Any]:
    """Draw the bar of the queue; nothing for who may not call."""
    request = context["request"]
    if not request.actor.may(Permission.QUEUE_CALL):
        return {"request": request}
    return queue.bar_context(request) | {
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def step_word(step: str) -> str:
    """Say what happened to a number."""
    return str(texts.queue.STEPS[Step(step)])


@register.filter
def stage_word(stage: str) -> str:
    """Say a part of the way through the entrance."""
    return str(texts.queue.STAGES[Stage(stage)])


@register.filter
def minutes(value: Any) -> str:
    """Say minutes with one decimal, a dash for none."""
    known = isinstance(value, int | float)
    return figures.tenths(value) if known else "–"
