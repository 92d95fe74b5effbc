"""Markup of the design system around any Django form field."""

from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

register = template.Library()

# The first class that fits names the kind and the class of the control.
KINDS: tuple[tuple[type[forms.Widget], str, str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes", ""),
    (forms.RadioSelect, "radios", ""),
    (forms.CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (forms.Select, "select", "govuk-select"),
    (forms.Textarea, "textarea", "govuk-textarea"),
    (forms.FileInput, "file", "govuk-file-upload"),
    (forms.Widget, "input", "govuk-input"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a field is drawn."""

    kind: str
    css: str
    inline: bool


@dataclass(frozen=True, slots=True)
class Link:
    """One line of the error summary."""

    href: str
    text: str


@register.simple_tag
def shape(field: BoundField) -> Shape:
    """Return how this field is drawn; two or three short options stand in a row."""
    return _shape(field)


def _shape(field: BoundField) -> Shape:
    widget = field.field.widget
    kind, css = next((k, c) for t, k, c in KINDS if isinstance(widget, t))
    few = kind == "radios" and len(getattr(widget, "choices", ())) <= 3
    return Shape(kind, css, few)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Render the control itself with the classes of the design system."""
    drawn = _shape(field)
    own = field.field.widget.attrs.get("class", "")
    wrong = f"{drawn.css}--error" if field.errors and drawn.css else ""
    attrs: dict[str, Any] = {"class": " ".join(filter(None, (drawn.css, wrong, own)))}
    if drawn.kind == "textarea":
        attrs["rows"] = field.field.widget.attrs.get("rows", 4)
    return field.as_widget(attrs=attrs)


@register.simple_tag
def error_links(form: BaseForm) -> list[Link]:
    """Return every error of a form, each leading to its field."""
    if not form.is_bound:
        return []
    links = [Link("", str(error)) for error in form.non_field_errors()]
    for field in form:
        first = _first_id(field)
        links += [Link(f"#{first}", str(error)) for error in field.errors]
    return links


def _first_id(field: BoundField) -> str:
    """Return the id that takes the keyboard: of a group, its first option."""
    if _shape(field).kind in {"radios", "checkboxes"}:
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id
