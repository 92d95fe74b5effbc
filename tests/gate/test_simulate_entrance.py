"""``darbaza simulate-entrance``: figures out, one clear line on bad input."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from darbaza.gate.simulation import STAGES, Scenario, read

EXAMPLE = Path(__file__).parents[2] / "examples" / "standard-day.yaml"


def said(*args):
    out = StringIO()
    call_command("simulate_entrance", *map(str, args), stdout=out)
    return out.getvalue()


def test_the_example_is_the_standard_day():
    import yaml  # noqa: PLC0415 # only here

    assert read(yaml.safe_load(EXAMPLE.read_text("utf-8"))) == Scenario()


def test_json_has_every_figure_and_the_same_seed_says_the_same():
    told = json.loads(said(EXAMPLE, "--days", 10, "--seed", 4, "--json"))

    assert set(told["today"]) == {"mean", "p95", "over_60"}
    assert set(told["plan"]) == {"mean", "p95", "over_60", "not_served"}
    assert set(told["lower_bound"]) == {"mean"}
    assert set(told["busy"]) == set(STAGES)
    assert told["bottleneck"] in STAGES
    assert told == json.loads(said(EXAMPLE, "--days", 10, "--seed", 4, "--json"))


def test_without_json_people_can_read_it():
    text = said(EXAMPLE, "--days", 3)
    assert "today" in text
    assert "the slow place: " in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("day: {families: 1000000000}", "day.families: a whole number from 1 to 2000"),
        ("day: {famlies: 3}", "day: no such name: famlies"),
        ("staff: {clerks: 0}", "staff.clerks"),
        ("minutes: {search: -1}", "minutes.search"),
        ("a: [", "this is no YAML"),
        ("!!python/object/apply:os.system ['true']", "this is no YAML"),
        ("x: 2020-99-99", "this is no YAML"),
        ("- 1", "names with figures are wanted here"),
        ("", "names with figures are wanted here"),
        ("[" * 20_000, "this is no YAML"),
        ("#" * 70_000, "larger than any scenario"),
    ],
)
def test_bad_input_gets_one_clear_line(tmp_path, text, words):
    path = tmp_path / "day.yaml"
    path.write_text(text)
    with pytest.raises(CommandError) as refused:
        said(path)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"none\.yaml: No such file"):
        said(tmp_path / "none.yaml")


def test_no_days_are_refused():
    with pytest.raises(CommandError, match="days"):
        said(EXAMPLE, "--days", 0)
