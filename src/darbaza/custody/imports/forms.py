"""Shape of an upload, of matched columns, and of an undoing."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from darbaza.custody.imports import columns, texts
from darbaza.custody.imports.reading import BYTES
from darbaza.custody.models import ImportBatch
from darbaza.pages import fields
from darbaza.pages.forms import Form, Once

NONE: list[tuple[str, Any]] = [("", _("not in this file"))]


class Upload(Once):
    """A file, and what it holds."""

    kind = fields.Choice(label=_("What does the file hold?"), radios=True)
    file = fields.File(
        label=_("File"),
        megabytes=BYTES // 1024**2,
        accept=".csv,.xlsx,.txt",
        help_text=_(
            "CSV or XLSX, at most 50,000 rows. The first row names the columns."
        ),
    )

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [c for c in ImportBatch.Kind.choices if c[0] in kinds]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]


class Columns(Form):
    """Which column holds what."""

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            *NONE,
            *((str(i), h or f"({i + 1})") for i, h in enumerate(batch.head)),
        ]
        for name, field in columns.fields(batch.kind).items():
            self.fields[name] = fields.Choice(
                label=texts.COLUMNS[name],
                choices=choices,
                required=field.required,
                initial=str(batch.columns.get(name, "")),
            )

    def chosen(self) -> Mapping[str, int]:
        """Return field to column index."""
        return {name: int(v) for name, v in self.cleaned_data.items() if v != ""}


class Undo(Form):
    """Why, and what of rows that somebody worked on."""

    reason = fields.Reason(label=_("Why is the list withdrawn?"), max_length=300)
    keep_worked = fields.Yes(label=_("Leave rows on which later work stands"))
