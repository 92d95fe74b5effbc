"""Words of this room: refusals, warnings, events."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from darbaza.custody import events
from darbaza.custody.types import Step
from darbaza.pages.grounds import Text, Words

_REFUSALS: Mapping[str, Words] = {
    "authority_missing": _("Name the authority that ordered it."),
    "cell_of_other_block": _("This cell is in another block."),
    "contact_ended": _("This contact was ended. Propose it again first."),
    "contact_with_self": _("Nobody is a contact of themselves."),
    "correction_does_not_fit": _("These values do not fit the rest of the file."),
    "ends_before_start": _("The last day lies before the first."),
    "ground_not_allowed": _(
        "Contact may be restricted on the listed grounds only, never as a punishment."
    ),
    "held_already": _("This person is held already. Use a transfer."),
    "in_force_in_future": _("This day has not come yet."),
    "in_force_too_early": _("This day lies before the admission on %(first)s."),
    "isolation_too_long": ngettext_lazy(
        "With the isolation before and after it this would be %(days)s day without"
        " a break. More than %(at_most)s cannot be entered.",
        "With the isolation before and after it this would be %(days)s days without"
        " a break. More than %(at_most)s cannot be entered.",
        "days",
    ),
    "isolation_without_end": _("Isolation needs a last day."),
    "keep_apart_from_self": _("Choose another prisoner."),
    "kind_unknown": _("There is no such kind."),
    "kinship_unknown": _("There is no such kinship."),
    "not_correctable": _("This cannot be corrected here."),
    "nothing_changes": _("It stands so already."),
    "number_missing": _("Give the prisoner's number."),
    "number_taken": _("Another file has this number."),
    "order_missing": _("Give the number of the order."),
    "permit_for_no_visit": _("A permit is for one visit at least."),
    "prisoner_released": _("This file is closed: the prisoner was released."),
    "restriction_on_nobody": _("Choose a person, a prisoner, or both."),
    "separation_overlaps": _("Such a separation covers these days already."),
    "signed_in_future": _("The order is dated in the future."),
    "term_ends_before_admission": _("The term ends before the admission."),
    "transfer_to_same_institution": _("The prisoner is there already."),
}
_WARNINGS: Mapping[str, Words] = {
    "cell_full": _("With this prisoner %(inside)s people share %(places)s places."),
    "cell_mixes_sexes": _("Women and men would share a cell."),
    "cell_mixes_remand": _("Remand and sentenced prisoners would share a cell."),
    "cell_mixes_ages": _("A person under 18 would share a cell with adults."),
    "cell_holds_kept_apart": ngettext_lazy(
        "%(count)s person in this cell must be kept apart from this prisoner.",
        "%(count)s people in this cell must be kept apart from this prisoner.",
        "count",
    ),
}

TEXTS: Mapping[str, Text] = {
    code: Text(officer=words, family="")
    for code, words in (_REFUSALS | _WARNINGS).items()  # type: ignore[operator]
}

EVENTS: Mapping[str, Promise] = {
    events.STEPS[Step.ADMITTED].code: _("Admitted"),
    events.STEPS[Step.TRANSFERRED].code: _("Transferred"),
    events.STEPS[Step.REGIME_CHANGED].code: _("Regime changed"),
    events.STEPS[Step.CONDITIONS_CHANGED].code: _("Conditions changed"),
    events.STEPS[Step.LEGAL_STATUS_CHANGED].code: _("Legal status changed"),
    events.STEPS[Step.PLACED].code: _("Placed in a cell"),
    events.STEPS[Step.SEPARATED].code: _("Separated"),
    events.STEPS[Step.SEPARATION_ENDED].code: _("Separation ended"),
    events.STEPS[Step.RELEASED].code: _("Released"),
    events.STEPS[Step.CORRECTED].code: _("File corrected"),
    events.STEPS[Step.WITHDRAWN].code: _("File withdrawn: entered in error"),
    events.IMPORT_STARTED.code: _("List being taken over"),
    events.IMPORT_FINISHED.code: _("List taken over"),
    events.IMPORT_UNDONE.code: _("Taking over of a list undone"),
    events.PASSWORDS_HANDED.code: _("One-time passwords listed"),
    events.PLACEMENT_WARNED.code: _("Placed in spite of warnings"),
    events.CONTACT_PROPOSED.code: _("Contact proposed"),
    events.CONTACT_APPROVED.code: _("Contact approved"),
    events.CONTACT_REFUSED.code: _("Contact refused"),
    events.CONTACT_ENDED.code: _("Contact ended"),
    events.RESTRICTED.code: _("Restriction entered"),
    events.RESTRICTION_LIFTED.code: _("Restriction lifted"),
    events.KEPT_APART.code: _("Kept apart from another prisoner"),
    events.KEEP_APART_ENDED.code: _("No longer kept apart"),
    events.PERMITTED.code: _("Permit entered"),
    events.PERMIT_REVOKED.code: _("Permit revoked"),
    events.READ.code: _("Prisoner's page opened"),
}
