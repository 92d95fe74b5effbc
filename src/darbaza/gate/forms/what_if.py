"""The figures of a what-if: every one is filled in, every one may be changed."""

import math
from collections.abc import Iterator
from typing import Any

from django import forms as plain
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from darbaza.gate import simulation
from darbaza.gate.simulation.scenario import Between
from darbaza.gate.texts import waiting as texts
from darbaza.gate.types import Recorded
from darbaza.pages import figures, forms
from darbaza.pages.fields import NARROW

FAMILIES_AT_MOST = 500
"""More make a page wait; the command takes 2,000."""
SHARES = frozenset({"parcels", "known"})
MINUTES = frozenset({"scan", "paper", "search"})
STANDARD = simulation.Scenario()


class Figure(plain.FloatField):
    """A figure with a comma or a point, shown with as few digits as say it."""

    default_error_messages = {"required": _("Give a figure.")}

    def __init__(self, *, bounds: Between, whole: bool, **kwargs: Any) -> None:
        self.whole = whole
        attrs = {**NARROW, "class": "govuk-input--width-5", "inputmode": "decimal"}
        kwargs.setdefault("widget", plain.TextInput(attrs=attrs))
        super().__init__(min_value=bounds.low, max_value=bounds.high, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show the figure with a comma."""
        return figures.shortest(value) if isinstance(value, float) else value

    def to_python(self, value: Any) -> Any:
        """Return the figure, whole where only whole ones make sense."""
        found = super().to_python(str(value).strip().replace(",", ".") if value else "")
        if found is None or not self.whole or not math.isfinite(found):
            return found
        if found != int(found):
            raise plain.ValidationError(_("Give a whole number."), code="whole")
        return int(found)


class WhatIf(forms.Form):
    """One entrance; the target is for the smallest staff."""

    appointments = forms.Choice(
        label=_("Appointments"), choices=texts.APPOINTMENTS.items()
    )
    window = forms.Yes(label=_("A window of their own for those who are known"))
    lists = forms.Yes(label=_("Known families send the list of the parcel ahead"))
    opens = forms.Time(label=_("Doors open at"))
    target_mean = Figure(
        label=_("Mean wait at most, minutes"), bounds=Between(1, 240), whole=False
    )
    target_p95 = Figure(
        label=_("95 of 100 wait at most, minutes"), bounds=Between(1, 480), whole=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section, name, label in texts.FIGURES:
            kind = type(getattr(STANDARD, section))
            bounds = simulation.bounds(kind, name)
            if name == "families":
                bounds = Between(bounds.low, FAMILIES_AT_MOST)
            if name in SHARES:
                bounds = Between(bounds.low * 100, bounds.high * 100)
            whole = isinstance(getattr(getattr(STANDARD, section), name), int)
            self.fields[name] = Figure(
                label=label, bounds=bounds, whole=whole and section != "minutes"
                and name != "hours",
            )  # fmt: skip

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Yield the boxes under their headings."""
        for section, heading in texts.SECTIONS.items():
            names = [name for s, name, _label in texts.FIGURES if s == section]
            yield str(heading), [self[name] for name in names]

    def scenario(self) -> simulation.Scenario:
        """Return what was asked.

        Raises:
            UnusableError: Figures that are possible alone and not together.
        """
        data = self.cleaned_data
        given: dict[str, dict[str, Any]] = {
            "plan": {
                "appointments": data["appointments"],
                "express": data["window"],
                "lists": data["lists"],
            }
        }
        for section, name, _label in texts.FIGURES:
            figure = data[name] / 100 if name in SHARES else data[name]
            given.setdefault(section, {})[name] = figure
        return simulation.read(given)

    def target(self) -> simulation.Target:
        """Return what is promised."""
        data = self.cleaned_data
        return simulation.Target(data["target_mean"], data["target_p95"])


def begun_with(known: Recorded) -> dict[str, Any]:
    """Return figures to begin with: the prison's own, else the standard day's."""
    first: dict[str, Any] = {
        name: float(getattr(getattr(STANDARD, section), name))
        * (100 if name in SHARES else 1)
        for section, name, _label in texts.FIGURES
    }
    plan, target = STANDARD.plan, simulation.Target()
    first |= {
        "appointments": plan.appointments,
        "window": plan.express,
        "lists": plan.lists,
        "opens": "09:00",
        "target_mean": float(target.mean),
        "target_p95": float(target.p95),
    }
    return first | own_figures(known)


def own_figures(known: Recorded) -> dict[str, float]:
    """Return the figures that the prison has on record, as the form shows them."""
    found = {
        "families": known.families and round(min(known.families, FAMILIES_AT_MOST)),
        "parcels": known.parcels is not None and round(known.parcels * 100),
        "scan": known.desk_minutes and round(known.desk_minutes, 1),
        "paper": known.paper_minutes and round(known.paper_minutes, 1),
        "search": known.search_minutes and round(known.search_minutes, 1),
        "visit": known.visit_minutes and round(known.visit_minutes),
        "seats": known.seats,
    }
    return {
        name: float(max(0.1 if name in MINUTES else 1, figure))
        for name, figure in found.items()
        if figure
    }
