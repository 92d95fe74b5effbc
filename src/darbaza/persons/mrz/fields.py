"""From a zone to a document: repair, take the fields, say how far each is certain."""

from dataclasses import replace
from datetime import date

from darbaza.persons.mrz import dates, issuers, kyrgyz, names, repair
from darbaza.persons.mrz.alphabet import FILLER
from darbaza.persons.mrz.formats import Layout
from darbaza.persons.mrz.types import Document, Error, State, Trust
from darbaza.persons.mrz.zones import Candidate

_FIELDS = (
    "document_code",
    "issuer",
    "document_number",
    "birth_date",
    "sex",
    "expiry_date",
    "nationality",
    "surname",
    "given_names",
    "optional1",
    "optional2",
)
# Structure that a line of the wrong length must have, or it is none of that format.
_STRUCTURE = frozenset({"unusual_code", "unknown_issuer", "unknown_nationality"})
_USUAL_CODES = {"TD1": "ACI", "TD2": "ACI", "TD3": "P", "MRVA": "V", "MRVB": "V"}


def read(candidate: Candidate, *, on: date, most: int = 2) -> Document:
    """Return the document of one candidate zone, repaired where that is certain.

    Args:
        candidate: Lines and the format they are taken for.
        on: The day of reading, to tell centuries.
        most: How many characters may be put right.
    """
    layout, printed = candidate.layout, candidate.flat
    known = _with_known_codes(layout, printed)
    spent = sum(a != b for a, b in zip(known, printed, strict=True))
    mended = repair.repair(layout, known, most=max(most - spent, 0))
    changed = frozenset(i for i, c in enumerate(printed) if mended.flat[i] != c)
    states = _states(layout, mended, changed)
    document = _document(layout, mended.flat, on=on)
    remarks = _remarks(document, on=on)
    error = mended.error
    if candidate.mended:
        error = error or (Error.NO_ZONE if _STRUCTURE & set(remarks) else Error.NONE)
        remarks += ("mended_length",)
    trust = Trust.COMPARE if changed or remarks else Trust.SURE
    return replace(
        document,
        as_read=layout.lines(printed),
        states=states,
        remarks=remarks,
        trust=Trust.NONE if error else trust,
        repaired=tuple(
            n for n in (*_FIELDS, "zone") if states.get(n) is State.REPAIRED
        ),
        error=error,
    )


def _with_known_codes(layout: Layout, flat: str) -> str:
    """Put right a country code that is one look-alike away from one known code."""
    for name in ("issuer", "nationality"):
        code = layout.part(flat, name)
        if not issuers.known(code.rstrip(FILLER)) and (near := issuers.nearest(code)):
            start, stop = layout.spans[name]
            flat = flat[:start] + near + flat[stop:]
    return flat


def _document(layout: Layout, flat: str, *, on: date) -> Document:
    def part(name: str) -> str:
        return layout.part(flat, name).rstrip(FILLER)

    name = names.split(layout.part(flat, "names"))
    number, check_at = layout.number_span(flat)
    issuer = part("issuer")
    optional1 = _rest(layout, flat, check_at=check_at)
    personal = (
        kyrgyz.personal_number(optional1, part("optional2")) if issuer == "KGZ" else ""
    )
    birth_date, expiry_date, sex = (
        layout.part(flat, name) for name in ("birth_date", "expiry_date", "sex")
    )
    expires_on = dates.expiry(expiry_date, on=on)
    told = personal and kyrgyz.agrees(
        personal, sex=sex, birth_date=birth_date, latest=on
    )
    # Nobody's document runs out before the holder is born: that tells the century.
    latest = min(on, expires_on or on)
    born = kyrgyz.born_on(personal) if told else dates.birth(birth_date, on=latest)
    return Document(
        lines=layout.lines(flat),
        format=layout.format,
        document_code=part("document_code"),
        issuer=issuer,
        document_number="".join(flat[i] for i in number).rstrip(FILLER),
        birth_date=birth_date,
        birth_on=born,
        sex=sex,
        expiry_date=expiry_date,
        expires_on=expires_on,
        nationality=part("nationality"),
        surname=name.surname,
        given_names=name.given,
        name_truncated=name.truncated,
        optional1=optional1,
        optional2=part("optional2"),
        personal_number=personal,
    )


def _rest(layout: Layout, flat: str, *, check_at: int) -> str:
    """Return the first optional field without what belongs to a long number."""
    start, stop = layout.spans["optional1"]
    if start <= check_at < stop:
        return flat[check_at + 1 : stop].strip(FILLER)
    return flat[start:stop].rstrip(FILLER)


def _states(
    layout: Layout, mended: repair.Repair, changed: frozenset[int]
) -> dict[str, State]:
    checked = {
        layout.field_at(i)
        for check in layout.checks(mended.flat)
        for i in check.covers
        if check.field not in mended.failing
    }
    states = {
        name: State.CHECKED if name in checked else State.UNCHECKED for name in _FIELDS
    }
    for name in mended.failing:
        states[name] = State.FAILED
    for position in changed:
        name = layout.field_at(position)
        touched = ("surname", "given_names") if name == "names" else (name,)
        states |= dict.fromkeys(touched, State.REPAIRED)
    return states


def _remarks(document: Document, *, on: date) -> tuple[str, ...]:
    usual = _USUAL_CODES[str(document.format)]
    number, personal = document.document_number, document.personal_number
    born = {"sex": document.sex, "birth_date": document.birth_date}
    found = {
        "unusual_code": document.document_code[:1] not in usual,
        "unknown_issuer": not issuers.known(document.issuer),
        "unknown_nationality": not issuers.known(document.nationality),
        "personal_number_differs": personal != ""
        and not kyrgyz.agrees(personal, **born, latest=on),
        "unusual_number": kyrgyz.own(document) and not kyrgyz.usual_number(number),
        "no_name": not (document.surname or document.given_names),
        "no_number": not number,
    }
    return tuple(name for name, is_so in found.items() if is_so)
