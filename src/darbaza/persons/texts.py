"""Words of this room: why a hit was found, what went wrong, what happened."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from darbaza.pages.grounds import Text
from darbaza.persons import events

REASONS: Mapping[str, Promise] = {
    "same_document": _("same document"),
    "personal_number_same": _("same personal number"),
    "personal_number_differs": _("other personal number"),
    "name_same": _("same name"),
    "name_alike": _("similar name"),
    "name_differs": _("other name"),
    "begins_with": _("name begins so"),
    "birth_date_same": _("same date of birth"),
    "birth_date_turned": _("day and month of birth turned round"),
    "birth_date_differs": _("other date of birth"),
    "sex_differs": _("other sex"),
    "surname_near_sound": _("surname sounds similar"),
    "surname_typo": _("surname differs by a slip of the pen"),
    "surname_cut_off": _("surname cut off"),
    "surname_left_out": _("surname missing on one side"),
    "surname_different": _("other surname"),
    "surname_for_patronymic": _("father's name in place of the surname"),
    "given_near_sound": _("given name sounds similar"),
    "given_typo": _("given name differs by a slip of the pen"),
    "given_cut_off": _("given name cut off"),
    "given_initial": _("only the initial of the given name"),
    "given_left_out": _("given name missing on one side"),
    "given_different": _("other given name"),
    "patronymic_different": _("other father's name"),
    "order_turned": _("words in another order"),
}
"""Reasons worth a word beside a hit; the rest (``surname_same``) go without saying."""


def _for_officers(words: Mapping[str, Promise]) -> dict[str, Text]:
    return {code: Text(officer=text, family="") for code, text in words.items()}


TEXTS: Mapping[str, Text] = _for_officers(
    {
        "say_why": _("Say why, in a few words."),
        "person_without_name": _("Give at least one name."),
        "personal_number_shape": _("A personal number has 14 digits."),
        "personal_number_taken": _("Another person has this personal number."),
        "document_number_missing": _("Give the number of the document."),
        "document_dates_reversed": _("The document expires before it was issued."),
        "photo_too_large": _("The photograph is too large."),
        "photo_too_small": _(
            "The photograph is too small: %(pixels)s pixels at least."
        ),
        "photo_unreadable": _(
            "This is no photograph that can be read (JPEG, PNG, WebP)."
        ),
        "merge_with_itself": _("These are the same record already."),
        "merge_of_merged_record": _("One of the two was merged into a third record."),
        "merge_refused": _("These two records cannot be merged."),
        "merge_undo_later_first": _(
            "This record was merged into another later. Undo that first."
        ),
        "merge_cannot_be_undone": _(
            "The records have grown together since: correct them by hand."
        ),
        "merge_personal_numbers_differ": _(
            "The two have different personal numbers: they are two people."
        ),
        "merge_two_open_files": _(
            "Both have an open prisoner's file: close or correct one of them first."
        ),
        "merge_names_differ": _("The names differ."),
        "merge_birth_dates_differ": _(
            "The dates of birth differ: %(kept)s and %(absorbed)s."
        ),
        "merge_sex_differs": _("The sex differs."),
    }
)

EVENTS: Mapping[str, Promise] = {
    events.REGISTERED.code: _("Person registered"),
    events.CORRECTED.code: _("Person's data corrected"),
    events.DOCUMENT_ADDED.code: _("Document added"),
    events.PHOTO_STORED.code: _("Photograph stored"),
    events.NOTICE_GIVEN.code: _("Privacy notice given"),
    events.MERGED.code: _("Records merged"),
    events.MERGE_UNDONE.code: _("Merge undone"),
    events.READ.code: _("Person's page opened"),
}


def reasons(codes: tuple[str, ...]) -> list[str]:
    """Return the words of a hit's reasons, in order."""
    return [str(REASONS[code]) for code in codes if code in REASONS]
