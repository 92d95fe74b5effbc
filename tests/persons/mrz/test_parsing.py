"""Text in, documents out: the standard's own examples and what readers make of them."""

from datetime import date

import pytest

from darbaza.persons import mrz
from darbaza.persons.mrz import parsing
from darbaza.persons.mrz.types import Document, Error, Format, State, Trust

ON = date(2026, 11, 22)
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
TD2 = (
    "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
    "D231458907UTO7408122F1204159<<<<<<<6",
)
TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
MRVA = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
)
MRVB = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
    "L8988901C4XXX4009078F9612109<<<<<<<<",
)
KYRGYZ = (
    "P<KGZASANOVA<<AIGUL<MARATOVNA<<<<<<<<<<<<<<<",
    "ZZ00000170KGZ8603142F31052051140319860045196",
)


def parse(*lines: str, end: str = "\r") -> Document:
    return mrz.parse(end.join(lines), on=ON)


@pytest.mark.parametrize(
    ("lines", "form", "number"),
    [
        (TD1, Format.TD1, "D23145890"),
        (TD2, Format.TD2, "D23145890"),
        (TD3, Format.TD3, "L898902C3"),
        (MRVA, Format.MRVA, "L8988901C"),
        (MRVB, Format.MRVB, "L8988901C"),
    ],
)
def test_the_standards_own_specimens_are_sure(lines, form, number):
    document = parse(*lines)

    assert document.trust is Trust.SURE
    assert document.format is form
    assert document.lines == document.as_read == lines
    assert (document.issuer, document.sex) == ("UTO", "F")
    assert document.document_number == number
    assert (document.surname, document.given_names) == ("ERIKSSON", "ANNA MARIA")
    assert document.states["document_number"] is State.CHECKED
    assert document.states["surname"] is State.UNCHECKED


def test_a_kyrgyz_passport_gives_the_personal_number_and_its_century():
    document = parse(*KYRGYZ)

    assert document.personal_number == document.optional1 == "11403198600451"
    assert document.birth_on == date(1986, 3, 14)
    assert document.expires_on == date(2031, 5, 20)


def test_a_personal_number_of_another_sex_is_remarked_and_never_refused():
    made = parse(*KYRGYZ)
    other = Document(
        format=Format.TD3,
        document_code="P",
        issuer="KGZ",
        document_number="ZZ0000017",
        birth_date=made.birth_date,
        sex="M",
        expiry_date=made.expiry_date,
        nationality="KGZ",
        surname="ASANOV",
        optional1=made.personal_number,
    )

    document = parse(*mrz.write(other))

    assert document.remarks == ("personal_number_differs",)
    assert document.trust is Trust.COMPARE
    assert not document.error


def test_a_personal_number_tells_a_person_of_a_hundred_from_a_baby():
    old = Document(
        format=Format.TD1,
        document_code="ID",
        issuer="KGZ",
        document_number="ZZ0000124",
        birth_date="250101",
        sex="F",
        expiry_date="300101",
        nationality="KGZ",
        surname="ENE",
        optional1="10101192500012",
    )

    assert parse(*mrz.write(old)).birth_on == date(1925, 1, 1)


@pytest.mark.parametrize(
    ("lines", "number", "optional"),
    [
        (
            (
                "I<UTOD23145890<7349<<<<<<<<<<<",
                "3407127M9507122UTO<<<<<<<<<<<2",
                "STEVENSON<<PETER<JOHN<<<<<<<<<",
            ),
            "D23145890734",
            "",
        ),
        (
            (
                "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<",
                "D23145890<UTO3407127M95071227349<<<8",
            ),
            "D23145890734",
            "",
        ),
    ],
)
def test_a_long_number_runs_on_into_the_optional_field(lines, number, optional):
    document = parse(*lines)

    assert document.trust is Trust.SURE
    assert (document.document_number, document.optional1) == (number, optional)


def test_a_wrong_digit_in_the_tail_of_a_long_number_is_not_sure():
    first = "I<UTOD23145890<7359<<<<<<<<<<<"
    document = parse(
        first, "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<<<<<<<<<<<<<<"
    )

    assert document.trust is not Trust.SURE


def _passport(**changes: str) -> Document:
    fields = {
        "document_code": "P",
        "issuer": "UTO",
        "document_number": "L898902C3",
        "birth_date": "740812",
        "sex": "F",
        "expiry_date": "320415",
        "nationality": "UTO",
        "surname": "ERIKSSON",
        "given_names": "ANNA",
    }
    return Document(format=Format.TD3, **{**fields, **changes})


@pytest.mark.parametrize("sex", ["M", "F", "X", "<"])
def test_every_sex_that_is_printed_is_kept(sex):
    document = parse(*mrz.write(_passport(sex=sex)))

    assert (document.sex, document.trust) == (sex, Trust.SURE)


@pytest.mark.parametrize(
    "code",
    [
        "D",
        "XXA",
        "XXB",
        "XXC",
        "XXX",
        "UNO",
        "UNA",
        "UNK",
        "EUE",
        "XOM",
        "XPO",
        "XCC",
        "XCE",
        "GBD",
        "GBN",
        "GBO",
        "GBP",
        "GBS",
        "RKS",
        "UTO",
    ],
)
def test_every_code_of_the_standard_is_known(code):
    document = parse(*mrz.write(_passport(issuer=code, nationality=code)))

    assert (document.issuer, document.nationality) == (code, code)
    assert document.trust is Trust.SURE


def test_a_code_that_nobody_has_is_remarked():
    document = parse(*mrz.write(_passport(issuer="WWW")))

    assert document.remarks == ("unknown_issuer",)
    assert document.trust is Trust.COMPARE


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("740812", date(1974, 8, 12)),
        ("261122", date(2026, 11, 22)),
        ("261123", date(1926, 11, 23)),
        ("7408<<", None),
        ("74<<<<", None),
        ("<<<<<<", None),
        ("740800", None),
        ("000229", date(2000, 2, 29)),
    ],
)
def test_birth_dates_are_kept_as_printed_and_are_days_only_where_certain(printed, day):
    document = parse(*mrz.write(_passport(birth_date=printed)))

    assert (document.birth_date, document.birth_on) == (printed, day)
    assert document.trust is Trust.SURE


def test_nobody_is_born_after_their_document_ran_out():
    document = parse(*mrz.write(_passport(birth_date="250101", expiry_date="200101")))

    assert document.birth_on == date(1925, 1, 1)
    assert document.expires_on == date(2020, 1, 1)


@pytest.mark.parametrize("number", ["AC12345G7", "A12345678", "AC123456"])
def test_a_kyrgyz_number_of_another_shape_is_to_be_compared(number):
    """G and 6, L and 1 have the same value modulo ten: no check digit tells them."""
    home = {"issuer": "KGZ", "nationality": "KGZ"}
    document = parse(*mrz.write(_passport(document_number=number, **home)))
    foreign = _passport(document_number=number, issuer="KGZ", nationality="UTO")

    assert document.remarks == ("unusual_number",)
    assert document.trust is Trust.COMPARE
    assert parse(*mrz.write(foreign)).trust is Trust.SURE


@pytest.mark.parametrize("born", ["14032086", "14031786"])
def test_a_personal_number_of_another_century_differs(born):
    card = _passport(
        issuer="KGZ", nationality="KGZ", document_number="ZZ0000017",
        birth_date="860314", optional1=f"1{born}00451",
    )  # fmt: skip
    document = parse(*mrz.write(card))

    assert document.remarks == ("personal_number_differs",)
    assert document.birth_on == date(1986, 3, 14)


@pytest.mark.parametrize("printed", ["741332", "740230", "740631", "010229"])
def test_a_day_that_never_was_is_refused(printed):
    document = parse(*mrz.write(_passport(birth_date=printed)))

    assert (document.trust, document.error) == (Trust.NONE, Error.IMPOSSIBLE_DATE)


@pytest.mark.parametrize(
    ("surname", "given", "read"),
    [
        ("ARKFREITH", "", ("ARKFREITH", "", False)),
        ("", "MARIA", ("", "MARIA", False)),
        ("VAN DER MUELLEN", "ANNA MARIA", ("VAN DER MUELLEN", "ANNA MARIA", False)),
        ("A" * 39, "", ("A" * 39, "", True)),
        ("A" * 50, "ANNA", ("A" * 36, "A", True)),
    ],
)
def test_names_of_every_shape(surname, given, read):
    document = parse(*mrz.write(_passport(surname=surname, given_names=given)))

    assert (document.surname, document.given_names, document.name_truncated) == read
    assert document.trust is Trust.SURE


@pytest.mark.parametrize("filler", ["0", "<"])
def test_an_empty_optional_field_may_have_a_filler_as_check_digit(filler):
    first, second = mrz.write(_passport())
    covered = second[:10] + second[13:20] + second[21:42] + filler
    second = second[:42] + filler + mrz_check(covered)

    assert parse(first, second).trust is Trust.SURE


def mrz_check(text: str) -> str:
    values = {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
    total = sum(values.get(c, 0) * (7, 3, 1)[i % 3] for i, c in enumerate(text))
    return str(total % 10)


def test_a_filler_is_no_check_digit_of_a_filled_field():
    first, second = TD3
    covered = second[:10] + second[13:20] + second[21:42] + "<"
    second = second[:42] + "<" + mrz_check(covered)

    assert parse(first, second).trust is Trust.NONE


def test_the_internal_russian_passport_spells_letters_with_digits():
    document = parse(
        *mrz.write(_passport(document_code="PN", issuer="RUS", nationality="RUS"))
    )
    lines = list(document.lines)
    lines[0] = "PNRUSZDRIL7K<<SERGEQ<ANATOL9EVI3<<<<<<<<<<<<"

    told = parse(*lines)

    assert told.surname == "ZDRIL7K"
    assert told.given_names == "SERGEQ ANATOL9EVI3"


def test_text_without_end_is_refused_at_once():
    assert mrz.parse("P<UTO" * 2_000_000).error is Error.TOO_LONG
    assert mrz.mend("A" * (parsing.LONGEST_TEXT + 1)) == ()


@pytest.mark.parametrize(
    "text", ["", "\n", "hello", "\x02\x03", "1234567890", "<" * 88]
)
def test_what_is_no_zone_says_so(text):
    document = mrz.parse(text)

    assert (document.trust, document.error) == (Trust.NONE, Error.NO_ZONE)
