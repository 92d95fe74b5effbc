"""Shape of what people enter about rules and ledgers."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from darbaza.entitlements import texts
from darbaza.entitlements.models import Quota, Rule
from darbaza.entitlements.types import VISITS, QuotaDraft, RuleDraft
from darbaza.pages import forms

ANY = [("", _("all"))]
MOST = 1_000_000
"""The highest figure of a rule: grams and som are large numbers."""
LIMITS = ("most", "most_g")
"""Figures that a rule about goods may have or not."""


class RuleFilters(forms.Form):
    """What the list of rules is narrowed to."""

    q = forms.Name(label=_("Name, code or source"), required=False)
    verified = forms.Choice(
        label=_("Verified"),
        choices=[*ANY, ("yes", _("verified")), ("no", _("not yet verified"))],
        required=False,
    )
    kind = forms.Choice(
        label=_("Kind"),
        choices=[*ANY, ("quota", _("quotas")), ("other", _("other rules"))],
        required=False,
    )
    jurisdiction = forms.Choice(
        label=_("Country"), choices=[*ANY, *texts.COUNTRIES.items()], required=False
    )


class Version(forms.Once):
    """A new version of a rule, from a day."""

    valid_from = forms.Date(label=_("In force from"))
    valid_to = forms.Date(
        label=_("Until"), help_text=_("The day after its last day."), required=False
    )
    jurisdiction = forms.Choice(label=_("Country"), choices=texts.COUNTRIES.items())
    legal_basis = forms.Name(
        label=_("Legal basis"),
        help_text=_("Act, date, number, article."),
        max_length=300,
    )
    source = forms.Name(label=_("Source"), max_length=300, required=False)
    name_ky = forms.Name(label=_("Name in Kyrgyz"), max_length=160)
    name_ru = forms.Name(label=_("Name in Russian"), max_length=160)
    name_en = forms.Name(label=_("Name in English"), max_length=160)

    def __init__(
        self, *args: Any, figures: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.figures = {f"figure_{name}": name for name in figures or {}}
        for field, name in self.figures.items():
            label = texts.say(texts.FIGURES, name)
            self.fields[field] = _figure((figures or {})[name], label)
        if "verdict" in (figures or {}):
            self._offer_limits()

    def _offer_limits(self) -> None:
        """Ask for the limits of goods even where the version before had none."""
        for name in LIMITS:
            field = f"figure_{name}"
            self.figures[field] = name
            label = texts.say(texts.FIGURES, name)
            self.fields[field] = forms.Number(
                label=label, max_value=MOST, required=False
            )

    @classmethod
    def of(cls, rule: Rule) -> dict[str, Any]:
        """Return what the form shows at first: the version before."""
        names = ("jurisdiction", "legal_basis", "source", "name_ky", "name_ru")
        shown = {name: getattr(rule, name) for name in (*names, "name_en")}
        return shown | {f"figure_{k}": v for k, v in rule.figures.items()}

    def draft(self, code: str, quotas: Iterable[QuotaDraft]) -> RuleDraft:
        """Return the draft for the service."""
        data = dict(self.cleaned_data)
        del data["request_id"]
        given = {name: data.pop(field) for field, name in self.figures.items()}
        figures = {name: value for name, value in given.items() if value is not None}
        return RuleDraft(code=code, figures=figures, quotas=tuple(quotas), **data)


class Numbers(forms.Name):
    """Whole numbers with commas between them, as many as before: "2, 28"."""

    default_error_messages = {"numbers": _("Give whole numbers with commas: 2, 28.")}

    def __init__(self, *, count: int, digits: int = 4, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.count, self.digits = count, digits

    def prepare_value(self, value: Any) -> Any:
        """Show them with commas."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the numbers."""
        parts = [part.strip() for part in str(value or "").split(",")]
        short = all(p.isdecimal() and len(p) <= self.digits for p in parts)
        if not short or len(parts) != self.count:
            wrong = self.error_messages["numbers"]
            raise ValidationError(wrong, code="numbers")
        return [int(part) for part in parts]

    def run_validators(self, value: Any) -> None:
        """The numbers are checked already; the validators of text do not fit them."""


def _figure(value: Any, label: str) -> Any:
    """Return the field that fits a figure: numbers, codes, or a verdict."""
    if isinstance(value, str):
        verdicts = dict.fromkeys([*texts.VERDICTS, value])
        named = [(code, texts.say(texts.VERDICTS, code)) for code in verdicts]
        return forms.Choice(label=label, choices=named)
    if isinstance(value, list) and all(isinstance(part, int) for part in value):
        digits = max(4, *(len(str(part)) for part in value))
        return Numbers(label=label, count=len(value), digits=digits)
    if isinstance(value, list):
        codes = dict.fromkeys([*texts.NOTES, *value])
        choices = [(code, texts.say(texts.NOTES, code)) for code in codes]
        return forms.Several(label=label, choices=choices, required=False)
    return forms.Number(label=label, max_value=MOST)


class QuotaLine(forms.Form):
    """One line of a quota table; a line without regime is left out."""

    kind = forms.Choice(label=_("Kind"), choices=Quota.Kind.choices, required=False)
    regime = forms.Choice(
        label=_("Regime"), choices=[("", "–"), *texts.REGIMES.items()], required=False
    )
    conditions = forms.Choice(
        label=_("Conditions"), choices=texts.CONDITIONS.items(), required=False
    )
    amount = forms.Number(
        label=_("Number (empty: no limit)"), max_value=366, required=False
    )
    period = forms.Choice(
        label=_("In each"), choices=Quota.Period.choices, required=False
    )
    hours = forms.Number(
        label=_("Hours each"), min_value=1, max_value=240, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the hours of a line that counts."""
        data: dict[str, Any] = super().clean() or {}
        timed = bool(data.get("regime")) and data.get("kind") in VISITS
        if timed and not data.get("hours") and "hours" not in self.errors:
            self.add_error("hours", str(_("Say how long one visit is.")))
        return data

    @classmethod
    def of(cls, row: Quota) -> dict[str, Any]:
        """Return what the line shows at first."""
        names = ("kind", "regime", "conditions", "amount", "period")
        shown = {name: getattr(row, name) for name in names}
        return {**shown, "hours": row.minutes // 60 or None}

    def draft(self) -> QuotaDraft | None:
        """Return the line for the service, or None for an empty one."""
        data = dict(self.cleaned_data)
        if not data.get("regime"):
            return None
        hours = data.pop("hours") or 0
        minutes = hours * 60 if data["kind"] in VISITS else 0
        return QuotaDraft(minutes=minutes, **data)


QuotaTable: type[BaseFormSet[QuotaLine]] = formset_factory(
    QuotaLine, extra=2, max_num=60, absolute_max=60
)


class Verification(forms.Form):
    """Who has compared a rule with the law in force, and when."""

    name = forms.Name(
        label=_("Verified by"), help_text=_("Name and office."), max_length=160
    )
    on = forms.Date(label=_("On"), past=True)


class Ending(forms.Form):
    """The day after the last day of a version."""

    on = forms.Date(label=_("No longer in force from"))


class Posting(forms.Once):
    """A line that a person adds to a ledger."""

    what = forms.Choice(
        label=_("What is it?"),
        radios=True,
        choices=[
            ("extra", _("extra, as an incentive on an order")),
            ("correction", _("correction of a mistake")),
        ],
    )
    kind = forms.Choice(label=_("Kind"), radios=True, choices=Quota.Kind.choices)
    amount = forms.Number(
        label=_("How many"),
        help_text=_("A correction that takes away is negative: -1."),
        min_value=-50,
        max_value=50,
    )
    on = forms.Date(
        label=_("In the period of"), help_text=_("Any day of the period it counts in.")
    )
    note = forms.Reason(label=_("Reason, with the number of the order"), max_length=300)
