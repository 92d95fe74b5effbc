"""Lists in their real form, of invented people."""

from importlib.resources import files

SHIPPED = (files("darbaza.watchlists") / "data" / "test-list.xml").read_bytes()
CSV = (
    "№;ФИО;Дата рождения;Пол;Паспорт;ИНН;Примечание\n"
    "1;Асанов Бакыт;12.03.1985;м;AC 7777777;;письмо 5\n"
    "2;Выдумкина Ирина;1990;ж;;21203198500042;\n"
)


def person(
    reference: str = "T.1",
    name: str = "BAKYT ASANOV",
    *,
    born: str = "<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1985-03-12</DATE>",
    more: str = "",
) -> str:
    """Return one person of the United Nations' list."""
    return (
        f"<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>{name}</FIRST_NAME>"
        f"<REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER>"
        f"<INDIVIDUAL_DATE_OF_BIRTH>{born}</INDIVIDUAL_DATE_OF_BIRTH>{more}"
        "</INDIVIDUAL>"
    )


def consolidated(*people: str, head: str = "", date: str = "2026-11-01") -> bytes:
    """Return a consolidated list with these people."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}'
        f'<CONSOLIDATED_LIST dateGenerated="{date}T10:00:00Z"><INDIVIDUALS>'
        f"{''.join(people)}</INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>"
    ).encode()
