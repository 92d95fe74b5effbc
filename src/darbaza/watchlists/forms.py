"""Shape of input: a list, a file, the columns of a table, a decision, filters."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.pages import forms
from darbaza.watchlists import texts
from darbaza.watchlists.models import Judgement, Likeness, WatchList
from darbaza.watchlists.reading import FIELDS
from darbaza.watchlists.reading.limits import BYTES
from darbaza.watchlists.types import ListDraft

ANY: list[tuple[str, Any]] = [("", _("all"))]
NONE: list[tuple[str, Any]] = [("", _("not in this file"))]
ENCODINGS = [("", _("find out")), ("utf-8", "UTF-8"), ("cp1251", "Windows-1251")]
SEPARATORS = [
    ("", _("find out")),
    (";", ";"),
    (",", ","),
    ("\t", pgettext_lazy("separator", "tabulator")),
    ("|", "|"),
]
KINDS = [c for c in WatchList.Kind.choices if c[0] != WatchList.Kind.BANS]


class Described(forms.Form):
    """What everybody must know about a list."""

    name = forms.Name(label=pgettext_lazy("watch-list", "Name of the list"))
    source = forms.Name(
        label=_("Source"),
        help_text=_(
            "Where the file comes from: an address, or a letter with its date."
        ),
        max_length=300,
    )
    owner = forms.Name(
        label=_("Whose list it is"),
        help_text=_("The authority that answers for who is on it."),
        max_length=160,
    )
    purpose = forms.Name(
        label=_("What it is for"),
        help_text=_("The legal basis and the purpose, in one sentence."),
        max_length=300,
    )
    kept_until = forms.Date(
        label=_("Kept until"),
        help_text=_("From this day on nobody is compared with it, and it is erased."),
    )

    def draft(self, kind: str) -> ListDraft:
        """Return the list for the service."""
        values = {n: self.cleaned_data[n] for n in Described.base_fields}
        return ListDraft(kind=kind, **values)


class New(forms.Once, Described):
    """A list that is not there yet."""

    kind = forms.Choice(label=_("Kind of file"), choices=KINDS, radios=True)

    field_order = ("kind", "name", "source", "owner", "purpose", "kept_until")


class Load(forms.Once):
    """A file for a list."""

    file = forms.File(
        label=_("File"), megabytes=BYTES // 1024**2, accept=".xml,.csv,.txt"
    )
    published_on = forms.Date(
        label=_("Published on"),
        help_text=_("Leave it empty where the file itself says it."),
        past=True,
        required=False,
    )


class Columns(forms.Form):
    """Which column of a table holds what."""

    encoding = forms.Choice(label=_("Encoding"), choices=ENCODINGS, required=False)
    separator = forms.Choice(
        label=_("Sign between columns"), choices=SEPARATORS, required=False
    )

    def __init__(self, *args: Any, heads: Sequence[str], settings: Any, **kw: Any):
        super().__init__(*args, **kw)
        choices = [*NONE, *((str(i), h or f"({i + 1})") for i, h in enumerate(heads))]
        chosen = settings.get("columns", {})
        for name in ("encoding", "separator"):
            self.fields[name].initial = settings.get(name, "")
        for name in FIELDS:
            self.fields[name] = forms.Choice(
                label=texts.FIELDS[name],
                choices=choices,
                required=False,
                initial=str(chosen.get(name, "")),
            )

    def settings(self) -> dict[str, Any]:
        """Return how the table is read."""
        data = self.cleaned_data
        columns = {n: int(data[n]) for n in FIELDS if data.get(n)}
        how = {n: data.get(n, "") for n in ("encoding", "separator")}
        return {**how, "columns": columns}


class Why(forms.Form):
    """A reason, nothing else."""

    reason = forms.Reason(max_length=300)


class Judged(forms.Once):
    """One decision, with the reason."""

    verdict = forms.Choice(
        label=_("Are they one person?"), choices=Judgement.Outcome.choices, radios=True
    )
    reason = forms.Reason(
        help_text=_("What you compared: photograph, parents, place of birth, document.")
    )
    seen = forms.Name(widget=forms.Once.base_fields["request_id"].widget, max_length=60)


class Queue(forms.Form):
    """What the queue is narrowed to."""

    q = forms.Name(label=_("Name of the person"), required=False)
    status = forms.Choice(
        label=pgettext_lazy("watch-list", "Decision"),
        choices=[
            ("waiting", pgettext_lazy("watch-list", "waiting")),
            *ANY,
            *Likeness.Status.choices,
        ],
        required=False,
    )
    list = forms.Choice(label=pgettext_lazy("watch-list", "List"), required=False)
    place = forms.Choice(label=_("Institution"), required=False)

    def __init__(self, *args: Any, lists: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("list", lists), ("place", places)):
            field = self.fields[name]
            field.choices = [*ANY, *choices]  # type: ignore[attr-defined]
