"""The consolidated list of the United Nations Security Council, as XML.

Read as a stream, so that memory holds one entry at a time. Definitions of entities, a
document type, deep nesting and endless files are refused with a code each. Element
names are those of the published list; unknown ones are passed over.
"""

import io
from collections.abc import Callable, Iterator
from datetime import date
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, iterparse

from darbaza.kernel.errors import Invalid
from darbaza.watchlists.reading import limits
from darbaza.watchlists.types import (
    Birth,
    Listed,
    Paper,
    Problem,
    Reading,
    birth,
    years,
)

ROOT, PERSON, OTHER = "CONSOLIDATED_LIST", "INDIVIDUAL", "ENTITY"
NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
SEX = {"male": "M", "female": "F"}
ABOUT = "APPROXIMATELY"
_NATIONAL = ("national identification", "personal number", "personal id")

Number = Callable[[str], str]


def united_nations(data: bytes, *, number: Number) -> Reading:
    """Read a consolidated list.

    Args:
        data: The file.
        number: Brings the number of a document into the form it is compared in.

    Raises:
        Invalid: Not this format, broken, too large, or built to do harm.
    """
    limits.fits(data)
    found: dict[str, Listed] = {}
    problems: list[Problem] = []
    ignored, published = 0, None
    try:
        for place, element in _elements(data):
            if element.tag == ROOT:
                published = _day(element.get("dateGenerated", "")[:10])
            elif element.tag == OTHER:
                ignored += 1
            else:
                _put(element, found, problems, (place, number))
    except DefusedXmlException:
        raise Invalid("watch_file_is_a_bomb", field="file") from None
    except (ParseError, ValueError, LookupError, UnicodeError):
        # LookupError: the file names an encoding that does not exist.
        raise Invalid("watch_file_broken", field="file") from None
    if not found and not ignored:
        raise Invalid("watch_file_without_people", field="file")
    return Reading(tuple(found.values()), ignored, published, tuple(problems))


def _elements(data: bytes) -> Iterator[tuple[int, Element]]:
    """Yield the root when it begins, then each finished entry with its number.

    Raises:
        Invalid: Another root, too deep, or too many elements or entries.
    """
    parser = DefusedXMLParser(forbid_dtd=True)
    depth = seen = entries = 0
    root: Element | None = None
    steps = iterparse(io.BytesIO(data), events=("start", "end"), parser=parser)
    for event, element in steps:
        if event == "start":
            depth, seen = depth + 1, seen + 1
            if root is None:
                root = _root(element)
                yield 0, root
            if depth > limits.DEPTH or seen > limits.ELEMENTS:
                raise Invalid("watch_file_is_a_bomb", field="file")
            continue
        depth -= 1
        if element.tag in {PERSON, OTHER} and depth == 2:
            entries += 1
            if entries > limits.ENTRIES:
                raise Invalid("watch_too_many", field="file", most=limits.ENTRIES)
            yield entries, element
            element.clear()


def _root(element: Element) -> Element:
    if element.tag != ROOT:
        raise Invalid("watch_file_other_root", field="file", root=element.tag[:60])
    return element


def _put(
    element: Element,
    found: dict[str, Listed],
    problems: list[Problem],
    about: tuple[int, Number],
) -> None:
    """Add one person, or say why not."""
    place, number = about
    listed = _person(element, number)
    if not listed.reference:
        problems.append(Problem(place, "entry_without_reference"))
    elif not listed.names:
        problems.append(Problem(place, "entry_without_name"))
    elif listed.reference in found:
        figures = {"reference": listed.reference}
        problems.append(Problem(place, "entry_twice", figures))
    else:
        found[listed.reference] = listed


def _person(element: Element, number: Number) -> Listed:
    papers = list(_papers(element, number))
    national = [p.number for p in papers if _is_national(p)]
    return Listed(
        reference=_text(element, "REFERENCE_NUMBER", 80)
        or _text(element, "DATAID", 80),
        names=_names(element),
        births=tuple(dict.fromkeys(_births(element)))[: limits.BIRTHS],
        sex=SEX.get(_text(element, "GENDER").casefold(), "X"),
        papers=tuple(papers[: limits.PAPERS]),
        personal_number=next((n for n in national if len(n) == 14), ""),
        remark=_remark(element),
        listed_on=_day(_text(element, "LISTED_ON")[:10]),
    )


def _is_national(paper: Paper) -> bool:
    return paper.kind.casefold().startswith(_NATIONAL)


def _names(element: Element) -> tuple[str, ...]:
    own = " ".join(filter(None, (_text(element, name) for name in NAMES)))
    others = [_text(alias, "ALIAS_NAME") for alias in element.iter("INDIVIDUAL_ALIAS")]
    script = _text(element, "NAME_ORIGINAL_SCRIPT")
    # An alias may hold several spellings, parted by a semicolon.
    parted = [part for text in (own, *others, script) for part in text.split(";")]
    cut = [limits.line(part, limits.NAME_LETTERS) for part in parted]
    return tuple(dict.fromkeys(filter(None, cut)))[: limits.NAMES]


def _births(element: Element) -> Iterator[Birth]:
    for row in element.iter("INDIVIDUAL_DATE_OF_BIRTH"):
        about = _text(row, "TYPE_OF_DATE").upper().startswith(ABOUT)
        mark = "~" if about else ""
        exact, year = _text(row, "DATE")[:10], _text(row, "YEAR")[:4]
        first, last = _text(row, "FROM_YEAR")[:4], _text(row, "TO_YEAR")[:4]
        try:
            if exact or year:
                yield birth(mark + (exact or year))
            elif first and last:
                yield years(int(first), int(last), about=about)
        except ValueError:
            continue  # "unknown", or a day that no calendar has: not known then


def _papers(element: Element, number: Number) -> Iterator[Paper]:
    for row in element.iter("INDIVIDUAL_DOCUMENT"):
        found = number(_text(row, "NUMBER", 80))
        if found:
            issuer = _text(row, "ISSUING_COUNTRY", 80) or _text(
                row, "COUNTRY_OF_ISSUE", 80
            )
            yield Paper(found[:40], _text(row, "TYPE_OF_DOCUMENT", 80), issuer)


def _remark(element: Element) -> str:
    """Return programme, citizenship, position and comment in one line."""
    parts = [_text(element, "UN_LIST_TYPE")]
    parts += [_text(row, "VALUE") for row in element.iter("NATIONALITY")]
    parts += [_text(row, "VALUE") for row in element.iter("DESIGNATION")]
    parts.append(_text(element, "COMMENTS1"))
    return limits.line(" · ".join(filter(None, parts)))


def _text(element: Element, name: str, most: int = limits.LETTERS) -> str:
    return limits.line(element.findtext(name), most)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
