"""What is typed about people and vehicles that go through the gate."""

from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from darbaza.gate.models import Category, Passage, Vehicle
from darbaza.gate.types import (
    BadgeDraft,
    Departure,
    PassageDraft,
    SearchDraft,
    VehicleDraft,
)
from darbaza.pages import fields
from darbaza.pages.forms import Form, Once

PASSENGERS_AT_MOST = 60


class BadgeScan(Once):
    """The number of a badge, as a reader types it."""

    number = fields.Code(label=_("Number of the badge"), max_length=40)


class ComeIn(Once):
    """Somebody who comes in without a badge."""

    category = fields.Choice(label=_("As what"), choices=Category.choices)
    name = fields.Name(label=_("Full name"), max_length=160)
    document = fields.Code(label=_("Document"), required=False)
    organisation = fields.Name(label=_("Organisation"), required=False)
    purpose = fields.Name(label=_("What for"), required=False, max_length=160)
    place = fields.Name(label=_("Where to, or to whom"), required=False, max_length=80)
    card = fields.Code(label=_("Card lent"), required=False, max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("category", Category.CONTRACTOR)
        self.fields["name"].widget.attrs["autofocus"] = True

    def draft(self) -> PassageDraft:
        """Return the draft for the service."""
        data = {k: v for k, v in self.cleaned_data.items() if k != "request_id"}
        return PassageDraft(**data)


class Undo(Once):
    """Why a step was wrong."""

    reason = fields.Reason(label=_("What was wrong?"), max_length=300)


class Badge(Form):
    """A card for somebody who comes again and again."""

    number = fields.Code(label=_("Number of the badge"), max_length=40)
    name = fields.Name(label=_("Full name"), max_length=160)
    category = fields.Choice(label=_("As what"), choices=Category.choices)
    organisation = fields.Name(label=_("Organisation"), required=False)
    valid_until = fields.Date(label=_("Valid until"), required=False)

    def draft(self) -> BadgeDraft:
        """Return the draft for the service."""
        return BadgeDraft(**self.cleaned_data)


class Searched(Form):
    """How a vehicle was searched, and what was found."""

    mirror = fields.Yes(label=_("Mirror under the vehicle"))
    dog = fields.Yes(label=_("Dog"))
    load_seen = fields.Yes(label=_("Load looked through"))
    found = fields.Name(
        label=_("What was found"),
        help_text=_("Leave empty where nothing was found."),
        required=False,
        max_length=300,
    )

    def search(self) -> SearchDraft:
        """Return the search for the service."""
        data = self.cleaned_data
        return SearchDraft(
            data["mirror"], data["dog"], data["load_seen"], data["found"]
        )


class DriveIn(Searched, Once):
    """A vehicle that comes in, with its people and how it was searched."""

    plate = fields.Code(label=_("Number plate"), max_length=20)
    kind = fields.Choice(label=_("Kind"), choices=Vehicle.Kind.choices)
    category = fields.Choice(
        label=_("Its people come as"),
        choices=Category.choices,
        initial=Category.DELIVERY,
    )
    driver = fields.Name(label=_("Driver"), max_length=160)
    driver_document = fields.Code(label=_("Document of the driver"), required=False)
    passengers = fields.Text(
        label=_("Passengers"),
        help_text=_("One name a line."),
        required=False,
        max_length=4000,
        widget=plain.Textarea(attrs={"rows": 2}),
    )
    organisation = fields.Name(label=_("Organisation"), required=False)
    purpose = fields.Name(label=_("What for"), required=False, max_length=160)
    load = fields.Name(label=_("Load"), required=False, max_length=300)
    seals = fields.Name(label=_("Seals"), required=False)
    field_order = (
        "plate", "kind", "category", "driver", "driver_document", "passengers",
        "organisation", "purpose", "load", "seals",
    )  # fmt: skip

    def clean_passengers(self) -> list[str]:
        """Return the names, one a line, refusing more than a coach holds."""
        names = [n.strip() for n in self.cleaned_data["passengers"].splitlines()]
        names = [n[:160] for n in names if n]
        if len(names) > PASSENGERS_AT_MOST:
            raise plain.ValidationError(_("At most 60 passengers in one vehicle."))
        return names

    def draft(self) -> VehicleDraft:
        """Return the draft for the service."""
        data = self.cleaned_data
        same = {n: data[n] for n in ("category", "organisation", "purpose")}
        driver = PassageDraft(data["driver"], document=data["driver_document"], **same)
        return VehicleDraft(
            data["plate"],
            data["kind"],
            driver,
            tuple(PassageDraft(name, **same) for name in data["passengers"]),
            organisation=data["organisation"],
            purpose=data["purpose"],
            load=data["load"],
            seals=data["seals"],
        )


class DriveOut(Once):
    """Who leaves in a vehicle, who drives, with what load."""

    driver = fields.Choice(label=_("Driver on the way out"))
    people = fields.Several(label=_("Leave in it"), required=False)
    load = fields.Name(
        label=_("Load on the way out"),
        help_text=_("Leave empty where it leaves empty."),
        required=False,
        max_length=300,
    )
    seals = fields.Name(label=_("Seals"), required=False)
    reason = fields.Name(
        label=_("Reason, where something is not as on the way in"),
        required=False,
        max_length=300,
    )

    def __init__(
        self, *args: Any, mine: list[Passage], others: list[Passage], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        everybody = [(str(p.pk), p.name) for p in (*mine, *others)]
        self.fields["driver"].choices = everybody  # type: ignore[attr-defined]
        own = [(str(p.pk), p.name) for p in mine]
        self.fields["people"].choices = own  # type: ignore[attr-defined]
        self.initial.setdefault("people", [key for key, _name in own])
        drivers = [str(p.pk) for p in mine if p.drives]
        self.initial.setdefault("driver", next(iter(drivers), ""))

    def departure(self) -> Departure:
        """Return the departure for the service."""
        data = self.cleaned_data
        driver = plain.UUIDField().clean(data["driver"])
        people = frozenset(plain.UUIDField().clean(p) for p in data["people"])
        return Departure(
            driver, people | {driver}, data["load"], data["seals"], data["reason"]
        )
