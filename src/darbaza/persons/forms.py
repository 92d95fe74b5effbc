"""Shape of what is typed about people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from darbaza.pages import fields
from darbaza.pages.forms import Form, Once
from darbaza.persons import models
from darbaza.persons.types import DocumentDraft, PersonDraft

LANGUAGES = [("ky", "Кыргызча"), ("ru", "Русский"), ("en", "English")]
PERSON = tuple(PersonDraft.__dataclass_fields__)
DOCUMENT = tuple(
    name for name in DocumentDraft.__dataclass_fields__ if name not in ("mrz", "source")
)


class Find(Form):
    """Name in any script, document or personal number; date of birth narrows."""

    q = fields.Name(label=_("Name, document or personal number"), required=False)
    birth_on = fields.Date(label=_("Date of birth"), required=False, past=True)


class Person(Once):
    """Somebody as their document names them."""

    surname = fields.Name(label=_("Surname"), required=False)
    given_names = fields.Name(label=_("Given names"), required=False)
    patronymic = fields.Name(label=_("Patronymic"), required=False)
    surname_latin = fields.Name(label=_("Surname in Latin letters"), required=False)
    given_names_latin = fields.Name(
        label=_("Given names in Latin letters"), required=False
    )
    birth_on = fields.Date(label=_("Date of birth"), required=False, past=True)
    sex = fields.Choice(
        label=_("Sex"),
        choices=models.Sex.choices,
        initial=models.Sex.OTHER,
        radios=True,
    )
    citizenship = fields.Code(
        label=_("Citizenship"),
        required=False,
        max_length=3,
        help_text=_("Three letters as in the passport, for example KGZ."),
    )
    personal_number = fields.Code(
        label=_("Personal number"), required=False, max_length=20
    )
    phone = fields.Phone(label=_("Telephone"), required=False)
    language = fields.Choice(
        label=_("Language for papers"), choices=LANGUAGES, radios=True, initial="ky"
    )

    def draft(self) -> PersonDraft:
        """Return what was typed."""
        return PersonDraft(**{name: self.cleaned_data[name] for name in PERSON})


class Document(Form):
    """A document that somebody shows."""

    kind = fields.Choice(
        label=_("Kind of document"), choices=models.Document.Kind.choices
    )
    number = fields.Code(label=_("Document number"))
    issuer = fields.Code(
        label=_("Issuing State"),
        required=False,
        max_length=3,
        help_text=_("Three letters as in the passport, for example KGZ."),
    )
    issued_by = fields.Name(label=_("Issuing authority"), required=False)
    issued_on = fields.Date(label=_("Issued on"), required=False, past=True)
    expires_on = fields.Date(label=_("Expires on"), required=False)

    def draft(self) -> DocumentDraft:
        """Return what was typed."""
        return DocumentDraft(**{name: self.cleaned_data[name] for name in DOCUMENT})


class FirstDocument(Document):
    """The document of a new person; may be left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="document", **kwargs)
        self.fields["number"].required = False

    def given(self) -> DocumentDraft | None:
        """Return the document, or None where no number was typed."""
        return self.draft() if self.cleaned_data["number"] else None


class Correction(Person):
    """New data with the reason for the change."""

    reason = fields.Reason(label=_("Why is this changed?"))


class Photo(Form):
    """A photograph from the camera or a file."""

    photo = fields.File(
        label=_("Photograph"), megabytes=12, accept="image/jpeg,image/png,image/webp"
    )


class Why(Form):
    """A reason, nothing else."""

    reason = fields.Reason()
