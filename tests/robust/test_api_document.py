"""The whole API against its own document: whatever is sent, by whichever device.

schemathesis makes requests out of the OpenAPI document, right ones and wrong ones. No
answer may be a fault of the server, and each must be one that the document announces.
"""

from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis import checks as known_checks

from darbaza.audit import selectors as audit
from darbaza.config.wsgi import application
from tests.robust import apiworld
from tests.visits import builders

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SCHEMA = schemathesis.openapi.from_dict(apiworld.document(apiworld.raw_document()))
SCHEMA.app = application
OPERATIONS = {op.label: op for op in (r.ok() for r in SCHEMA.get_all_operations())}
CHECKS = [
    known_checks.not_a_server_error,
    *(
        schemathesis.checks.CHECKS.get_one(name)
        for name in (
            "status_code_conformance",
            "content_type_conformance",
            "response_headers_conformance",
            "response_schema_conformance",
        )
    ),
]
bounded = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""One example is a right request and a wrong one."""


@pytest.fixture(autouse=True)
def _one_connection():
    """Let requests come on the connection of the test, which must stay open."""
    moments = (signals.request_started, signals.request_finished)
    for moment in moments:
        moment.disconnect(close_old_connections)
    yield
    for moment in moments:
        moment.connect(close_old_connections)


@pytest.fixture
def tokens(db, clock) -> list[str]:
    """The devices of a prison at five past ten."""
    clock.move_to(builders.at(10, 5))
    return list(apiworld.House().tokens())


def _ask(case: Any, token: str) -> None:
    """Send one request, judge its answer, and forget what it did."""
    with transaction.atomic():
        answer = case.call(headers={"Authorization": f"Bearer {token}"})
        case.validate_response(answer, checks=CHECKS)
        transaction.set_rollback(True)


@pytest.mark.parametrize("label", OPERATIONS)
def test_any_request_is_answered_as_the_document_says(tokens, label):
    operation = OPERATIONS[label]
    right = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @bounded
    @given(right=right, wrong=wrong, token=st.sampled_from(tokens))
    def sent(right: Any, wrong: Any, token: str) -> None:
        _ask(right, token)
        _ask(wrong, token)

    sent()
    assert list(audit.breaches()) == []
