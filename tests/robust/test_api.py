"""The whole API against its own document: whatever is sent, it is never our fault."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings

from darbaza.accounts import services as accounts
from darbaza.accounts.permissions import Role
from darbaza.accounts.types import DeviceDraft
from tests.gate.house import Gate
from tests.visits.test_registration import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite]
EACH = settings(
    max_examples=12,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
TOLD = {"code", "detail", "number"}


@pytest.fixture
def token(db: None, clock: Any) -> str:
    gate = Gate()
    gate.issue()
    draft = DeviceDraft(uuid4(), "fuzzer", Role.SHIFT_SUPERVISOR, timedelta(days=1))
    by = gate.house.actor(Role.ADMINISTRATOR)
    return accounts.issue_token(draft, by=by, at=NOW).secret


def test_no_request_brings_the_api_down(token):
    headers = {"Authorization": f"Bearer {token}"}
    document = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", get_wsgi_application()
    )
    operations = [found.ok() for found in document.get_all_operations()]
    assert len(operations) > 25

    for operation in operations:

        @EACH
        @given(case=operation.as_strategy())
        def sent(case: Any) -> None:
            answer = case.call(headers=headers)
            assert answer.status_code < 500, (case.as_curl_command(), answer.text)
            if answer.status_code in {401, 403, 404, 422}:
                assert set(answer.json()) >= TOLD

        sent()
