"""Forms that change a visit, each with its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from darbaza.pages import forms
from darbaza.visits.models import Call, Kind, Visit, Visitor
from darbaza.visits.policies import changes as policy

BY_HAND = [c for c in Visit.SubStatus.choices if c[0] in policy.CANCEL_FROM]
CAUSES = [c for c in BY_HAND if c[0] != "moved"]
OUTCOMES = [c for c in Visit.Outcome.choices if c[0] in policy.OUTCOME_FROM]
EARLY = [c for c in Visit.Outcome.choices if c[0] in policy.EARLY]
RESULTS = [c for c in Call.Result.choices if c[0] in policy.OF_CALL]


class Cancel(forms.Form):
    """Why a visit does not take place."""

    cause = forms.Choice(label=_("Why"), choices=CAUSES, radios=True)
    reason = forms.Reason(max_length=300)


class Outcome(forms.Form):
    """How a visit turned out."""

    outcome = forms.Choice(label=_("Outcome"), choices=OUTCOMES, radios=True)
    reason = forms.Reason(max_length=300)


class End(forms.Form):
    """Who ended a visit before its time, and why."""

    outcome = forms.Choice(label=_("Ended by"), choices=EARLY, radios=True)
    reason = forms.Reason(max_length=300)


class Note(forms.Form):
    """The note of a visit: needs, agreements; nothing about health."""

    text = forms.Text(label=_("Note"), max_length=500, required=False)


class Correct(forms.Form):
    """What was entered wrongly."""

    kind = forms.Choice(label=_("Kind"), choices=Kind.choices)
    closed = forms.Yes(label=_("Behind glass"))
    ends_at = forms.Moment(label=_("Ends"))
    reason = forms.Reason(max_length=300)

    def __init__(self, *args: Any, visitors: list[Visitor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in visitors:
            self.fields[f"part-{row.pk}"] = forms.Choice(
                label=row.person.name, choices=Visitor.Part.choices, initial=row.part
            )
        self.order_fields(["kind", "closed", "ends_at"])


class Move(forms.Once):
    """To which session a visit goes."""

    slot = forms.Choice(label=_("New time"), radios=True)
    reason = forms.Reason(max_length=300)

    def __init__(self, *args: Any, slots: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = slots  # type: ignore[attr-defined]


class Keep(forms.Form):
    """Why a visit stays although something stands against it."""

    reason = forms.Reason(max_length=300)


class NotBrought(forms.Form):
    """Why the prisoner did not come."""

    result = forms.Choice(label=_("Result"), choices=RESULTS)
    note = forms.Name(label=_("Note"), required=False, max_length=300)


class Complaint(forms.Form):
    """What the family complains about, in its own words."""

    text = forms.Text(label=_("Complaint, in the words of the family"))


class Words(forms.Form):
    """The answer to a complaint."""

    text = forms.Text(label=_("Answer to the family"))


class Book(forms.Once):
    """A visit for a later day."""

    visitors = forms.Several(label=_("Who comes"))
    kind = forms.Choice(label=_("Kind"), choices=Kind.choices)
    closed = forms.Yes(label=_("Behind glass"))
    slot = forms.Choice(label=_("When"), radios=True)
    note = forms.Text(label=_("Note"), required=False, max_length=500)

    def __init__(
        self, *args: Any, contacts: list[Any], slots: list[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visitors"].choices = contacts  # type: ignore[attr-defined]
        self.fields["slot"].choices = slots  # type: ignore[attr-defined]


class LaterEntry(forms.Once):
    """A line of the paper book."""

    visitors = forms.Several(label=_("Who came"))
    kind = forms.Choice(label=_("Kind"), choices=Kind.choices)
    closed = forms.Yes(label=_("Behind glass"))
    slot = forms.Choice(label=_("Session"), required=False)
    came_in_at = forms.Moment(label=_("Came in"), past=True)
    left_at = forms.Moment(label=_("Left"), past=True, required=False)
    note = forms.Text(label=_("Note"), required=False, max_length=500)

    def __init__(
        self, *args: Any, contacts: list[Any], slots: list[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visitors"].choices = contacts  # type: ignore[attr-defined]
        self.fields["slot"].choices = [("", "—"), *slots]  # type: ignore[attr-defined]
