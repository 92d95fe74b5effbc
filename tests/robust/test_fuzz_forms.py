"""Every form of the site with hostile values, by everybody who may send it.

The fields are read off the pages themselves, so a new form is tested the day it comes.
"""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from darbaza.audit import selectors as audit
from tests import cast
from tests.permissions import doors
from tests.permissions.world import HERE, SECRET, World, world
from tests.robust.formreader import Forms
from tests.robust.test_hostile import HOSTILE_WORDS

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ADDRESSES = doors.addresses()
ENDING = ("account_logout", "accounts:lock", "accounts:end_user user_id")
"""Whoever sends these is not signed in any more."""
API = "api:"
"""Has a test of its own: it takes no form."""
MOMENTS = (
    "0", "-1", "1", "99999999999999999999", "1e9", "NaN", "true", "31.02.2026",
    "2026-11-23", "0001-01-01", "9999-12-31", "2026-11-23T25:61", "24:00", "09:00",
    "01900000-0000-7000-8000-000000000001", "on", "F", "7KQ-3F9X",
    "P<KGZASANOVA<<AIGUL<<<<", "../../etc/passwd", "%00", "x" * 3_000,
)  # fmt: skip
HOSTILE = [*HOSTILE_WORDS, *MOMENTS]
FILES = (
    b"",
    b"a;b\n1;2\n",
    b"\xff\xd8\xff\xe0" + bytes(200),
    b"PK\x03\x04" + bytes(80),
)
hostile = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))
bounded = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def worlds(colony, other_colony, head_office):
    """Our prison and the other one, each with a row of every kind."""
    ours = world(colony, "Асанов", director=cast.DIRECTOR)
    world(other_colony, SECRET, director=cast.OUTSIDER)
    return ours


def _named(group: str) -> list[str]:
    return [
        name
        for name in sorted(ADDRESSES)
        if name.startswith(group) and name not in ENDING and not name.startswith(API)
    ]


def _fields(client: Any, address: str) -> dict[str, list[str]]:
    """Return the fields of the page at an address; of nothing where it shows none."""
    answer = client.get(address)
    if answer.status_code != 200 or answer.streaming:
        return {}
    if "html" not in answer.headers.get("Content-Type", ""):
        return {}
    return Forms(answer.content.decode()).fields


def _values(data: st.DataObject, fields: dict[str, list[str]], rows: World) -> Any:
    """Draw what is sent: offered values, hostile ones, keys of rows, files."""
    names = [*fields, *rows.values, "reason", "request_id", "next", "page"]
    sent: dict[str, Any] = {}
    for name in names:
        offered = fields.get(name) or [str(rows.values.get(name, ""))]
        known = st.sampled_from(offered)
        what = data.draw(st.sampled_from(["known", "known", "hostile", "not", "file"]))
        if what == "known":
            sent[name] = data.draw(known)
        elif what == "hostile":
            sent[name] = data.draw(hostile)
        elif what == "file" and name in {"file", "image", "photo"}:
            body = data.draw(st.sampled_from(FILES))
            sent[name] = SimpleUploadedFile("a.xlsx", body)
    return sent


def _send(client: Any, address: str, sent: dict[str, Any], *, htmx: bool) -> str:
    """Post once and forget it; return what went wrong, "" where nothing did."""
    headers = {"HX-Request": "true"} if htmx else {}
    undone = transaction.atomic()
    # As Django's own test cases say of theirs: what insists on being the outermost
    # transaction (a paper is kept before it is printed) may still begin within.
    undone._from_testcase = True
    with undone:
        answer = client.post(address, sent, headers=headers)
        body = b"".join(answer) if answer.streaming else answer.content
        whole = list(audit.breaches()) == []
        transaction.set_rollback(True)
    text = body.decode("utf-8", "replace")
    if answer.status_code >= 500 or "Traceback (most recent" in text:
        return f"{answer.status_code}"
    return "" if whole else "the record is broken"


GROUPS = sorted(
    {f"{name.split(':')[0]}:" for name in ADDRESSES if ":" in name} - {API}
    | {"account_", "set_"}
)


@pytest.mark.parametrize("actor", HERE, ids=lambda a: a.name)
@pytest.mark.parametrize("group", GROUPS)
def test_hostile_values_in_every_form_are_no_crash(worlds, sign_in, group, actor):
    client = sign_in(actor)
    client.raise_request_exception = False
    client.get("/gate/desk/")
    wrong: dict[str, Any] = {}
    for name in _named(group):
        address = worlds.address(name, ADDRESSES[name])
        _try(client, address, worlds, wrong)
    assert not wrong, wrong


def _try(client: Any, address: str, rows: World, wrong: dict[str, Any]) -> None:
    fields = _fields(client, address)

    @bounded
    @given(data=st.data(), htmx=st.booleans())
    def sent(data: st.DataObject, htmx: bool) -> None:
        values = _values(data, fields, rows)
        trouble = _send(client, address, values, htmx=htmx)
        if trouble:
            wrong[address] = (trouble, values)

    sent()
