"""Sound keys: one for every spelling of a name, and the parts behind them."""

import pytest

from darbaza.persons import names


@pytest.mark.parametrize(
    "spelling",
    [
        "Жумагулов Жолдошбек",
        "Джумагулов Джолдошбек",
        "ZHUMAGULOV ZHOLDOSHBEK",
        "DZHUMAGULOV<<DZHOLDOSHBEK<<<<<",
        "Jumagulov Joldoshbek",
        "DJOUMAGOULOV DJOLDOSHBEK",
        "Žumagulov Žoldošbek",
        "Joldoshbek Jumagulov",
    ],
)
def test_zh_dzh_dj_and_j_have_one_key(spelling):
    folded = names.fold(spelling)

    assert folded.key == "joldowbek jumagulov"
    assert (folded.surname_key, folded.given_key) == ("jmgl", "jldwbk")


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Хайдаров Рахат", "HAIDAROV RAHAT"),
        ("Ысмайылов Сүйүнбек", "YSMAIYLOV SUIUNBEK"),
        ("Щербаков Юрий", "SHCHERBAKOV IURII"),
        ("Соловьёва Софья", "Solovyeva Sofia"),
        ("Чоңов Чыңгыз", "Chongov Chyngyz"),
        ("Ўринов Ғайрат", "O'RINOV G'AYRAT"),
        ("Раҷабов Ҷамшед", "RADZHABOV DZHAMSHED"),
        ("Зайцев Илья", "Zaytsev Ilya"),
        ("Таалайбеков Таалай", "TALAIBEKOV TALAI"),
        ("Асан уулу Бакыт", "ASAN<UULU<<BAKYT<<<<"),
    ],
)
def test_short_keys_are_the_same_in_both_scripts(cyrillic, latin):
    one, other = names.fold(cyrillic), names.fold(latin)

    assert one.surname_key == other.surname_key != ""
    assert one.given_key == other.given_key != ""


def test_man_and_woman_of_one_family_share_the_surname_key():
    man, woman = names.fold("Асанов Бакыт"), names.fold("Асанова Айнура")

    assert man.surname_key == woman.surname_key
    assert (man.sex, woman.sex) == ("M", "F")


@pytest.mark.parametrize(
    ("text", "surname", "given", "father"),
    [
        ("Асанов Бакыт Эркинович", "асанов", "бакыт", "эркинович"),
        ("Бакыт Эркинович Асанов", "асанов", "бакыт", "эркинович"),
        ("Асан уулу Бакыт", None, "бакыт", "асан"),
        ("Бакыт Асан уулу", None, "бакыт", "асан"),
        ("Асануулу Бакыт", None, "бакыт", "асан"),
        ("ASAN<UULU<<BAKYT<<<<<<<", None, "bakyt", "asan"),
        ("Абдуллаев Жаҳонгир Рустам ўғли", "абдуллаев", "жаҳонгир", "рустам"),
        ("ABDULLAYEV<<JAHONGIR<RUSTAM<OG", "abdullayev", "jahongir", "rustam"),
        ("Асан теги Бакыт Эркин уулу", "асан", "бакыт", "эркин"),
        ("Цой Виктория", "цой", "виктория", None),
        ("Виктория Цой", "цой", "виктория", None),
        ("Ильин Нурдин", "ильин", "нурдин", None),
        ("Асан-уулу Бакыт", None, "бакыт", "асан"),
        ("Нур Султан уулу Бакыт", None, "нур бакыт", "султан"),
        ("AL-HAKIMOV BIN NUR", "hakimov", "nur", None),
        ("Асанова (Усенова) Гүл", "асанова-усенова", "гүл", None),
        ("Ким Александр (Саша)", "ким", "александр", None),
        ("Айсулуу Асанова", "асанова", "айсулуу", None),
        ("Asanov, Bek Temir", "asanov", "bek temir", None),
        ("Попов Лев Яковлевич", "попов", "лев", "яковлевич"),
        ("P<KGZASANOV<<BAKYT<<<<<<<<<<<<<<<<<<<<<<<<<<", "asanov", "bakyt", None),
    ],
)
def test_every_word_gets_its_part(text, surname, given, father):
    plan = names.fold(text).plans[0]
    found = [part and part.text for part in (plan.surname, plan.given, plan.father)]

    assert found == [surname, given, father]


def test_only_a_zone_filled_to_its_end_may_be_cut():
    cut = names.fold("BEISHENALIEV<<DOGDURBEK<SAPARB").plans[0].father
    whole = names.fold("BEISHENALIEV<<DOGDURBEK<SAPAR<").plans[0].father

    assert cut is not None
    assert cut.cut
    assert whole is None


def test_a_folded_name_can_be_a_key():
    assert names.fold("Асанов Бакыт") == names.fold("Асанов Бакыт")
    assert len({names.fold("Асанов Бакыт"), names.fold("Асанов  Бакыт ")}) == 1


def test_look_alike_latin_letters_inside_a_cyrillic_word_are_read_as_meant():
    assert names.fold("Acaнoв Бaкыт").key == names.fold("Асанов Бакыт").key
