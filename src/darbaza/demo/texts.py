"""Words of the demonstration: what the record says about it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from darbaza.demo import events

EVENTS: dict[str, Promise] = {events.BUILT.code: _("Demonstration built")}
