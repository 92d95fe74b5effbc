"""A list as a table (CSV): which column means what, and each line as an entry."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from darbaza.kernel.errors import Invalid
from darbaza.watchlists.reading import limits
from darbaza.watchlists.types import Birth, Listed, Paper, Problem, Reading, birth

COLUMNS = 60
SEPARATORS = ";,\t|"
ENCODINGS = ("utf-8", "cp1251")
PROBLEMS = 500
"""More lines that cannot be read than this, and the file is no list."""
_HEADS: Mapping[str, str] = MappingProxyType(
    {
        "reference": "reference, number, no, id, номер, №, шифр, каттоо номери",
        "name": "name, full name, фио, ф и о, имя, аты жөнү, аты-жөнү",
        "surname": "surname, last name, фамилия, фамилиясы, тегиси",
        "given_names": "given names, first name, имя, аты, ысымы",
        "patronymic": "patronymic, отчество, атасынын аты",
        "other_names": "other names, aliases, aka, псевдонимы, прозвища, башка аттары",
        "birth": "date of birth, birth date, born, дата рождения, туулган күнү",
        "sex": "sex, gender, пол, жынысы",
        "document": "document, passport, document number, документ, паспорт,"
        " номер документа, документтин номери",
        "personal_number": "personal number, инн, пин, персональный номер,"
        " жеке номери, pin",
        "remark": "remark, comment, reason, примечание, основание, эскертүү",
    }
)  # fmt: skip
FIELDS = tuple(_HEADS)
_NAMED = ("name", "surname", "given_names")
_SEX = {
    **dict.fromkeys(("m", "male", "м", "муж", "мужской", "эркек"), "M"),
    **dict.fromkeys(("f", "female", "ж", "жен", "женский", "аял"), "F"),
}

Number = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Lines:
    head: tuple[str, ...]
    rows: Sequence[tuple[int, list[str]]]


def head(data: bytes, *, encoding: str = "", separator: str = "") -> tuple[str, ...]:
    """Return the heads of the columns.

    Raises:
        Invalid: No table, or too large.
    """
    return _lines(data, encoding, separator).head


def guess(heads: Iterable[str]) -> dict[str, int]:
    """Return which column each field is probably in, by the words of its head."""
    known = {
        _plain(word): field
        for field, words in reversed(list(_HEADS.items()))
        for word in words.split(",")
    }
    found: dict[str, int] = {}
    for index, text in enumerate(heads):
        field = known.get(_plain(text), "")
        if field and field not in found:
            found[field] = index
    return found


def table(
    data: bytes,
    columns: Mapping[str, int],
    *,
    number: Number,
    encoding: str = "",
    separator: str = "",
) -> Reading:
    """Read a table into entries; a line that cannot be read is a problem, no end.

    Args:
        data: The file.
        columns: Field to column; a reference may be missing, then the line's own
            words stand for it.
        number: Brings the number of a document into the form it is compared in.
        encoding: "utf-8" or "cp1251"; "" to find out.
        separator: One sign; "" to find out.

    Raises:
        Invalid: No table, no column of names, or too large.
    """
    if not set(columns) & set(_NAMED):
        raise Invalid("watch_no_name_column", field="name")
    lines = _lines(data, encoding, separator)
    found: dict[str, Listed] = {}
    problems: list[Problem] = []
    for place, cells in lines.rows:
        given = {
            field: cells[index] if index < len(cells) else ""
            for field, index in columns.items()
        }
        listed, problem = _entry(place, given, number)
        if listed is not None and listed.reference in found:
            problem = Problem(place, "entry_twice", {"reference": listed.reference})
        if problem is not None:
            problems.append(problem)
        elif listed is not None:
            found[listed.reference] = listed
        if len(problems) > PROBLEMS:
            raise Invalid("watch_too_many_problems", field="file", most=PROBLEMS)
    return Reading(tuple(found.values()), problems=tuple(problems), head=lines.head)


def _entry(
    place: int, given: Mapping[str, str], number: Number
) -> tuple[Listed | None, Problem | None]:
    names = _names(given)
    if any(len(text) > limits.LETTERS for text in given.values()):
        return None, Problem(place, "cell_too_long_here", {"most": limits.LETTERS})
    if not names:
        return None, Problem(place, "entry_without_name")
    births: tuple[Birth, ...] = ()
    if given.get("birth"):
        try:
            births = (_birth(given["birth"]),)
        except ValueError:
            value = given["birth"][:40]
            return None, Problem(place, "entry_birth_unclear", {"value": value})
    papers = [Paper(number(text)[:40]) for text in _parted(given.get("document", ""))]
    reference = given.get("reference") or "|".join((*names, *map(str, births)))
    return Listed(
        reference=reference[:80],
        names=names,
        births=births,
        sex=_SEX.get(given.get("sex", "").casefold(), "X"),
        papers=tuple(paper for paper in papers if paper.number)[: limits.PAPERS],
        personal_number="".join(given.get("personal_number", "").split())[:14],
        remark=given.get("remark", ""),
    ), None


def _names(given: Mapping[str, str]) -> tuple[str, ...]:
    tail = " ".join(filter(None, map(given.get, ("given_names", "patronymic"))))
    parted = ", ".join(filter(None, (given.get("surname", ""), tail)))
    others = _parted(given.get("other_names", ""))
    found = [given.get("name", ""), parted, *others]
    cut = [text[: limits.NAME_LETTERS] for text in found]
    usable = (text for text in cut if any(c.isalpha() for c in text))
    return tuple(dict.fromkeys(usable))[: limits.NAMES]


def _parted(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;|]", text) if part.strip()]


def _birth(text: str) -> Birth:
    """Read 05.03.1971, 1971-03-05, 1971, ~1971, 1970-1975 or 1970/1975."""
    plain = text.replace(" ", "")
    day = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", plain)
    if day:
        return birth(f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}")
    return birth(re.sub(r"^(\d{4})[-–](\d{4})$", r"\1/\2", plain))


def _lines(data: bytes, encoding: str, separator: str) -> _Lines:
    limits.fits(data)
    text = _decoded(data, encoding)
    first = text[:4_096].lstrip("\r\n").splitlines() or [""]
    mark = separator or max(SEPARATORS, key=first[0].count)
    rows = list(_rows(csv.reader(io.StringIO(text, newline=""), delimiter=mark)))
    if len(rows) < 2:
        raise Invalid("watch_file_without_people", field="file")
    heads = tuple(cell[:80] for cell in rows[0][1])
    return _Lines(heads, rows[1:])


def _rows(reader: "Iterable[list[str]]") -> Iterator[tuple[int, list[str]]]:
    place = 0
    count = 0
    steps = iter(reader)
    while True:
        place += 1
        try:
            cells = next(steps, None)
        except csv.Error:
            raise Invalid("watch_line_broken", field="file", line=place) from None
        if cells is None:
            return
        if len(cells) > COLUMNS:
            raise Invalid("watch_too_many_columns", field="file", most=COLUMNS)
        cleaned = [limits.line(cell, limits.LETTERS + 1) for cell in cells]
        if any(cleaned):
            count += 1
            yield place, cleaned
        if count > limits.ENTRIES + 1:
            raise Invalid("watch_too_many", field="file", most=limits.ENTRIES)


def _decoded(data: bytes, encoding: str) -> str:
    for name in (encoding,) if encoding else ENCODINGS:
        try:
            text = data.decode("utf-8-sig" if name == "utf-8" else name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Invalid("watch_file_unreadable", field="file")


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w№]+", " ", text.casefold()).split())
