"""Which columns each kind of list may have, and how their heads are usually called."""

import re
from collections.abc import Mapping, Sequence

from darbaza.custody.imports.types import Field

_PERSON = (
    Field("patronymic", "name", sample="Асанович"),
    Field("surname_latin", "name", sample="OSMONOV"),
    Field("given_names_latin", "name", sample="NURLAN"),
    Field("sex", "sex", sample="м"),
    Field("birth_on", "day_past", sample="12.03.1985"),
    Field("citizenship", length=3, sample="KGZ"),
    Field("personal_number", length=14),
    Field("document_number", length=40, sample="AC 0000000"),
)
PRISONERS = (
    Field("number", required=True, length=24, sample="901-0001"),
    Field("surname", "name", required=True, sample="Осмонов"),
    Field("given_names", "name", sample="Нурлан"),
    *_PERSON,
    Field("legal_status", "legal_status", required=True, sample="осужден"),
    Field("regime", "regime", required=True, sample="строгий"),
    Field("conditions", "conditions", sample="обычные"),
    Field("order_number", required=True, length=60, sample="12-к"),
    Field("admitted_on", "day_past", required=True, sample="22.11.2024"),
    Field("term_ends_on", "date", sample="22.11.2031"),
    Field("block", length=20, sample="1"),
    Field("cell", length=20, sample="12"),
)
CONTACTS = (
    Field("prisoner_number", required=True, length=24, sample="901-0001"),
    Field("surname", "name", required=True, sample="Осмонова"),
    Field("given_names", "name", sample="Айгүл"),
    *_PERSON,
    Field("phone", length=40, sample="0555 000000"),
    Field("kinship", "kinship", required=True, sample="супруг"),
    Field("proof", length=160, sample="свидетельство о браке"),
    Field("approved", "yes", sample="да"),
)
BANS = (
    Field("prisoner_number", length=24, sample="901-0001"),
    Field("surname", "name", sample="Асанов"),
    Field("given_names", "name", sample="Бакыт"),
    *_PERSON,
    Field("kind", "kind", required=True, sample="запрет"),
    Field("ground", "ground", required=True, sample="суд"),
    Field("starts_on", "date", required=True, sample="22.11.2026"),
    Field("last_on", "date", sample="22.05.2027"),
    Field("reason", required=True, length=300, sample="решение суда"),
    Field("authority", required=True, length=160, sample="районный суд"),
    Field("order_number", required=True, length=60, sample="45"),
)
USERS = (
    Field("username", required=True, length=60, sample="a.osmonov"),
    Field("full_name", "name", required=True, sample="Осмонов Азамат"),
    Field("role", "role", required=True, sample="дежурный КПП"),
    Field("rank", length=80, sample="лейтенант"),
    Field("language", "language", sample="ky"),
)
KINDS: Mapping[str, tuple[Field, ...]] = {
    "prisoners": PRISONERS,
    "contacts": CONTACTS,
    "bans": BANS,
    "users": USERS,
}

# Heads as they stand in lists of the service: Kyrgyz, Russian, English.
_HEADS: Mapping[str, str] = {
    "number": "номери, личное дело, номер дела, № дела, номер, №, number, file number,"
    " prisoner's number, камактагынын номери, иштин номери, номер осужденного",
    "prisoner_number": "номер осужденного, номер дела, номер заключенного, номер,"
    " личное дело, prisoner number, prisoner's number, prisoner, осужденный,"
    " камактагынын номери, соттолгондун номери, number",
    "surname": "фамилия, фамилиясы, surname, last name, family name",
    "given_names": "имя, аты, given names, given name, first name, name, ысымы",
    "patronymic": "отчество, атасынын аты, patronymic, father's name, middle name",
    "surname_latin": "фамилия латиницей, фамилия лат, surname latin, латын фамилиясы,"
    " surname in latin letters, фамилиясы латын тамгалары менен",
    "given_names_latin": "имя латиницей, имя лат, given names latin, аты латын,"
    " given names in latin letters, аты латын тамгалары менен",
    "sex": "пол, жынысы, жыныс, sex, gender",
    "birth_on": "дата рождения, туулган күнү, туулган датасы, др, д р, год рождения,"
    " date of birth, birth date, born, dob, туулган жылы",
    "citizenship": "гражданство, жарандыгы, citizenship, nationality",
    "personal_number": "пин, инн, персональный номер, жеке номери, pin, inn,"
    " personal number, жсн",
    "document_number": "паспорт, номер паспорта, номер документа, документ,"
    " паспорттун номери, документтин номери, passport, document, document number,"
    " passport number",
    "legal_status": "правовой статус, статус, статусу, legal status, укуктук статусу,"
    " status, правовое положение, укуктук абалы",
    "regime": "режим, вид режима, режими, regime, тартиби, вид учреждения",
    "conditions": "условия, условия отбывания, шарттары, conditions, кармоо шарттары",
    "order_number": "приказ, номер приказа, постановление, основание приказ,"
    " буйрук, буйруктун номери, order, order number, номер решения, токтом",
    "admitted_on": "дата прибытия, прибыл, дата поступления, келген күнү, admitted,"
    " admitted on, admission date, кабыл алынган күнү",
    "term_ends_on": "конец срока, дата окончания срока, мөөнөтүнүн аягы, term ends,"
    " end of term, конец срока наказания, мөөнөттүн аягы",
    "block": "отряд, корпус, блок, block, wing, unit, корпусу",
    "cell": "камера, камерасы, cell, помещение",
    "phone": "телефон, телефону, phone, telephone",
    "kinship": "родство, степень родства, туугандыгы, kinship, relation, кем приходится"
    ", тууганчылыгы, relationship",
    "proof": "подтверждение, подтверждение родства, далили, proof, proof of kinship,"
    " документ о родстве, туугандыктын далили",
    "approved": "утвержден, разрешен, одобрен, бекитилген, approved, уруксат",
    "kind": "вид, вид ограничения, вид запрета, түрү, kind, restriction, ограничение"
    ", чектөөнүн түрү, what is restricted",
    "ground": "основание, негизи, ground, grounds, негиз",
    "starts_on": "с, дата начала, начало, башталышы, from, starts on, first day,"
    " биринчи күнү, первый день",
    "last_on": "по, до, дата окончания, конец, акыркы күнү, until, to, last day,"
    " последний день",
    "reason": "причина, себеби, reason, примечание",
    "authority": "кем вынесен, орган, ким чыгарган, authority, ordered by, кем назначен"
    ", органы",
    "username": "логин, имя пользователя, login, username, user name, sign-in name,"
    " кирүү аты, имя для входа",
    "full_name": "фио, ф и о, аты-жөнү, full name, name, полное имя, толук аты",
    "role": "роль, роли, ролу, role, roles",
    "rank": "звание, должность, наамы, rank, position, кызматы, rank or position",
    "language": "язык, тили, language",
}


def plain(text: str) -> str:
    """Return a head or word as it is compared: lower case, no signs, ё as е."""
    bare = re.sub(r"[\W_]+", " ", text.casefold().replace("ё", "е"))
    return bare.strip() or text.strip()


_BY_FIELD = {
    name: tuple(plain(head) for head in heads.split(","))
    for name, heads in _HEADS.items()
}


def fields(kind: str) -> Mapping[str, Field]:
    """Return the columns of a kind by name."""
    return {f.name: f for f in KINDS[kind]}


def guess(
    kind: str, head: Sequence[str], remembered: Mapping[str, str]
) -> dict[str, int]:
    """Return field name to column index, as far as the heads tell.

    What the institution chose before (``remembered``: plain head to field name) comes
    first, then exact synonyms, then heads that begin with one.
    """
    heads = [plain(text) for text in head]
    known = fields(kind)
    chosen: dict[str, int] = {}
    for index, text in enumerate(heads):
        name = remembered.get(text, "")
        if name in known:
            chosen.setdefault(name, index)
    for fits in (_same, _begins):
        for name in known:
            for synonym in () if name in chosen else (plain(name), *_BY_FIELD[name]):
                free = [i for i in range(len(heads)) if i not in chosen.values()]
                hit = next((i for i in free if fits(heads[i], synonym)), None)
                if hit is not None:
                    chosen[name] = hit
                    break
    return chosen


def _same(head: str, synonym: str) -> bool:
    return head == synonym


def _begins(head: str, synonym: str) -> bool:
    return len(synonym) > 3 and head.startswith(synonym + " ")
