"""Grounds, dates and names in words, in three languages."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.translation import ngettext_lazy

from darbaza.kernel.decisions import (
    Decision,
    Effect,
    Ground,
    Rule,
    allow,
    block,
    by_law,
)
from darbaza.pages import dates, grounds
from darbaza.pages.templatetags import decisions, pages

NOON = datetime(2026, 11, 22, 8, 32, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_texts(monkeypatch):
    monkeypatch.setattr(grounds, "_texts", {})
    words = ngettext_lazy("%(left)s visit left", "%(left)s visits left", "left")
    grounds.register(
        {
            "quota": grounds.Text(words, "You may come again on %(next_on)s"),
            "ban": grounds.Text(
                "Banned until %(until)s", "Not today", "Ask the director"
            ),
        }
    )
    with translation.override("en"):
        yield


@pytest.mark.parametrize(("left", "words"), [(1, "1 visit left"), (5, "5 visits left")])
def test_a_count_bends_its_noun(left, words):
    assert (
        grounds.officer(Ground("quota", Effect.WARN, figures={"left": left})) == words
    )


def test_officer_and_family_read_different_words():
    ground = block("ban", until=NOON)
    assert grounds.officer(ground) == "Banned until 22.11.2026 14:32"
    assert grounds.family(ground) == "Not today"
    assert grounds.next_step(ground) == "Ask the director"


def test_stored_grounds_read_like_fresh_ones():
    facts = {**block("ban", until="2026-11-22").as_facts()}
    assert grounds.officer(Ground.of_facts(facts)) == "Banned until 22.11.2026"


@pytest.mark.parametrize(
    ("ground", "words"), [(allow("unheard_of"), "unheard_of"), (block("ban"), "ban")]
)
def test_a_missing_text_or_figure_shows_the_code_and_never_breaks_the_page(
    ground, words
):
    assert grounds.officer(ground) == words


def test_a_family_never_reads_a_bare_code():
    assert grounds.family(allow("unheard_of")) == ""


def test_two_rooms_cannot_give_one_code_two_meanings():
    with pytest.raises(ValueError, match="ban"):
        grounds.register({"ban": grounds.Text("other", "other")})


def test_a_decision_shows_every_ground_with_shape_word_code_and_rule():
    rule = Rule("visits.short", verified=False)
    decision = Decision((by_law("quota", rule=rule, left=1), block("ban", until=NOON)))
    template = Template('{% include "pages/_decision.html" %}')

    html = template.render(Context({"decision": decision}))

    assert 'class="decision decision--block"' in html
    assert "Not allowed" in html
    assert '<li data-code="quota" class="decision__warn">' in html
    assert '<li data-code="ban" class="decision__block">' in html
    assert "visits.short" in html
    assert html.count("not yet verified") == 1
    assert 'aria-label="against"' in html
    assert "Ask the director" in html


@pytest.mark.parametrize("effect", [Effect.WARN, "warn", 1])
def test_an_effect_is_known_by_value_and_by_name(effect):
    assert decisions.effect_class(effect) == "warn"
    assert decisions.word(effect) == "Allowed, with care"


@pytest.mark.parametrize(
    ("language", "words", "month", "weekday"),
    [
        ("ky", "2026-жылдын 22-ноябрь", "2026-ж., ноябрь", "жекшемби"),
        ("ru", "22 ноября 2026 г.", "ноябрь 2026", "воскресенье"),
        ("en", "22 November 2026", "November 2026", "Sunday"),
    ],
)
def test_dates_in_words_follow_the_language(language, words, month, weekday):
    with translation.override(language):
        assert dates.words(NOON) == words
        assert dates.month(NOON) == month
        assert dates.weekday(NOON) == weekday


def test_times_are_local_and_days_turn_at_local_midnight():
    late = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
    assert (dates.clock(late), dates.short(late)) == ("00:00", "23.11.2026")
    assert dates.short(date(2026, 11, 22)) == "22.11.2026"
    assert dates.minutes(timedelta(minutes=11, seconds=59)) == 11
    assert dates.minutes(timedelta(seconds=-1)) == 0


def test_names_stand_as_on_the_document():
    person = SimpleNamespace(surname="Асанов", given_names="Бакыт", patronymic="")
    assert pages.person_name(person) == "АСАНОВ Бакыт"
    assert pages.person_name(SimpleNamespace(full_name=lambda: "X Y")) == "X Y"
    assert pages.person_name("as it is") == "as it is"
    assert pages.person_name(None) == ""
    assert pages.initials("Айбек Турдубаев (3)") == "А.Т."


def test_figures_are_grouped_and_weights_have_a_comma():
    assert pages.thousands(3280) == "3\u202f280"
    assert [pages.weight(g) for g in (4500, 20000, 50, None)] == [
        "4,5",
        "20",
        "0,05",
        "",
    ]


def test_an_unknown_icon_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        pages.icon("unicorn")
