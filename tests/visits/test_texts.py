"""Every ground has words: exact for officers, kind and discreet for families."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

from darbaza import visits
from darbaza.kernel.decisions import allow, warn
from darbaza.pages import grounds
from darbaza.visits.texts import TEXTS, history
from darbaza.visits.texts.titles import title

ROOM = Path(visits.__file__).parent
FIGURES = {
    "until": "2026-12-31", "next_on": "2027-01-01", "left": 2, "quota": 6,
    "days": 9, "order": "ORDER-12", "authority": "THE-DIRECTOR", "kinship": "sibling",
    "kind": "short", "places": 5, "taken": 5, "people": 6, "most": 4, "visits": 3,
    "status": "inside", "result": "ill", "day": "2026-11-23",
}  # fmt: skip
LANGUAGES = ("ky", "ru", "en")


def emitted() -> set[str]:
    """Every code that a policy of this room can put into a ground."""
    found = set()
    for path in (ROOM / "policies").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            made = node.func.id in {"block", "warn", "allow", "by_law"}
            if made and isinstance(node.args[0], ast.Constant):
                found.add(node.args[0].value)
    return found


def test_every_ground_of_the_policies_has_words() -> None:
    codes = emitted()
    assert len(codes) > 25
    assert codes - set(TEXTS) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_ground_has_a_title_without_figures(language: str) -> None:
    with translation.override(language):
        titles = {code: title(code) for code in emitted()}
    assert [code for code, said in titles.items() if "%" in said or said == code] == []


@pytest.mark.parametrize("code", sorted(TEXTS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_take_their_figures(code: str, language: str) -> None:
    with translation.override(language):
        for figures in (FIGURES, {**FIGURES, "until": None}):
            ground = allow(code, **figures)
            officer, family = grounds.officer(ground), grounds.family(ground)
            assert officer != code, "a placeholder without its figure"
            assert "%(" not in officer + family + grounds.next_step(ground)
            assert "ORDER-12" not in family, "no security detail for families"
            assert "THE-DIRECTOR" not in family


@pytest.mark.parametrize(
    "code",
    [
        "banned_everywhere",
        "banned_pair",
        "closed_only",
        "prisoner_no_visits",
        "supervised",
        "no_children",
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_measure_without_an_end_says_so(code: str, language: str) -> None:
    with translation.override(language):
        words = grounds.officer(allow(code, **{**FIGURES, "until": None}))
        assert "None" not in words
        assert "31.12.2026" in grounds.officer(allow(code, **FIGURES))


@pytest.mark.parametrize(
    ("language", "left", "expected"),
    [
        ("en", 1, "1 visit left (short visit) in the period before 31.12.2026."),
        ("en", 2, "2 visits left (short visit) in the period before 31.12.2026."),
        ("ru", 1, "Осталось 1 свидание (краткосрочное свидание) в периоде"
                  " до 31.12.2026."),
        ("ru", 3, "Осталось 3 свидания (краткосрочное свидание) в периоде"
                  " до 31.12.2026."),
        ("ru", 5, "Осталось 5 свиданий (краткосрочное свидание) в периоде"
                  " до 31.12.2026."),
        ("ky", 2, "31.12.2026 чейинки мезгилде 2 жолугушуу калды (кыска мөөнөттүү"
                  " жолугушуу)."),
    ],
)  # fmt: skip
def test_counts_bend_their_nouns(language: str, left: int, expected: str) -> None:
    with translation.override(language):
        ground = allow("quota_left", left=left, kind="short", until="2026-12-31")
        assert grounds.officer(ground) == expected


def test_a_stranger_is_not_told_why_the_prisoner_cannot_come() -> None:
    for code in ("isolation", "hospital", "quarantine"):
        with translation.override("en"):
            told = grounds.family(warn(code, until=None)).lower()
        for secret in ("isolat", "hospital", "punish", "quarantine", "ill"):
            assert secret not in told.replace("will", "")


def test_every_event_of_a_visit_has_words() -> None:
    source = (ROOM / "events.py").read_text(encoding="utf-8")
    codes = {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant)
        and str(node.value).startswith("visit.")
        and node.value
        not in {
            "visit.list_exported",
            "visit.complaint_received",
            "visit.complaint_answered",
        }
    }
    assert codes - set(history.EVENTS) == set()
