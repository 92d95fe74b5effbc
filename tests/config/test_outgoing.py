"""How texts go to families, as the environment says it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from darbaza.appointments.sending import Gateway, Mailbox
from darbaza.config import outgoing

HTTP = {"DARBAZA_MESSAGES": "http", "DARBAZA_SMS_URL": "https://sms.test/send"}
SMTP = {
    "DARBAZA_MESSAGES": "smtp",
    "DARBAZA_SMTP_HOST": "mail.test",
    "DARBAZA_SMTP_FROM": "gate@prison.test",
}


def told(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def test_without_a_word_nothing_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DARBAZA_MESSAGES", raising=False)
    assert outgoing.way() is None


def test_a_gateway_with_its_own_names(monkeypatch: pytest.MonkeyPatch) -> None:
    names = '{"phone": "{to}", "message": "{text}"}'
    told(monkeypatch, HTTP | {"DARBAZA_SMS_FIELDS": names})
    way = outgoing.way()
    assert isinstance(way, Gateway)
    assert dict(way.fields) == {"phone": "{to}", "message": "{text}"}


def test_a_mail_server(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, SMTP)
    way = outgoing.way()
    assert isinstance(way, Mailbox)
    assert (way.port, way.security) == (587, "starttls")


@pytest.mark.parametrize(
    "values",
    [
        {"DARBAZA_MESSAGES": "sms"},
        {"DARBAZA_MESSAGES": "http"},
        HTTP | {"DARBAZA_SMS_URL": "http://sms.test/send"},
        HTTP | {"DARBAZA_SMS_FIELDS": "{to}"},
        HTTP | {"DARBAZA_SMS_FIELDS": '{"to": 1}'},
        SMTP | {"DARBAZA_SMTP_PORT": "many"},
        SMTP | {"DARBAZA_SMTP_SECURITY": "none"},
    ],
)
def test_nonsense_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str]
) -> None:
    told(monkeypatch, values)
    with pytest.raises(ImproperlyConfigured):
        outgoing.way()
