"""Texts as e-mail, to a real SMTP server on this computer."""

from email import message_from_bytes, policy
from uuid import UUID

import pytest

from darbaza.appointments.sending import Mailbox, Outgoing, send
from tests.appointments.sending import servers

ID = UUID(int=9)
TEXT = Outgoing(ID, "family@example.test", "№ 27: 29.11, 10:15", subject="№ 27")


def to(server: servers.Server) -> Mailbox:
    return Mailbox(
        "127.0.0.1", server.port, "gate@prison.test", security="none", wait=1
    )


def test_an_email_arrives_with_its_id() -> None:
    with servers.mail_server() as server:
        assert send(to(server), TEXT) is None
    mail = message_from_bytes(server.asked[0].body, policy=policy.default)
    assert mail["Message-ID"] == f"<{ID}@prison.test>"
    assert (mail["To"], mail["Subject"]) == ("family@example.test", "№ 27")
    assert mail.get_content().strip() == TEXT.text


@pytest.mark.parametrize(
    ("at", "said", "code"),
    [
        ("rcpt", "550 no such box", "refused"),
        ("mail", "451 later", "closed"),
        ("data", "552 full", "closed"),
        ("ehlo", "421 closing", "broken_off"),
    ],
)
def test_a_refusal_is_told_in_the_words_of_the_server(
    at: str, said: str, code: str
) -> None:
    with servers.mail_server(**{at: said, "helo": said}) as server:
        trouble = send(to(server), TEXT)
    assert trouble is not None
    assert trouble.code == code
    assert said.rsplit(maxsplit=1)[-1] in trouble.said


def test_nobody_listens() -> None:
    with servers.mail_server() as server:
        pass
    trouble = send(to(server), TEXT)
    assert trouble is not None
    assert trouble.code == "no_way"


def test_an_address_with_a_line_break_goes_nowhere() -> None:
    with servers.mail_server() as server:
        bad = Outgoing(ID, "a@b.test\nBcc: all@b.test", "x")
        trouble = send(to(server), bad)
    assert trouble is not None
    assert server.asked == []


def test_nonsense_is_refused() -> None:
    assert Mailbox("mail.test", 587, "gate@prison.test").trouble() == ""
    assert Mailbox("", 587, "gate@prison.test").trouble()
    assert Mailbox("mail.test", 587, "gate").trouble()
    assert Mailbox("mail.test", 25, "a@b", security="none").trouble()
    assert Mailbox("mail.test", 25, "a@b", security="ssl").trouble()
