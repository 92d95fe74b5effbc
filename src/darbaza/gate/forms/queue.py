"""What is typed about the queue: numbers, lanes, windows, screens, timings, reports."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms as plain
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.gate import texts
from darbaza.gate.models import Lane, Screen
from darbaza.gate.types import LaneDraft, ScreenDraft, TimingDraft
from darbaza.gate.waits import Stage
from darbaza.pages import fields
from darbaza.pages.forms import Form, Once
from darbaza.sites.types import Names

DAYS_AT_ONCE = 366
STAGES = [(stage.value, words) for stage, words in texts.queue.STAGES.items()]


class Take(Once):
    """A number that somebody asks for: at the kiosk or of an officer."""

    lane = plain.UUIDField()


class Appointment(Form):
    """The code of an appointment, as it stands on the family's paper."""

    reference = fields.Name(label=_("Code of the appointment"), max_length=20)


class Secret(Form):
    """The code that makes a browser a kiosk or a display."""

    secret = fields.Name(label=_("Code of this screen"), max_length=40)


class LaneForm(Form):
    """A lane of the queue."""

    letter = fields.Name(label=_("Letter"), max_length=2)
    kind = fields.Choice(label=_("Kind"), choices=Lane.Kind.choices)
    name_ky = fields.Name(label=_("Name in Kyrgyz"))
    name_ru = fields.Name(label=_("Name in Russian"))
    name_en = fields.Name(label=_("Name in English"))
    position = fields.Number(label=_("Place on the kiosk"), max_value=99, initial=1)
    head_start_minutes = fields.Number(
        label=_("Head start, minutes"),
        help_text=_("Queues as if it had come so much earlier; at most 120."),
        max_value=120,
        initial=0,
    )
    usual_minutes = fields.Number(
        label=_("Minutes at the window, usually"),
        min_value=1,
        max_value=240,
        initial=5,
    )
    target_minutes = fields.Number(
        label=_("Target: 95 of 100 called within, minutes"),
        min_value=1,
        max_value=480,
        initial=30,
    )
    late_return_minutes = fields.Number(
        label=_("Called three times without coming: minutes"),
        help_text=_(
            "Who comes later queues as if they had come so long before;"
            " 0 puts them at the end."
        ),
        max_value=120,
        initial=15,
    )

    def draft(self) -> LaneDraft:
        """Return what was typed."""
        data = dict(self.cleaned_data)
        names = Names(*(data.pop(f"name_{code}") for code in ("ky", "ru", "en")))
        return LaneDraft(data.pop("letter"), names=names, **data)


class Window(Form):
    """The lanes that a window serves."""

    lanes = fields.Several(label=_("Lanes"), required=False)

    def __init__(self, *args: Any, lanes: Iterable[Lane], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(row.pk), f"{row.prefix} {row.name}") for row in lanes]
        self.fields["lanes"].choices = choices  # type: ignore[attr-defined]

    def keys(self) -> list[UUID]:
        """Return the chosen lanes."""
        return [UUID(key) for key in self.cleaned_data["lanes"]]


class ScreenForm(Once):
    """A kiosk or a display."""

    name = fields.Name(label=_("Name of the screen"), max_length=80)
    kind = fields.Choice(label=_("Kind"), choices=Screen.Kind.choices)
    post = fields.Choice(label=_("Stands at"), required=False)

    def __init__(self, *args: Any, posts: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("no post")), *((str(row.pk), row.name) for row in posts)]
        self.fields["post"].choices = choices  # type: ignore[attr-defined]

    def draft(self) -> ScreenDraft:
        """Return what was typed."""
        data, post = self.cleaned_data, self.cleaned_data["post"]
        return ScreenDraft(data["name"], data["kind"], UUID(post) if post else None)


class TimingForm(Once):
    """One family timed with a stop-watch: minutes and seconds of each stage."""

    on = fields.Date(label=_("Day"), initial=timezone.localdate)
    lane = fields.Choice(label=_("Lane"))
    wait = fields.Number(
        label=_("Waited until called, seconds"), required=False, max_value=43_200
    )
    desk = fields.Number(
        label=_("At the window, seconds"), required=False, max_value=43_200
    )
    to_search = fields.Number(
        label=_("Waited after the window, seconds"), required=False, max_value=43_200
    )
    search = fields.Number(
        label=_("Search and way in, seconds"), required=False, max_value=43_200
    )

    def __init__(self, *args: Any, lanes: Iterable[Lane], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(row.pk), row.name) for row in lanes]
        self.fields["lane"].choices = choices  # type: ignore[attr-defined]

    def draft(self) -> TimingDraft:
        """Return what was typed."""
        data = self.cleaned_data
        times = {name: data[name] for name in ("wait", "desk", "to_search", "search")}
        return TimingDraft(data["on"], UUID(data["lane"]), **times)


class Report(Form):
    """The days of a report, and how it is cut."""

    first = fields.Date(label=_("From"), required=False)
    last = fields.Date(label=_("To"), required=False)
    by = fields.Choice(
        label=pgettext_lazy("report", "By"),
        choices=list(texts.queue.GROUPS.items()),
        required=False,
    )
    stage = fields.Choice(label=_("Stage"), choices=STAGES, required=False)

    def wanted(self) -> tuple[date, date, str, Stage]:
        """Return first and last day, the cut and the stage; a week unless told."""
        data = self.cleaned_data if self.is_valid() else {}
        last = data.get("last") or timezone.localdate()
        first = data.get("first") or last - timedelta(days=6)
        first = max(min(first, last), last - timedelta(days=DAYS_AT_ONCE))
        return first, last, data.get("by") or "hour", Stage(data.get("stage") or "wait")
