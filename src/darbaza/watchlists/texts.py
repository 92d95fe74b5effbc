"""What people read for each code of watch-lists: troubles, reasons, the record."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.audit import texts as audit
from darbaza.pages import dates, grounds
from darbaza.pages.grounds import Text, Words
from darbaza.persons.names import CODES
from darbaza.watchlists import events
from darbaza.watchlists.types import Birth, Problem

_FILES: Mapping[str, Words] = {
    "watch_file_empty": _("The file is empty. Choose another."),
    "watch_file_too_large": _(
        "The file is larger than %(megabytes)s MB. A list of this kind is smaller:"
        " look whether it is the right file."
    ),
    "watch_file_is_a_bomb": _(
        "This file is built to do harm: it defines entities or is nested too deep. It"
        " was not read. Load it again from the source."
    ),
    "watch_file_broken": _(
        "This file is no XML that can be read, or it ends too early. Load it again from"
        " the source."
    ),
    "watch_file_other_root": _(
        "This is another XML file: it begins with %(root)s, not with CONSOLIDATED_LIST."
    ),
    "watch_file_without_people": _("There is nobody in this file."),
    "watch_file_unreadable": _(
        "This is no text in the chosen encoding. Choose another, or save the table anew"
        " as CSV."
    ),
    "watch_too_many": _("A list holds at most %(most)s people. Divide the file."),
    "watch_too_many_columns": _("The table has more than %(most)s columns."),
    "watch_too_many_problems": _(
        "More than %(most)s lines cannot be read so. Look at the columns again."
    ),
    "watch_line_broken": _(
        "Line %(line)s cannot be read: a cell is too long or a quotation mark is open."
    ),
    "watch_no_name_column": _("Choose the column that holds the names."),
    "watch_column_twice": _("Each column can hold one thing only."),
    "watch_file_settled": _("This file was taken over or thrown away already."),
    "watch_file_changed": _("Another file came in between. Look at it first."),
}
_STEPS: Mapping[str, Words] = {
    "watch_kind_unknown": _("There is no such kind of list."),
    "watch_say_it": _("Fill this in: everybody who reads the list must know it."),
    "watch_over_already": _("This day is over. Give a day to come."),
    "watch_name_taken": _("There is a list of this name already."),
    "watch_list_erased": _("This list was erased."),
    "watch_verdict_unknown": _("Choose one of the three decisions."),
    "watch_judged_meanwhile": _(
        "Somebody has decided in the meantime, or the facts have changed. Look again."
    ),
}
PROBLEMS: Mapping[str, Words] = {
    "entry_without_reference": _("There is no number of the entry."),
    "entry_without_name": _("There is no name."),
    "entry_twice": _("The number %(reference)s stands there twice."),
    "entry_birth_unclear": _("%(value)s is no date of birth that can be read."),
    "cell_too_long_here": _("A cell is longer than %(most)s letters."),
}
TEXTS: Mapping[str, Text] = {
    code: Text(officer=words, family="")
    for code, words in {**_FILES, **_STEPS, **PROBLEMS}.items()
}
REASONS: Mapping[str, Words] = {
    "document_same": _("the same number of a document"),
    "personal_number_same": _("the same personal number"),
    "name_same": _("the same name"),
    "name_alike": _("a similar name"),
    "name_differs": _("another name"),
    "birth_date_same": _("the same date of birth"),
    "birth_date_turned": _("day and month of birth turned round"),
    "birth_date_within": _("born in the month or years that the list gives"),
    "birth_date_about": _("born about when the list says"),
    "birth_date_differs": _("another date of birth"),
    "birth_date_unknown": _("date of birth unknown on one side"),
    "sex_same": _("the same sex"),
    "sex_differs": _("another sex"),
    "sex_unknown": _("sex unknown on one side"),
}
PARTS: Mapping[str, Words] = {
    "surname": _("Surname"),
    "given": _("Given name"),
    "patronymic": _("Father's name"),
}
HOW: Mapping[str, Words] = {
    "same": pgettext_lazy("name", "the same"),
    "same_sound": pgettext_lazy("name", "sounds the same"),
    "near_sound": pgettext_lazy("name", "sounds similar"),
    "typo": pgettext_lazy("name", "a slip of the pen"),
    "cut_off": pgettext_lazy("name", "cut off"),
    "half": pgettext_lazy("name", "one half of a double name"),
    "initial": pgettext_lazy("name", "only the initial"),
    "left_out": pgettext_lazy("name", "missing on one side"),
    "different": pgettext_lazy("name", "different"),
}
WHOLE: Mapping[str, Words] = {
    "order_turned": pgettext_lazy("name", "words in another order"),
    "sex_differs": pgettext_lazy("name", "form of the other sex"),
    "spaces_differ": pgettext_lazy("name", "written together or apart"),
    "surname_for_patronymic": pgettext_lazy("name", "father's name for surname"),
    "begins_with": pgettext_lazy("name", "begins so"),
}
FIELDS: Mapping[str, Words] = {
    "reference": _("Number on the list"),
    "name": _("Full name"),
    "surname": _("Surname"),
    "given_names": _("Given names"),
    "patronymic": _("Patronymic"),
    "other_names": _("Other names"),
    "birth": _("Date of birth"),
    "sex": _("Sex"),
    "document": _("Document number"),
    "personal_number": _("Personal number"),
    "remark": _("Remark"),
}
EVENTS: Mapping[str, Promise] = {
    events.MADE.code: _("Watch-list made"),
    events.CHANGED.code: _("Watch-list described anew"),
    events.LOADED.code: _("Watch-list loaded"),
    events.DROPPED.code: _("File of a watch-list thrown away"),
    events.ERASED.code: _("Watch-list or old entries erased"),
    events.SCREENED.code: _("Everybody compared with the watch-lists"),
    events.RAISED.code: _("Likeness with a watch-list raised"),
    events.RAISED_AGAIN.code: _("Likeness with a watch-list raised again"),
    events.GONE.code: _("Likeness with a watch-list gone"),
    events.JUDGED.code: _("Likeness with a watch-list judged"),
    events.EXPORTED.code: _("Decisions on watch-lists taken as a file"),
}


def register() -> None:
    """Give everything its words."""
    grounds.register(TEXTS)
    audit.register(EVENTS)


def reasons(codes: Iterable[str]) -> list[str]:
    """Return why two are alike, in words."""
    return [str(REASONS[code]) for code in codes if code in REASONS]


def parts(rows: Iterable[Sequence[str]]) -> list[dict[str, str]]:
    """Return each part of the name: which, in the record, on the list, and how."""
    return [_part(*row) for row in rows if row[0] in CODES]


def _part(code: str, mine: str, theirs: str) -> dict[str, str]:
    name, _space, how = code.partition("_")
    which = _("Whole name") if code in WHOLE else PARTS[name]
    said = WHOLE.get(code) or HOW[how]
    return {"part": str(which), "mine": mine, "theirs": theirs, "how": str(said)}


def problem(one: Problem | Mapping[str, Any]) -> str:
    """Return what is wrong with a line."""
    if not isinstance(one, Problem):
        one = Problem(one["line"], one["code"], one["figures"])
    return grounds.officer(one)


def born(one: Birth) -> str:
    """Return a date of birth as far as it is known."""
    if one.first == one.last:
        said = dates.short(one.first)
    elif (one.first.year, one.first.month) == (one.last.year, one.last.month):
        said = f"{one.first:%m.%Y}"
    elif one.first.year == one.last.year:
        said = f"{one.first:%Y}"
    else:
        said = f"{one.first:%Y} – {one.last:%Y}"
    if not one.about:
        return said
    return str(pgettext_lazy("born", "about %(when)s") % {"when": said})
