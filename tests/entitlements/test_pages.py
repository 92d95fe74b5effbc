"""The pages of rules and ledgers, through HTTP."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.urls import reverse

from darbaza.entitlements import services
from darbaza.entitlements.models import Entry, Rule
from tests import cast
from tests.entitlements.builders import TODAY, prisoner, quota

pytestmark = pytest.mark.django_db
WHO = {"by": cast.GATE_OFFICER, "at": cast.NINE}
SHORT = "visits.quota.short"


@pytest.fixture
def shipped(colony, capsys):
    call_command("load_reference")
    return Rule.objects.get(code=SHORT)


def rows_of(page) -> set[str]:
    return {row.code for row, _cells in page.context["table"].rows}


def test_rules_are_listed_and_narrowed(shipped, sign_in):
    client, url = sign_in(cast.INSPECTOR), reverse("entitlements:rules")
    services.verify(
        shipped.pk, name="A. Lawyer", on=TODAY, by=cast.ADMINISTRATOR, at=cast.NINE
    )

    everything = client.get(url)
    assert "visits.quota.settlement" not in rows_of(everything)
    assert "visits.lawyer" in rows_of(everything)
    assert rows_of(client.get(url, {"verified": "yes"})) == {SHORT}
    assert SHORT not in rows_of(client.get(url, {"verified": "no"}))
    assert rows_of(client.get(url, {"kind": "quota"})) == {
        SHORT,
        "visits.quota.long",
        "visits.quota.isolator",
        "visits.quota.cell_type",
        "parcels.quota.parcel",
        "parcels.quota.packet",
    }
    assert SHORT not in rows_of(client.get(url, {"jurisdiction": "UN"}))
    assert rows_of(client.get(url, {"q": "44(8)"})) == {"visits.lawyer"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rules_are_exported(shipped, sign_in, kind):
    client = sign_in(cast.INSPECTOR)

    answer = client.get(reverse("entitlements:rules"), {"format": kind})
    content = b"".join(answer.streaming_content)

    assert (SHORT.encode() in content) if kind == "csv" else content[:2] == b"PK"


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_rule_shows_its_table_and_that_nobody_verified_it(shipped, sign_in, language):
    client = sign_in(cast.GATE_OFFICER)
    client.cookies["django_language"] = language

    page = client.get(reverse("entitlements:rule", args=[SHORT])).content.decode()

    assert page.count("<tr") == 18
    assert "УИК РФ" in page
    assert reverse("entitlements:verify", args=[shipped.pk]) not in page


def test_unknown_rule_does_not_exist(colony, sign_in):
    page = sign_in(cast.INSPECTOR).get(reverse("entitlements:rule", args=["x.y"]))

    assert page.status_code == 404


def test_rule_is_verified_looked_at_again_and_ended(shipped, sign_in):
    client = sign_in(cast.ADMINISTRATOR)
    verify = reverse("entitlements:verify", args=[shipped.pk])

    client.post(verify, {"name": "A. Lawyer", "on": "20.11.2026"})
    client.post(verify, {"name": "B. Lawyer", "on": "21.11.2026"})
    client.post(reverse("entitlements:end", args=[shipped.pk]), {"on": "01.01.2027"})

    shipped.refresh_from_db()
    assert shipped.verified_by == "A. Lawyer"
    assert shipped.valid_to == date(2027, 1, 1)
    page = client.get(reverse("entitlements:rule", args=[SHORT])).content.decode()
    for words in ("Rule verified", "Verified rule looked at again", "Rule ended"):
        assert words in page


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("verify", {"name": "", "on": "20.11.2026"}),
        ("verify", {"name": "A. Lawyer", "on": "some day"}),
        ("end", {"on": ""}),
        ("end", {"on": "01.01.2019"}),
    ],
)
def test_wrong_step_changes_nothing_and_says_why(shipped, sign_in, step, data):
    client = sign_in(cast.ADMINISTRATOR)
    url = reverse(f"entitlements:{step}", args=[shipped.pk])

    page = client.post(url, data, follow=True)

    shipped.refresh_from_db()
    assert (shipped.verified_by, shipped.valid_to) == ("", None)
    assert len(list(page.context["messages"])) == 1


def test_new_version_changes_one_line_and_leaves_one_out(shipped, sign_in):
    client = sign_in(cast.ADMINISTRATOR)
    url = reverse("entitlements:add_version", args=[SHORT])
    page = client.get(url)
    data = _posted(page)
    data |= {"valid_from": "01.01.2027", "legal_basis": "Invented act, art. 1"}
    first = next(n for n, line in enumerate(page.context["quotas"].forms)
                 if line.initial["regime"] == "colony_general"
                 and line.initial["conditions"] == "ordinary")  # fmt: skip
    data[f"quota-{first}-amount"] = "9"
    data["quota-1-regime"] = ""

    answer = client.post(url, data)

    shipped.refresh_from_db()
    new = Rule.objects.get(code=SHORT, valid_to=None)
    assert answer.status_code == 302
    assert shipped.valid_to == new.valid_from == date(2027, 1, 1)
    assert new.quotas.count() == shipped.quotas.count() - 1
    changed = new.quotas.get(regime="colony_general", conditions="ordinary")
    assert (changed.amount, changed.minutes, new.verified) == (9, 240, False)


def test_new_version_with_a_wrong_line_is_explained(shipped, sign_in):
    client = sign_in(cast.ADMINISTRATOR)
    url = reverse("entitlements:add_version", args=[SHORT])
    data = _posted(client.get(url)) | {"valid_from": "01.01.2027"}
    data["quota-0-hours"] = ""

    answer = client.post(url, data)

    assert answer.status_code == 422
    assert "Say how long one visit is." in answer.content.decode()


def test_figure_of_a_rule_is_kept_in_its_new_version(shipped, sign_in):
    client = sign_in(cast.ADMINISTRATOR)
    url = reverse("entitlements:add_version", args=["visits.complaint"])
    data = _posted(client.get(url)) | {"valid_from": "01.01.2027", "figure_days": 14}

    client.post(url, data)

    rule = Rule.objects.get(code="visits.complaint", valid_to=None)
    assert rule.figures == {"days": 14}


@pytest.mark.parametrize(
    ("code", "typed", "kept"),
    [
        (
            "visits.allowance_return",
            {"figure_returned": ["prisoner_ill", "moved"]},
            {"returned": ["prisoner_ill", "moved"]},
        ),
        (
            "visits.notice",
            {"figure_family": " 3,14"},
            {"gate": [0, 0], "staff": [0, 60], "family": [3, 14]},
        ),
    ],
)
def test_lists_of_a_rule_are_changed_in_a_new_version(
    shipped, sign_in, code, typed, kept
):
    client = sign_in(cast.ADMINISTRATOR)
    url = reverse("entitlements:add_version", args=[code])
    data = _posted(client.get(url)) | {"valid_from": "01.01.2027"} | typed

    answer = client.post(url, data)

    assert answer.status_code == 302
    assert Rule.objects.get(code=code, valid_to=None).figures == kept


@pytest.mark.parametrize("typed", ["", "2", "2, x", "1, 2, 3", "-1, 3", "99999, 1"])
def test_numbers_of_a_rule_must_be_as_many_as_before(shipped, sign_in, typed):
    client = sign_in(cast.ADMINISTRATOR)
    url = reverse("entitlements:add_version", args=["visits.notice"])
    data = _posted(client.get(url)) | {"valid_from": "01.01.2027"}

    answer = client.post(url, data | {"figure_family": typed})

    assert answer.status_code == 422


def _posted(page) -> dict:
    form, lines = page.context["form"], page.context["quotas"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: "" if value is None else value for name, value in data.items()}
    data |= {f"quota-{k}": v for k, v in lines.management_form.initial.items()}
    for line in lines.forms:
        for name in line.fields:
            value = line[name].value()
            data[line.add_prefix(name)] = "" if value is None else value
    return data


@pytest.mark.parametrize("by", [cast.GATE_OFFICER, cast.DIRECTOR])
def test_without_the_permission_nothing_is_verified(shipped, sign_in, by):
    data = {"name": "A. Lawyer", "on": "20.11.2026"}

    url = reverse("entitlements:verify", args=[shipped.pk])

    assert sign_in(by).post(url, data).status_code == 403


def test_sheet_of_all_rules_prints(shipped, sign_in):
    page = sign_in(cast.INSPECTOR).get(reverse("entitlements:sheet"))

    in_force = Rule.objects.filter(valid_to=None).count()
    assert len(page.context["versions"]) == in_force > 20


def test_empty_sheet_says_what_to_do(colony, sign_in):
    page = sign_in(cast.INSPECTOR).get(reverse("entitlements:sheet"))

    assert "load-reference" in page.content.decode()


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_ledger_reads_like_an_account(colony, sign_in, language):
    quota(6)
    row, visit = prisoner(), uuid4()
    services.use(row.pk, "short", visit, on=TODAY, **WHO)
    services.use(row.pk, "short", uuid4(), on=TODAY, **WHO)
    services.give_back(visit, note="prisoner_ill", **WHO)
    client = sign_in(cast.GATE_OFFICER)
    client.cookies["django_language"] = language

    page = client.get(reverse("entitlements:ledger", args=[row.pk]))

    lines = [p for p, _cells in page.context["table"].rows]
    assert [line.balance for line in lines] == [5, 4, 5, 6]
    assert "prisoner_ill" not in page.content.decode()
    assert reverse("entitlements:post", args=[row.pk]) not in page.content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_ledger_is_exported(colony, sign_in, kind):
    quota(6)
    row = prisoner()
    services.use(row.pk, "short", uuid4(), on=TODAY, **WHO)

    answer = sign_in(cast.DIRECTOR).get(
        reverse("entitlements:ledger", args=[row.pk]), {"format": kind}
    )

    content = b"".join(answer.streaming_content)
    assert content.count(b"\n") == 3 if kind == "csv" else content[:2] == b"PK"


def test_director_adds_an_extra_visit_once(colony, sign_in):
    quota(4, kind="long")
    row = prisoner()
    client, url = sign_in(cast.DIRECTOR), reverse("entitlements:post", args=[row.pk])
    data = {
        "request_id": uuid4(), "what": "extra", "kind": "long", "amount": 1,
        "on": "23.11.2026", "note": "Order 17 of 20.11.2026",
    }  # fmt: skip

    client.post(url, data)
    answer = client.post(url, data)

    assert answer.status_code == 302
    lines = Entry.objects.order_by("id").values_list("amount", "reason")
    assert list(lines) == [(4, "grant"), (1, "extra")]


def test_extra_that_takes_away_is_refused_on_the_form(colony, sign_in):
    row = prisoner()
    url = reverse("entitlements:post", args=[row.pk])
    data = {
        "request_id": uuid4(), "what": "extra", "kind": "long", "amount": -1,
        "on": "23.11.2026", "note": "Order 17 of 20.11.2026",
    }  # fmt: skip

    answer = sign_in(cast.DIRECTOR).post(url, data)

    assert answer.status_code == 422
    assert not Entry.objects.exists()


def test_outsider_finds_no_ledger(colony, other_colony, sign_in):
    row = prisoner()
    client = sign_in(cast.OUTSIDER)

    for name in ("ledger", "post"):
        page = client.get(reverse(f"entitlements:{name}", args=[row.pk]))
        assert page.status_code == 404


def test_prisoners_page_shows_what_is_left(colony, sign_in):
    quota(6)
    row = prisoner()
    services.use(row.pk, "short", uuid4(), on=TODAY, **WHO)

    page = sign_in(cast.GATE_OFFICER).get(reverse("custody:prisoner", args=[row.pk]))

    assert "5 left" in page.content.decode()
    assert reverse("entitlements:ledger", args=[row.pk]) in page.content.decode()
