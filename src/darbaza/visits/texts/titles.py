"""A ground in a few words, where a list or a history shows it without its figures."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from darbaza.pages import grounds

TITLES: dict[str, Promise] = {
    "isolation": _("In the punishment isolator."),
    "quarantine": _("In quarantine after admission."),
    "hospital": _("In hospital."),
    "prisoner_no_visits": _("No visits for this prisoner."),
    "banned_everywhere": _("Banned in every institution."),
    "banned_pair": _("Banned from visits to this prisoner."),
    "closed_only": _("Behind glass only."),
    "no_children": _("No children at visits."),
    "supervised": _("Visits under observation."),
    "earlier_information": _("Earlier information."),
    "restriction_met": _("A restriction is met."),
    "known_visitor": _("Known visitor."),
    "contact_approved": _("Approved contact."),
    "contact_pending": _("The contact awaits approval."),
    "contact_refused": _("The contact was refused."),
    "not_close_relative": _("Not a close relative."),
    "remand_permit_ok": _("A permit of the investigator or court."),
    "quota_left": _("The allowance is not used up."),
    "quota_used": _("The allowance is used up."),
    "session_full": _("The session is full."),
    "too_many_visitors": _("Too many visitors for the seat."),
    "document_expired": _("The document has expired."),
    "document_expires_soon": _("The document expires soon."),
    "outside_notice": _("Outside the time of notice."),
}
"""Every ground of a decision whose full words need a figure."""


def title(code: str) -> str:
    """Return the words of a ground without its figures; a code nobody knows stays."""
    text = grounds.known().get(code)
    return str(TITLES.get(code) or (text.officer if text else code))
