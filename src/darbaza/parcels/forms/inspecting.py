"""Shapes of what is entered at the inspection."""

from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from darbaza.pages import forms
from darbaza.parcels.chain import BY_TWO, ENDS, ON_ORDER, SEALED, SIGNED, Where
from darbaza.parcels.models import Bag, Finding, Inspection, Search
from darbaza.persons.models import Sex

IMAGES = "image/jpeg,image/png,image/webp,image/bmp"
RESULTS = Inspection.Result.choices
ANY = [("", _("all"))]


def _picture(label: Any) -> forms.File:
    return forms.File(label=label, megabytes=20, accept=IMAGES, required=False)


def _name(label: Any, most: int, **more: Any) -> forms.Name:
    return forms.Name(label=label, max_length=most, **more)


class Look(forms.Once):
    """One look into a bag; the button says what came of it."""

    kind = forms.Choice(label=_("How"), choices=Inspection.Kind.choices)
    device = _name(_("Device or dog"), 80, required=False)
    place = _name(_("Place in the store"), 60, required=False)
    note = _name(_("What was seen"), 300, required=False)
    picture = _picture(_("Photograph"))
    waiting = forms.Several(
        label=_("Pictures of the device that show this bag"), required=False
    )
    result = plain.ChoiceField(
        choices=RESULTS, widget=plain.HiddenInput, required=False
    )

    def __init__(self, *args: Any, waiting: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(p.pk), f"{p.source} {p.taken_at:%H:%M}") for p in waiting]
        self.fields["waiting"].choices = choices  # type: ignore[attr-defined]

    def clean_result(self) -> str:
        """Take Enter in a box for a closer look: it stores nothing by itself."""
        return self.cleaned_data["result"] or Inspection.Result.LOOK


class Second(forms.Once):
    """Name and password of the second officer."""

    username = _name(_("Name of the second officer"), 150)
    password = plain.CharField(
        label=_("Their password"),
        max_length=200,
        strip=False,
        widget=plain.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("The second officer confirms it here; you stay signed in."),
    )


class Step(Second):
    """The papers of one step of a bag: only what this step needs is asked."""

    taker = _name(_("Who receives it"), 160, required=False)
    signed = forms.Yes(label=_("Whoever receives it has signed"))
    seal = _name(_("Number of the seal"), 40, required=False)
    place = _name(_("Where it is kept"), 60, required=False)
    order = _name(_("Number of the protocol or order"), 60, required=False)
    picture = _picture(_("Signed paper or photograph"))
    note = _name(_("Note"), 300, required=False)

    def __init__(self, *args: Any, to: Where, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed = {
            "username": to in BY_TWO,
            "password": to in BY_TWO,
            "taker": to in SIGNED,
            "signed": to in SIGNED,
            "seal": to in SEALED,
            "place": to in SEALED or to is Where.STORE,
            "order": to in ON_ORDER,
        }
        for name, asked in needed.items():
            if not asked:
                del self.fields[name]
        self.order_fields(
            ["taker", "order", "seal", "place", "signed", "picture", "note"]
        )


class Release(Second):
    """What becomes of a thing whose finding was withdrawn; two officers sign."""

    part = forms.Choice(
        label=_("What becomes of it"),
        choices=[
            (Bag.Part.BACK.value, _("it goes back to whoever brought it")),
            (Bag.Part.GOODS.value, _("it goes to the prisoner after all")),
        ],
        radios=True,
    )
    signed = forms.Yes(
        label=_("both officers have signed"),
        required=True,
        error_messages={"required": _("Both officers must sign.")},
    )
    field_order: tuple[str, ...] = ("part", "username", "password", "signed")


class UndoSeizure(Release):
    """The same for a thing that was seized without a finding, and why."""

    reason = forms.Reason(max_length=300)
    field_order = ("part", "reason", "username", "password", "signed")


class Find(Second):
    """What was found; the second officer confirms it at the end."""

    offence = forms.Choice(
        label=_("What it is"), choices=Finding.Offence.choices, radios=True
    )
    category = forms.Choice(label=_("Category"))
    description = forms.Text(
        label=_("What was found"),
        max_length=500,
        widget=plain.Textarea(attrs={"rows": 2}),
        help_text=_("Number, make, marks: as it will stand in the protocol."),
    )
    hidden_in = _name(_("Where it was hidden"), 300, required=False)
    explanation = forms.Text(
        label=_("What the person says about it"),
        max_length=500,
        required=False,
        widget=plain.Textarea(attrs={"rows": 2}),
        help_text=_("Nobody must say anything; then leave it empty."),
    )
    protocol = _name(_("Number of the protocol"), 40)
    seal = _name(_("Number of the seal"), 40)
    place = _name(_("Where it is kept"), 60)
    picture = _picture(_("Photograph"))

    def __init__(
        self, *args: Any, categories: list[Any], lines: list[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = categories  # type: ignore[attr-defined]
        for line in lines:
            self.fields[f"line-{line.position}"] = forms.Number(
                label=_("Of it taken out: %(item)s")
                % {"item": line.words or line.item},
                required=False,
                max_value=line.quantity,
                help_text=_("at most %(most)s") % {"most": line.quantity},
            )
        taken = [f"line-{line.position}" for line in lines]
        self.order_fields(
            ["offence", "category", "description", "hidden_in", *taken, "explanation",
             "protocol", "seal", "place", "picture", "username", "password"]
        )  # fmt: skip

    def pieces(self) -> dict[int, int]:
        """Return how many of each line were taken out."""
        given = self.cleaned_data.items()
        return {
            int(name.removeprefix("line-")): count
            for name, count in given
            if name.startswith("line-") and count
        }


class SearchPerson(forms.Once):
    """A search of a person; without consent there is none."""

    kind = forms.Choice(label=_("Kind"), choices=Search.Kind.choices, radios=True)
    reason = _name(_("Reason"), 300)
    consent = forms.Choice(
        label=_("Does the person consent?"),
        choices=[("yes", _("yes")), ("no", _("no"))],
        radios=True,
        help_text=_(
            "Ask, and say that consent may be taken back at any time. Who does not"
            " consent does not come in; nothing else follows."
        ),
    )
    officer_sex = forms.Choice(
        label=_("Sex of the officer who searches"),
        choices=Sex.choices[:2],
        radios=True,
        help_text=_("By hand over the clothes: the same sex only."),
    )
    person_sex = forms.Choice(
        label=_("Sex of the person, as they say"), choices=Sex.choices[:2], radios=True
    )
    result = forms.Choice(
        label=_("Result"),
        choices=[c for c in Search.Result.choices if c[0] != "no_consent"],
        radios=True,
        initial="clear",
    )
    note = _name(_("Note"), 300, required=False)

    def __init__(self, *args: Any, sex: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sex != Sex.OTHER:
            del self.fields["person_sex"]


class AddPicture(forms.Form):
    """A further picture of a bag."""

    picture = forms.File(label=_("Photograph"), megabytes=20, accept=IMAGES)


class Findings(forms.Form):
    """What the list of findings is narrowed to; an unknown value is as good as none."""

    q = forms.Name(label=_("Protocol, name, seal, label or words"), required=False)
    first = forms.Date(label=_("From"), required=False)
    last = forms.Date(label=_("To"), required=False)
    offence = forms.Choice(
        label=_("What it is"),
        choices=[*ANY, *Finding.Offence.choices],
        required=False,
    )
    where = forms.Choice(
        label=_("Where it is now"),
        choices=[
            *ANY,
            *(c for c in Bag.State.choices if c[0] in {*SEALED, *ENDS}),
        ],
        required=False,
    )


class Span(forms.Form):
    """From when to when a report counts."""

    first = forms.Moment(label=_("From"))
    last = forms.Moment(label=_("To"))


class Why(forms.Form):
    """A reason, nothing else."""

    reason = forms.Reason(max_length=300)
