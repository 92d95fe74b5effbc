"""Words of imports: columns, kinds, and what is wrong with a row and what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from darbaza.custody.imports.types import Problem
from darbaza.pages import grounds
from darbaza.pages.grounds import Text, Words

COLUMNS: Mapping[str, Promise] = {
    "number": _("Prisoner's number"),
    "prisoner_number": _("Prisoner's number"),
    "surname": _("Surname"),
    "given_names": _("Given names"),
    "patronymic": _("Patronymic"),
    "surname_latin": _("Surname in Latin letters"),
    "given_names_latin": _("Given names in Latin letters"),
    "sex": _("Sex"),
    "birth_on": _("Date of birth"),
    "citizenship": _("Citizenship"),
    "personal_number": _("Personal number"),
    "document_number": _("Document number"),
    "legal_status": _("Legal status"),
    "regime": _("Regime"),
    "conditions": _("Conditions"),
    "order_number": _("Number of the order"),
    "admitted_on": _("Admitted on"),
    "term_ends_on": _("End of term"),
    "block": _("Block"),
    "cell": _("Cell"),
    "phone": _("Telephone"),
    "kinship": _("Kinship"),
    "proof": _("Proof of kinship"),
    "approved": _("Approved"),
    "kind": _("What is restricted"),
    "ground": _("On what ground"),
    "starts_on": _("First day"),
    "last_on": _("Last day"),
    "reason": _("Reason"),
    "authority": _("Ordered by"),
    "username": _("Sign-in name"),
    "full_name": _("Full name"),
    "role": _("Role"),
    "rank": _("Rank or position"),
    "language": _("Language"),
}

_FILE: Mapping[str, Words] = {
    "column_missing": _("A column that every row needs has not been chosen."),
    "column_twice": _("One column is chosen for two things. Choose each once."),
    "file_empty": _("The file is empty."),
    "file_is_a_bomb": _("This workbook is built to do harm. It was not opened."),
    "file_too_large": _("The file is larger than %(megabytes)s MB. Divide it."),
    "file_unreadable": _(
        "This is neither a table in CSV nor a workbook in XLSX. Save it anew as one of"
        " these."
    ),
    "file_without_lines": _("There is no row under the heads of the columns."),
    "import_begun": _("These rows are being taken over already."),
    "import_not_checked": _("The rows are not checked yet. Wait a moment."),
    "import_not_done": _("Only a list that was taken over can be undone."),
    "later_work": ngettext_lazy(
        "Later work stands on %(count)s row (line %(lines)s). It was not undone.",
        "Later work stands on %(count)s rows (lines %(lines)s). Nothing was undone.",
        "count",
    ),
    "line_unreadable": _(
        "Line %(line)s cannot be read: a quotation mark is open or a cell is too long."
    ),
    "too_many_columns": _("There are more than %(most)s columns."),
    "too_many_lines": _("There are more than %(most)s rows. Divide the file."),
}
_ROW: Mapping[str, Words] = {
    "account_closed_before": _(
        "The account %(value)s was closed. Open it again on its page."
    ),
    "ban_on_nobody": _("Give a person, a prisoner's number, or both."),
    "cell_in_future": _("%(value)s lies in the future. Correct the date."),
    "cell_missing": _("The cell is empty. Fill it in."),
    "cell_no_date": _("%(value)s is no date. Write it like 22.11.2026."),
    "cell_no_name": _("%(value)s is no name. Use letters."),
    "cell_too_long": _("The text is longer than %(most)s letters. Shorten it."),
    "cell_unknown_word": _(
        "The word %(value)s is not known here. Use one from the empty table."
    ),
    "contact_decided_before": _(
        "This contact was refused or ended before. Propose it on the prisoner's page."
    ),
    "document_of_another": _(
        "Somebody of another name showed this document. Compare with the document."
    ),
    "held_elsewhere": _(
        "This person is held in another institution. Ask for a transfer."
    ),
    "held_under_number": _(
        "This person is held here under number %(number)s. Correct the number."
    ),
    "number_elsewhere": _("Another institution has a file of this number."),
    "number_of_another": _(
        "The file %(value)s belongs to somebody of another name. Compare the two."
    ),
    "person_only_named": _(
        "A name alone is not enough: many people share one. Add the date of birth, or"
        " the number of a document."
    ),
    "personal_number_of_another": _(
        "Somebody of another name has this personal number. Compare with the document."
    ),
    "place_unknown": _("There is no open %(value)s here, or several. Add the block."),
    "prisoner_unknown": _(
        "Nobody is held here under number %(value)s. Take over the prisoners first."
    ),
    "several_people_fit": _(
        "Several people of this name were born on this day. Add a document number."
    ),
    "twice_in_file": _("The same stands in line %(line)s already. Remove one."),
}
TEXTS: Mapping[str, Text] = {
    code: Text(officer=words, family="")
    for code, words in (_FILE | _ROW).items()  # type: ignore[operator]
}


def problem(one: Mapping[str, Any]) -> str:
    """Return in words what is wrong with a row: the column, why, what to do."""
    words = grounds.officer(Problem(one["code"], one["figures"]))
    column = COLUMNS.get(one["figures"].get("column", ""))
    return str(format_lazy("{}: {}", column, words)) if column else words


def problems(many: list[Mapping[str, Any]]) -> str:
    """Return everything that is wrong with a row, in one line."""
    return " ".join(problem(one) for one in many)
