"""Shape of what people enter about places and printers."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from darbaza.pages import forms
from darbaza.sites.models import (
    OF_PAPER,
    Institution,
    Post,
    Printer,
    PrintJob,
    Room,
)
from darbaza.sites.models.printers import SIZES
from darbaza.sites.types import (
    InstitutionDraft,
    Names,
    Paper,
    Place,
    PrinterDraft,
    SeatRange,
)

LANGUAGES = [("ky", _("Kyrgyz")), ("ru", _("Russian")), ("en", _("English"))]


class _Named(forms.Form):
    """A name in three languages."""

    name_ky = forms.Name(label=_("Name in Kyrgyz"), max_length=160)
    name_ru = forms.Name(label=_("Name in Russian"), max_length=160)
    name_en = forms.Name(label=_("Name in English"), max_length=160)

    def names(self) -> Names:
        """Return the three names."""
        data = self.cleaned_data
        return Names(data["name_ky"], data["name_ru"], data["name_en"])


class InstitutionForm(_Named):
    """An institution and its choices."""

    code = forms.Name(label=_("Number"), max_length=12)
    kind = forms.Choice(label=_("Kind"), choices=Institution.Kind.choices)
    address = forms.Name(label=_("Address"), max_length=200, required=False)
    phone = forms.Phone(label=_("Telephone"), max_length=40, required=False)
    complaints_to = forms.Name(
        label=_("Complaints go to"),
        help_text=_("Printed on every refusal: office, address, telephone."),
        max_length=200,
        required=False,
    )
    money_paid_to = forms.Name(
        label=_("Where money for prisoners is paid"),
        help_text=_("Told and printed for a family that brings money to the window."),
        max_length=300,
        required=False,
    )
    paper_language = forms.Choice(
        label=_("Language of official papers"), choices=LANGUAGES
    )
    entrance_capacity = forms.Number(
        label=_("Visitors inside at once, at most"), max_value=10_000
    )
    shared_minutes = forms.Number(
        label=_("Minutes until a shared computer locks"), min_value=1, max_value=480
    )
    field_order = ("code", "kind")

    @classmethod
    def of(cls, row: Institution | None) -> dict[str, Any]:
        """Return what the form shows before anybody has typed."""
        row = row or Institution()
        return {name: getattr(row, name) for name in cls.base_fields}

    def draft(self) -> InstitutionDraft:
        """Return the draft for the service."""
        data = {k: v for k, v in self.cleaned_data.items() if k[:5] != "name_"}
        return InstitutionDraft(names=self.names(), **data)


class BlockForm(forms.Form):
    """A block."""

    code = forms.Name(label=_("Block"), max_length=20)


class CellForm(forms.Form):
    """A cell of a block."""

    code = forms.Name(label=_("Cell"), max_length=20)
    places = forms.Number(label=_("Places"), min_value=1, max_value=1_000)


class RoomForm(_Named):
    """A room for visits."""

    kind = forms.Choice(label=_("Kind"), choices=Room.Kind.choices)


class SeatForm(forms.Form):
    """One table, booth or family room."""

    label = forms.Name(label=_("Label"), max_length=20)
    people = forms.Number(
        label=_("Visitors at most"), min_value=1, max_value=1_000, initial=4
    )


class SeatsForm(forms.Form):
    """Several tables at once: 1 to 20."""

    prefix_text = forms.Name(
        label=_("Letters before the number"), max_length=10, required=False
    )
    first = forms.Number(label=_("From number"), initial=1, max_value=9_999)
    last = forms.Number(label=_("To number"), initial=20, max_value=9_999)
    people = forms.Number(
        label=_("Visitors at most"), min_value=1, max_value=1_000, initial=4
    )

    def seats(self) -> SeatRange:
        """Return the range for the service."""
        data = self.cleaned_data
        return SeatRange(
            data["first"], data["last"], data["people"], data["prefix_text"]
        )


class PostForm(_Named):
    """A working place."""

    kind = forms.Choice(label=_("Kind"), choices=Post.Kind.choices)


class PrinterForm(_Named):
    """A printer and what it prints by itself."""

    kind = forms.Choice(label=_("Kind"), choices=Printer.Kind.choices)
    address = forms.Name(
        label=_("Address"),
        help_text=_(
            "Its number on the network, such as 192.168.1.50; or its device at the"
            " server, such as /dev/usb/lp0; or for CUPS the name of the queue."
        ),
    )
    port = forms.Number(
        label=_("Port on the network"), min_value=1, max_value=65_535, initial=9100
    )
    dots = forms.Number(
        label=_("Width in dots"),
        help_text=_("576 for a roll of 80 mm, 384 for 58 mm. CUPS does not need it."),
        min_value=64,
        max_value=4_096,
        initial=576,
    )
    dpi = forms.Number(
        label=_("Dots an inch"), min_value=100, max_value=720, initial=203
    )
    sheet = forms.Choice(
        label=_("Paper in it"),
        help_text=_("Counts for CUPS; receipt and label printers have a roll."),
        choices=SIZES,
    )
    post = forms.Choice(
        label=_("Stands at"),
        help_text=_("Without a post it prints for all who have no printer of theirs."),
        required=False,
    )
    papers = forms.Several(
        label=_("Prints by itself"),
        choices=[c for c in PrintJob.Paper.choices if c[0] in OF_PAPER],
        required=False,
    )
    field_order = ("name_ky", "name_ru", "name_en", "kind", "address")

    def __init__(self, *args: Any, posts: Iterable[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(post.pk), post.name) for post in posts]
        self.fields["post"].choices = [("", _("at no post")), *named]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, row: Printer) -> dict[str, Any]:
        """Return what the form shows of a printer."""
        shown = {name: getattr(row, name, None) for name in cls.base_fields}
        taken = [paper.value for paper in OF_PAPER if row.takes(paper)]
        return shown | {"post": str(row.post_id or ""), "papers": taken}

    def draft(self) -> PrinterDraft:
        """Return the draft for the service."""
        data = self.cleaned_data
        post = data["post"]
        return PrinterDraft(
            names=self.names(),
            post_id=UUID(post) if post else None,
            papers=frozenset(Paper(value) for value in data["papers"]),
            **{n: data[n] for n in ("kind", "address", "port", "dots", "dpi", "sheet")},
        )


class PrintFilters(forms.Form):
    """What the list of papers is narrowed to."""

    state = forms.Choice(
        label=_("State"),
        choices=[
            ("", _("not yet printed")),
            ("all", _("all")),
            *PrintJob.Status.choices,
        ],
        required=False,
    )
    printer = forms.Choice(label=_("Printer"), required=False)

    def __init__(self, *args: Any, printers: Iterable[Printer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(row.pk), row.name) for row in printers]
        self.fields["printer"].choices = [("", _("all printers")), *named]  # type: ignore[attr-defined]


class Closing(forms.Form):
    """From which day something is closed."""

    on = forms.Date(label=_("Closed from"))


OF_PLACE: dict[Place, type[forms.Form]] = {
    Place.BLOCK: BlockForm,
    Place.CELL: CellForm,
    Place.ROOM: RoomForm,
    Place.SEAT: SeatForm,
    Place.POST: PostForm,
}
