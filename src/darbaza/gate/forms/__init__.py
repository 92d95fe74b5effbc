"""Shapes of input at the gate."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms as plain
from django.apps import apps
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from darbaza.gate import texts
from darbaza.pages import fields
from darbaza.pages.forms import Form
from darbaza.persons.types import DocumentDraft, PersonDraft

PERSON = tuple(PersonDraft.__dataclass_fields__)
LANGUAGES = [("ky", "Кыргызча"), ("ru", "Русский"), ("en", "English")]
SEXES = [("F", _("female")), ("M", _("male")), ("X", _("not stated"))]


def _choices(model: str, field: str) -> Any:
    room, name = model.split(".")
    return lambda: apps.get_model(room, name)._meta.get_field(field).choices


def _named(words: Mapping[str, Any]) -> Any:
    return lazy(lambda: list(words.items()), list)()


def kinships() -> list[tuple[str, Any]]:
    """Return the kinships that a contact may have, with their words."""
    found: list[tuple[str, Any]] = list(_choices("custody.Contact", "kinship")())
    return found


def kinds() -> list[tuple[str, Any]]:
    """Return the kinds of visit, with their words."""
    found: list[tuple[str, Any]] = list(_choices("visits.Visit", "kind")())
    return found


def channels() -> list[tuple[str, Any]]:
    """Return the ways in which something is sent, with their words."""
    found: list[tuple[str, Any]] = list(_choices("parcels.Sending", "channel")())
    return found


class Typed(Form):
    """Somebody as the officer types them, or confirms what was read."""

    surname = fields.Name(label=_("Surname"), required=False)
    given_names = fields.Name(label=_("Given names"), required=False)
    patronymic = fields.Name(label=_("Patronymic"), required=False)
    surname_latin = fields.Name(label=_("Surname, Latin"), required=False)
    given_names_latin = fields.Name(label=_("Given names, Latin"), required=False)
    birth_on = fields.Date(label=_("Date of birth"), required=False, past=True)
    sex = fields.Choice(label=_("Sex"), choices=SEXES, initial="X")
    citizenship = fields.Code(label=_("Citizenship"), required=False, max_length=3)
    personal_number = fields.Code(
        label=_("Personal number"), required=False, max_length=20
    )
    phone = fields.Phone(label=_("Telephone"), required=False)
    language = fields.Choice(label=_("Language of papers"), choices=LANGUAGES)
    doc_kind = fields.Choice(
        label=_("Document"), choices=_choices("persons.Document", "kind")
    )
    doc_number = fields.Code(label=_("Document number"), required=False)
    doc_issuer = fields.Code(label=_("Issuing State"), required=False, max_length=3)
    doc_expires_on = fields.Date(label=_("Expires on"), required=False)
    paper = fields.Choice(
        label=_("Further paper"), choices=_named(texts.PAPERS), required=False
    )

    NAMES = (
        "surname",
        "given_names",
        "patronymic",
        "surname_latin",
        "given_names_latin",
    )

    def clean(self) -> dict[str, Any]:
        """Refuse somebody without any name."""
        values: dict[str, Any] = super().clean() or {}
        if not any(values.get(name) for name in self.NAMES) and not self.errors:
            self.add_error("surname", str(_("Give at least one name.")))
        return values

    def person(self) -> PersonDraft:
        """Return the person as typed."""
        return PersonDraft(**{name: self.cleaned_data[name] for name in PERSON})

    def document(self) -> DocumentDraft | None:
        """Return the document, None where no number was typed."""
        number = self.cleaned_data["doc_number"]
        if not number:
            return None
        return DocumentDraft(
            kind=self.cleaned_data["doc_kind"],
            number=number,
            issuer=self.cleaned_data["doc_issuer"],
            expires_on=self.cleaned_data["doc_expires_on"],
        )


OF_ZONE = {
    "surname": "surname_latin",
    "given_names": "given_names_latin",
    "birth_date": "birth_on",
    "sex": "sex",
    "nationality": "citizenship",
    "document_number": "doc_number",
    "issuer": "doc_issuer",
    "expiry_date": "doc_expires_on",
    "document_code": "doc_kind",
    "optional1": "personal_number",
}
"""Which box shows a field of a zone; in the order in which it is compared."""


def typed(person: Mapping[str, Any], document: Mapping[str, Any]) -> Typed:
    """Return the form filled with what was read."""
    initial = {name: _day(name, person.get(name)) for name in PERSON if name in person}
    for name in ("kind", "number", "issuer", "expires_on"):
        if document.get(name):
            initial[f"doc_{name}"] = _day(name, document[name])
    initial.setdefault("language", "ky")
    initial.setdefault("doc_kind", "id_card")
    form = Typed(initial=initial)
    if person:
        form.order_fields(OF_ZONE.values())
    else:
        form.fields["surname"].widget.attrs["autofocus"] = True
    return form


def _day(name: str, value: Any) -> Any:
    is_day = name in {"birth_on", "expires_on"} and isinstance(value, str) and value
    return date.fromisoformat(value) if is_day else value


class Contact(Form):
    """A proposed contact."""

    person = plain.UUIDField()
    kinship = fields.Choice(
        label=_("Kinship"), choices=_choices("custody.Contact", "kinship")
    )
    proof = fields.Name(label=_("Proof of kinship"), required=False, max_length=160)


class Details(Form):
    """Kind, glass, session and seat; only what is sent is changed."""

    kind = fields.Choice(
        label=_("Kind"), choices=_choices("visits.Visit", "kind"), required=False
    )
    closed = fields.Yes(label=_("behind glass"))
    slot = fields.Name(label=_("Session"), required=False)
    seat = plain.UUIDField(label=_("Seat"), required=False)

    def wanted(self) -> dict[str, Any]:
        """Return what was sent."""
        sent = {n: v for n, v in self.cleaned_data.items() if n in self.data}
        sent["closed"] = self.cleaned_data["closed"]
        if not sent.get("kind", "x"):
            del sent["kind"]
        return sent


class Vouching(Form):
    """Name and password of a colleague who answers, or nothing for one's own rank."""

    username = fields.Name(label=_("Name of the colleague"), required=False)
    password = plain.CharField(
        label=_("Their password"), required=False, max_length=200, strip=False
    )


class Picture(Form):
    """A picture of a document."""

    image = fields.File(
        label=_("Picture"), megabytes=25, accept="image/*,application/pdf"
    )


class Photograph(Form):
    """A photograph of a person."""

    person = plain.UUIDField()
    photo = fields.File(
        label=_("Photograph"), megabytes=12, accept="image/jpeg,image/png,image/webp"
    )


class Window(Form):
    """Where a computer stands, what its printer takes, how its reader begins."""

    post = plain.UUIDField(required=False)
    paper = fields.Choice(choices=[("a5", "A5"), ("80mm", "80 mm")])
    reader_prefix = plain.RegexField(r"\A[!-~]{0,6}\Z", required=False)


class InnerScan(Form):
    """A code at the inner gate: scanned or typed, and which way it is meant."""

    code = plain.CharField(label=_("Code of the pass"), max_length=80)
    scan_id = plain.UUIDField(widget=plain.HiddenInput)
    way = plain.ChoiceField(
        choices=[(w, w) for w in ("auto", "in", "out")], required=False
    )

    def clean_way(self) -> str:
        """Decide the way by whether the bearer is inside, unless somebody chose."""
        return self.cleaned_data["way"] or "auto"


class WithoutPass(Form):
    """Why somebody has no pass at the exit, and what is to happen."""

    reason = fields.Reason(max_length=300)
    scan_id = plain.UUIDField(widget=plain.HiddenInput)
    what = plain.ChoiceField(
        choices=[("out", "out"), ("new", "new")], widget=plain.HiddenInput
    )


class Shift(Form):
    """From when to when a report counts."""

    first = fields.Moment(label=_("From"))
    last = fields.Moment(label=_("To"))
