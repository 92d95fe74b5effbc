"""What the call centre types."""

from django.utils.translation import gettext_lazy as _

from darbaza.pages import fields
from darbaza.pages.forms import Form


class LookUp(Form):
    """Number of the appointment and the end of the telephone that the family gave."""

    reference = fields.Code(label=_("Number of the appointment"), max_length=20)
    phone_end = fields.Code(
        label=_("Last four figures of the telephone"),
        max_length=20,
        help_text=_("Ask the caller for them."),
    )
