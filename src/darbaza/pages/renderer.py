"""Gives every form, ours and the sign-in library's, the design system's markup."""

import re
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString, mark_safe

# What a form was sent stands in its fields again; these are no text in any language.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Renderer(TemplatesSetting):
    """Setting ``FORM_RENDERER``; widgets keep Django's own templates."""

    form_template_name = "pages/forms/form.html"
    field_template_name = "pages/forms/field.html"

    def render(
        self, template_name: str, context: dict[str, Any], request: Any = None
    ) -> SafeString:
        """Render without control characters, which HTML forbids."""
        html = super().render(template_name, context, request)
        return mark_safe(_CONTROLS.sub("", html))  # noqa: S308 - only characters less
