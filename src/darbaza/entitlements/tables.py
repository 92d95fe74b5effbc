"""The list of rules and a ledger, as pages, CSV and XLSX show them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from darbaza.entitlements import texts
from darbaza.entitlements.models import Entry, Rule
from darbaza.entitlements.types import VISITS
from darbaza.pages.tables import Column, Table


@dataclass(frozen=True, slots=True)
class Posted:
    """A line of a ledger with the balance of its kind and period after it."""

    entry: Entry
    balance: int
    note: str

    @property
    def of_a_visit(self) -> bool:
        """Whether a visit uses it; a sending otherwise."""
        return self.entry.kind in VISITS


def _find(rows: QuerySet[Rule], text: str) -> QuerySet[Rule]:
    names = Q(name_ky__icontains=text) | Q(name_ru__icontains=text)
    names |= Q(name_en__icontains=text) | Q(code__icontains=text)
    return rows.filter(
        names | Q(legal_basis__icontains=text) | Q(source__icontains=text)
    )


RULES: Table[Any] = Table(
    columns=(
        Column(
            "name", _("Rule"), value=lambda r: r.name, order="name_ky",
            link=lambda r: reverse("entitlements:rule", args=[r.code]),
        ),
        Column("code", _("Code"), value=lambda r: r.code, order="code"),
        Column(
            "country", _("Country"),
            value=lambda r: texts.say(texts.COUNTRIES, r.jurisdiction),
            order="jurisdiction",
        ),
        Column("legal_basis", _("Legal basis"), value=lambda r: r.legal_basis),
        Column("source", _("Source"), value=lambda r: r.source, export_only=True),
        Column(
            "valid_from", _("In force from"), value=lambda r: r.valid_from,
            order="valid_from",
        ),
        Column("valid_to", _("Until"), value=lambda r: r.valid_to, order="valid_to"),
        Column(
            "verified_on", _("Verified"), value=lambda r: r.verified_on,
            order="verified_on", template="entitlements/_verified.html",
        ),
        Column(
            "verified_by", _("Verified by"), value=lambda r: r.verified_by,
            export_only=True,
        ),
    ),
    search=_find,
    order="code",
    size=100,
)  # fmt: skip

LEDGER: Table[Posted] = Table(
    columns=(
        Column("at", _("When"), value=lambda p: p.entry.at),
        Column("kind", _("Kind"), value=lambda p: p.entry.get_kind_display()),
        Column("period_on", _("Period from"), value=lambda p: p.entry.period_on),
        Column(
            "reason", _("What"), value=lambda p: p.entry.get_reason_display(),
            template="entitlements/_reason.html",
        ),
        Column("amount", _("How many"), value=lambda p: p.entry.amount, numeric=True),
        Column("balance", _("Balance"), value=lambda p: p.balance, numeric=True),
        Column("note", _("Reason"), value=lambda p: p.note),
        Column("by", _("By"), value=lambda p: p.entry.by_name),
        Column(
            "subject", _("Used for"), value=lambda p: p.entry.subject_id,
            export_only=True,
        ),
        Column(
            "rule", _("Rule"),
            value=lambda p: p.entry.quota.rule.code if p.entry.quota else "",
            export_only=True,
        ),
    ),
    size=200,
)  # fmt: skip
