"""Forms: values out of text, markup of the design system around fields."""

import re
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import time_machine
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from darbaza.pages import forms

NOON = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


class Everything(forms.Once):
    name = forms.Name(label="Name", help_text="As printed.")
    born = forms.Date(label="Born", past=True)
    at = forms.Moment(label="At", past=True, required=False)
    hour = forms.Time(label="Hour", required=False)
    code = forms.Code(label="Code", required=False)
    phone = forms.Phone(label="Phone", required=False)
    grams = forms.Kilograms(label="Weight", required=False)
    tyiyn = forms.Som(label="Money", required=False)
    kind = forms.Choice(label="Kind", choices=[("a", "A"), ("b", "B")], radios=True)
    many = forms.Several(label="Many", choices=[("x", "X")], required=False)
    agreed = forms.Yes(label="Agreed")
    reason = forms.Reason()


GOOD = {
    "request_id": "019300aa-0000-7000-8000-000000000001",
    "name": "  АСАНОВ\u200b  Бакыт ",
    "born": "12.03.85",
    "at": "22.11.2026 11:59",
    "hour": "932",
    "code": "id 12 345",
    "phone": "0700123456",
    "grams": "4,5",
    "tyiyn": "3 280,50",
    "kind": "a",
    "many": ["x"],
    "agreed": "on",
    "reason": "Document expired",
}


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False), translation.override("en"):
        yield


def test_typed_text_becomes_plain_values():
    form = Everything(GOOD)

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "request_id": UUID(GOOD["request_id"]),
        "name": "АСАНОВ Бакыт",
        "born": date(1985, 3, 12),
        "at": datetime(2026, 11, 22, 5, 59, tzinfo=UTC),
        "hour": datetime(1, 1, 1, 9, 32).time(),  # noqa: DTZ001
        "code": "ID12345",
        "phone": "+996700123456",
        "grams": 4500,
        "tyiyn": 328050,
        "kind": "a",
        "many": ["x"],
        "agreed": True,
        "reason": "Document expired",
    }


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("name", "", "Fill in “Name”."),
        ("born", "31.02.2000", "Give the date as day.month.year"),
        ("born", "23.11.2026", "This day has not come yet."),
        ("at", "22.11.2026", "Give day and time"),
        ("at", "22.11.2026 13:00", "This moment has not come yet."),
        ("hour", "99", "Give the time as 14:32."),
        ("phone", "12", "Give the number as"),
        ("grams", "4,5555", "Give the weight in kilograms"),
        ("tyiyn", "-5", "Give the amount in som"),
        ("reason", "....", "Give the reason in a few words."),
    ],
)
def test_a_wrong_value_says_what_is_wanted(field, typed, message):
    form = Everything({**GOOD, field: typed})

    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert message in form.errors[field][0]


def test_a_day_still_has_not_come_just_before_local_midnight():
    with time_machine.travel(datetime(2026, 11, 22, 17, 59, tzinfo=UTC), tick=False):
        assert not Everything({**GOOD, "born": "23.11.2026"}).is_valid()
    with time_machine.travel(datetime(2026, 11, 22, 18, 0, tzinfo=UTC), tick=False):
        assert Everything({**GOOD, "born": "23.11.2026"}).is_valid()


def test_each_unbound_form_has_its_own_request_id():
    first, second = (Everything()["request_id"].value() for _ in range(2))
    assert first != second


def test_values_are_shown_as_people_write_them():
    shown = Everything(initial={"born": date(1985, 3, 12), "at": NOON, "grams": 4500})

    assert 'value="12.03.1985"' in str(shown["born"])
    assert 'value="22.11.2026 12:00"' in str(shown["at"])
    assert 'value="4,5"' in str(shown["grams"])


def markup(form):
    """Return the form's HTML without the white space between and inside tags."""
    return re.sub(r"\s*(<|>)\s*", r"\1", str(form))


def test_every_control_has_a_label_and_names_its_hint_and_error():
    html = markup(Everything({**GOOD, "name": ""}))

    assert '<label class="govuk-label" for="id_name">Name</label>' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "govuk-input--error" in html
    assert '<a href="#id_name">Fill in “Name”.</a>' in html
    assert '<input type="hidden" name="request_id"' in html


def test_groups_stand_in_a_fieldset_and_errors_lead_to_the_first_option():
    html = markup(Everything({**GOOD, "kind": ""}))

    assert '<legend class="govuk-fieldset__legend">Kind</legend>' in html
    assert '<a href="#id_kind_0">' in html
    assert 'class="govuk-radios__input" type="radio" name="kind" value="a"' in html
    assert "(optional)" in html


def test_forms_of_other_libraries_get_the_same_markup():
    class SignIn(django_forms.Form):
        password = django_forms.CharField(widget=django_forms.PasswordInput)

    html = str(SignIn())

    assert 'class="govuk-input"' in html
    assert "govuk-form-group" in html


def test_hostile_text_is_escaped_everywhere():
    html = str(Everything({**GOOD, "name": "<script>alert(1)</script>", "born": "<b>"}))

    assert "<script>" not in html
    assert "<b>" not in html


def test_a_file_above_its_size_is_refused():
    class Upload(forms.Form):
        file = forms.File(label="Scan", megabytes=1)

    big = SimpleUploadedFile("a.jpg", b"x" * (1024 * 1024 + 1))
    fits = SimpleUploadedFile("a.jpg", b"x" * (1024 * 1024))

    assert Upload({}, {"file": big}).errors["file"] == ["The file is larger than 1 MB."]
    assert Upload({}, {"file": fits}).is_valid()
