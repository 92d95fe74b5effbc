"""Shape of what is typed about prisoners."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from darbaza.custody import models
from darbaza.custody.types import Filters as Wanted
from darbaza.custody.types import Order as Paper
from darbaza.custody.types import PermitDraft, RestrictionDraft
from darbaza.pages import fields
from darbaza.pages.forms import Form, Once

DAY = timedelta(days=1)
ANY: list[tuple[str, Any]] = [("", _("all"))]


def _any(choices: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    return [*ANY, *choices]


def after(last: date | None) -> date | None:
    """Return the day after the last, as rows keep it."""
    return last + DAY if last else None


class Filters(Form):
    """What the register list is narrowed to."""

    q = fields.Name(label=_("Name or number"), required=False)
    status = fields.Choice(
        label=_("Status"),
        choices=_any(models.Prisoner.Status.choices),
        initial=models.Prisoner.Status.HELD,
        required=False,
    )
    regime = fields.Choice(
        label=_("Regime"), choices=_any(models.Prisoner.Regime.choices), required=False
    )
    conditions = fields.Choice(
        label=_("Conditions"),
        choices=_any(models.Prisoner.Conditions.choices),
        required=False,
    )
    legal_status = fields.Choice(
        label=_("Legal status"),
        choices=_any(models.Prisoner.LegalStatus.choices),
        required=False,
    )
    block = fields.Choice(label=_("Block"), choices=ANY, required=False)

    def wanted(self) -> Wanted:
        """Return the filters; an unbound or broken form shows who is held."""
        if not self.is_bound or not self.is_valid():
            return Wanted()
        data = dict(self.cleaned_data)
        return Wanted(block_id=data.pop("block") or None, **data)


class Order(Once):
    """The paper under a step. Steps without an order of law leave the number open."""

    order_number = fields.Name(label=_("Number of the order"), max_length=60)
    signed_on = fields.Date(label=_("Order of"), required=False, past=True)
    in_force_on = fields.Date(
        label=_("In force from"), past=True, initial=timezone.localdate
    )
    reason = fields.Reason(label=_("Note"), required=False, max_length=300)

    field_order: list[str] = []

    def order(self) -> Paper:
        """Return what was typed."""
        data = self.cleaned_data
        return Paper(
            number=data["order_number"],
            in_force_on=data["in_force_on"],
            signed_on=data["signed_on"],
            reason=data["reason"],
            request_id=data["request_id"],
        )


class Internal(Order):
    """A step that needs no order of law."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order_number"].required = False


class Admission(Order):
    """A new file."""

    number = fields.Code(label=_("Prisoner's number"), max_length=24)
    legal_status = fields.Choice(
        label=_("Legal status"), choices=models.Prisoner.LegalStatus.choices
    )
    regime = fields.Choice(label=_("Regime"), choices=models.Prisoner.Regime.choices)
    conditions = fields.Choice(
        label=_("Conditions"), choices=models.Prisoner.Conditions.choices, radios=True
    )
    term_ends_on = fields.Date(label=_("End of term"), required=False)
    cell = fields.Choice(label=_("Cell"), choices=[("", "–")], required=False)
    identity_confirmed = fields.Yes(label=_("Identity confirmed by a document"))
    demanded_by = fields.Name(
        label=_("Investigator or court in charge"), required=False
    )

    field_order = ["number", "order_number", "signed_on", "in_force_on"]


class Transfer(Order):
    """Hand over to another institution."""

    institution = fields.Choice(label=_("To the institution"))
    field_order = ["institution"]


class Regime(Order):
    """Another regime."""

    regime = fields.Choice(
        label=_("New regime"), choices=models.Prisoner.Regime.choices
    )
    field_order = ["regime"]


class Conditions(Order):
    """Other conditions."""

    conditions = fields.Choice(
        label=_("New conditions"),
        choices=models.Prisoner.Conditions.choices,
        radios=True,
    )
    field_order = ["conditions"]


class LegalStatus(Order):
    """Where the criminal case stands now."""

    legal_status = fields.Choice(
        label=_("New legal status"), choices=models.Prisoner.LegalStatus.choices
    )
    term_ends_on = fields.Date(label=_("End of term"), required=False)
    field_order = ["legal_status", "term_ends_on"]


class Place(Internal):
    """A cell."""

    cell = fields.Choice(label=_("Cell"))
    seen = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = ["cell"]


class Separate(Order):
    """Isolation, quarantine or hospital."""

    kind = fields.Choice(
        label=_("Kind"), choices=models.Separation.Kind.choices, radios=True
    )
    last_on = fields.Date(
        label=_("Last day"),
        required=False,
        help_text=_("Isolation: the fifteenth day at the latest."),
    )
    field_order = ["kind", "order_number", "signed_on", "in_force_on", "last_on"]


class Release(Order):
    """The end of the file."""


class Correct(Once):
    """Put right what was entered wrongly."""

    number = fields.Code(label=_("Prisoner's number"), max_length=24)
    legal_status = fields.Choice(
        label=_("Legal status"), choices=models.Prisoner.LegalStatus.choices
    )
    regime = fields.Choice(label=_("Regime"), choices=models.Prisoner.Regime.choices)
    conditions = fields.Choice(
        label=_("Conditions"), choices=models.Prisoner.Conditions.choices, radios=True
    )
    admitted_on = fields.Date(label=_("Admitted on"), past=True)
    term_ends_on = fields.Date(label=_("End of term"), required=False)
    identity_confirmed = fields.Yes(label=_("Identity confirmed by a document"))
    demanded_by = fields.Name(
        label=_("Investigator or court in charge"), required=False
    )
    reason = fields.Reason(label=_("What was wrong?"), max_length=300)

    def order(self) -> Paper:
        """Return the reason as the paper under the correction."""
        data = self.cleaned_data
        today = timezone.localdate()
        reason, request_id = data["reason"], data["request_id"]
        return Paper("", today, reason=reason, request_id=request_id)

    def values(self) -> dict[str, Any]:
        """Return the values as they should stand."""
        skip = ("reason", "request_id")
        return {k: v for k, v in self.cleaned_data.items() if k not in skip}


class Contact(Form):
    """How somebody is related to the prisoner."""

    kinship = fields.Choice(label=_("Kinship"), choices=models.Contact.Kinship.choices)
    proof = fields.Name(
        label=_("Proof of kinship"),
        required=False,
        help_text=_("For example: birth certificate, marriage certificate."),
    )


class Why(Form):
    """A reason, nothing else."""

    reason = fields.Reason(max_length=300)


class Restriction(Once):
    """A ban or a condition. Discipline is no ground (Nelson Mandela Rules, 43(3))."""

    kind = fields.Choice(
        label=_("What is restricted"), choices=models.Restriction.Kind.choices
    )
    ground = fields.Choice(
        label=_("On what ground"),
        choices=models.Restriction.Ground.choices,
        help_text=_("Contact with the family is never restricted as a punishment."),
    )
    authority = fields.Name(label=_("Ordered by"), max_length=160)
    order_number = fields.Name(label=_("Number of the order"), max_length=60)
    starts_on = fields.Date(label=_("First day"), initial=timezone.localdate)
    last_on = fields.Date(
        label=_("Last day"), required=False, help_text=_("Empty: until it is lifted.")
    )
    reason = fields.Reason(label=_("Reason, for officers"), max_length=300)

    def draft(self, **whom: Any) -> RestrictionDraft:
        """Return what was typed, for ``person_id`` and ``prisoner_id``."""
        data = dict(self.cleaned_data)
        return RestrictionDraft(ends_on=after(data.pop("last_on")), **data, **whom)


class KeepApart(Form):
    """Why two prisoners must not meet, and how far."""

    level = fields.Choice(
        label=_("How far apart"),
        choices=models.KeepApart.Level.choices,
        initial=models.KeepApart.Level.SESSION,
        radios=True,
    )
    reason = fields.Reason(max_length=300)


class Permit(Form):
    """Leave of an investigator or a court."""

    authority = fields.Name(label=_("Investigator or court"), max_length=160)
    number = fields.Name(label=_("Number of the permit"), max_length=60)
    starts_on = fields.Date(label=_("First day"), initial=timezone.localdate)
    last_on = fields.Date(label=_("Last day"))
    visits = fields.Number(
        label=_("Number of visits"), initial=1, min_value=1, max_value=366
    )

    def draft(self, **pair: Any) -> PermitDraft:
        """Return what was typed, for ``prisoner_id`` and ``person_id``."""
        data = dict(self.cleaned_data)
        return PermitDraft(ends_on=data.pop("last_on") + DAY, **data, **pair)
