"""Gives every form, ours and the sign-in library's, the design system's markup."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Setting ``FORM_RENDERER``; widgets keep Django's own templates."""

    form_template_name = "pages/forms/form.html"
    field_template_name = "pages/forms/field.html"
