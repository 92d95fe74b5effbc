"""Words in cells and the codes they mean: our own lists and more, by language."""

from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation

from darbaza.custody.imports.columns import plain
from darbaza.custody.imports.types import Words
from darbaza.custody.models import Contact, Prisoner, Restriction

_LISTS: dict[str, type[TextChoices]] = {
    "legal_status": Prisoner.LegalStatus,
    "regime": Prisoner.Regime,
    "conditions": Prisoner.Conditions,
    "kinship": Contact.Kinship,
    "kind": Restriction.Kind,
    "ground": Restriction.Ground,
}
# As lists of the service write them, beside our own labels. Commas part synonyms.
_MORE: Mapping[str, Mapping[str, str]] = {
    "sex": {
        "M": "m, male, man, м, муж, мужской, мужчина, эркек, э, эр",
        "F": "f, female, woman, ж, жен, женский, женщина, аял, а, кыз",
        "X": "x, не указан, көрсөтүлгөн эмес, not stated",
    },
    "yes": {
        "yes": "yes, y, да, ооба, 1, true, +, x, v, ✔, утвержден, бекитилген, approved",
        "no": "no, n, нет, жок, 0, false, -",
    },
    "language": {
        "ky": "ky, kg, kyrgyz, кыргызский, кыргызча, кыргыз, киргизский",
        "ru": "ru, russian, русский, орусча, орус",
        "en": "en, english, английский, англисче",
    },
    "legal_status": {
        "remand": "под стражей, следственный, подследственный, тергөөдө, remand",
        "awaiting": "осужден не вступил в силу, этап, awaiting",
        "sentenced": "осужден, осужденный, осужденная, отбывает, соттолгон, sentenced,"
        " convicted",
        "life": "пожизненное, пожизненный, пж, пожизненно, өмүр бою, life",
    },
    "regime": {
        "colony_general": "общий, общий режим, жалпы, general",
        "colony_strict": "строгий, строгий режим, катаал, күчөтүлгөн катаал, strict",
        "colony_special": "особый, особый режим, өзгөчө, special",
        "prison_regime": "тюремный, тюрьма, түрмө, prison",
        "juvenile_general": "несовершеннолетние общий, juvenile general",
        "juvenile_strengthened": "усиленный, juvenile strengthened",
        "sizo": "сизо, тергөө изолятору, remand prison",
        "medical": "лечебный, больница, дарылоо, medical",
        "settlement": "поселение, колония-поселение, settlement",
    },
    "conditions": {
        "ordinary": "обычные, обычный, кадимки, ordinary",
        "eased": "облегченные, льготные, жеңилдетилген, eased",
        "strict": "строгие, катаал, strict",
    },
    "kinship": {
        "spouse": "супруг, супруга, муж, жена, күйөөсү, аялы, жубайы, husband, wife",
        "parent": "мать, отец, родитель, апасы, атасы, энеси, mother, father",
        "child": "сын, дочь, ребенок, уулу, кызы, баласы, son, daughter",
        "sibling": "брат, сестра, агасы, иниси, эжеси, сиңдиси, карындашы, байкеси,"
        " brother, sister",
        "grandparent": "дед, дедушка, бабушка, чоң атасы, чоң апасы, таятасы, таенеси,"
        " grandfather, grandmother",
        "grandchild": "внук, внучка, небереси, grandson, granddaughter",
        "partner": "сожитель, сожительница, partner",
        "relative": "родственник, дядя, тетя, племянник, племянница, тууганы, relative",
        "friend": "друг, знакомый, досу, friend",
        "lawyer": "адвокат, защитник, lawyer",
    },
    "kind": {
        "banned": "запрет, запрет свиданий, тыюу, ban, banned, no visits",
        "closed": "через стекло, айнек аркылуу, glass, closed",
        "no_children": "без детей, балдарсыз, no children",
        "no_parcels": "запрет передач, запрет посылок, посылкага тыюу, no parcels",
        "supervised": "под наблюдением, көзөмөл астында, supervised",
    },
    "ground": {
        "court": "суд, решение суда, сот, соттун чечими, court",
        "investigation": "следователь, следствие, тергөө, тергөөчү, investigation",
        "safety": "безопасность, коопсуздук, safety",
        "victim": "потерпевший, жабырлануучу, victim",
        "child": "защита ребенка, баланы коргоо, child",
        "prohibited_items": "запрещенные предметы, тыюу салынган буюмдар, contraband",
        "conduct": "нарушение правил, тартип бузуу, conduct",
        "epidemic": "карантин, эпидемия, epidemic",
        "own_wish": "собственное желание, өз каалоосу, own wish",
        "earlier_order": "прежний приказ, из прежнего журнала, earlier order",
    },
}
_ROLES: Mapping[str, str] = {
    "gate_officer": "дежурный кпп, сотрудник кпп, контролер кпп, күзөт өткөрмө"
    " кызматкери, gate officer, дежурный бюро пропусков",
    "shift_supervisor": "начальник смены, дежурный помощник, нөөмөт башчысы,"
    " shift supervisor, днб",
    "registrar": "спецотдел, сотрудник спецотдела, регистратор, каттоочу, registrar",
    "director": "начальник учреждения, начальник, мекеме башчысы, director",
    "headquarters": "центральный аппарат, борбордук аппарат, headquarters",
    "inspector": "инспектор, проверяющий, inspector",
    "administrator": "администратор, administrator",
}


@cache
def tables() -> Words:
    """Return every kind of word: plain word to code. Codes mean themselves."""
    found: dict[str, dict[str, str]] = {}
    for kind, words in (*_MORE.items(), ("role", _ROLES)):
        found[kind] = {
            plain(word): code
            for code, synonyms in words.items()
            for word in (code, *synonyms.split(","))
        }
    for kind, choices in _LISTS.items():
        for label, code in _labels(choices):
            found[kind].setdefault(plain(label), code)
    return found


def _labels(choices: type[TextChoices]) -> list[tuple[str, str]]:
    """Return what our own pages and exports call each code, in every language."""
    found = [(code, code) for code in choices.values]
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            found += [(str(label), code) for code, label in choices.choices]
    return found
