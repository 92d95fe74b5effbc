"""Texts over HTTP, to a gateway that works, and to gateways that do not."""

import json
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from darbaza.appointments.sending import Gateway, Outgoing, send
from tests.appointments.sending import servers

ID = UUID(int=7)
TEXT = Outgoing(ID, "+996 555 00 00 01", "№ 27: жолугуу 29.11, 10:15. {id} \r\nX: y")
SECRET = "Bearer 7f1c"


def to(server: servers.Server, **how: Any) -> Gateway:
    return Gateway(url=server.url, secret=SECRET, wait=0.5, **how)


def test_json_arrives_whole_with_id_and_secret() -> None:
    with servers.gateway(servers.answering(202, b"queued")) as server:
        assert send(to(server), TEXT) is None
    asked = server.asked[0]
    assert json.loads(asked.body) == {"to": TEXT.to, "text": TEXT.text, "id": str(ID)}
    assert asked.headers["Authorization"] == SECRET
    assert asked.headers["Idempotency-Key"] == str(ID)


@pytest.mark.parametrize(("method", "body"), [("PUT", "form"), ("GET", "json")])
def test_fields_have_the_names_the_operator_wants(method: str, body: str) -> None:
    names = MappingProxyType({"phone": "{to}", "msg": "DZ {text}", "smsid": "{id}"})
    with servers.gateway(servers.answering(200)) as server:
        way = to(server, method=method, body=body, fields=names, header="X-Key")
        assert send(way, TEXT) is None
    asked = server.asked[0]
    sent = urlsplit(asked.path).query if method == "GET" else asked.body.decode()
    fields = {name: value for name, (value,) in parse_qs(sent).items()}
    assert fields == {"phone": TEXT.to, "msg": f"DZ {TEXT.text}", "smsid": str(ID)}
    assert (asked.method, asked.headers["X-Key"]) == (method, SECRET)


@pytest.mark.parametrize(
    ("behaviour", "code", "said"),
    [
        (servers.answering(500, b"<b>down</b>"), "closed", "500 <b>down</b>"),
        (servers.answering(429, b"slowly"), "closed", "429 slowly"),
        (servers.answering(401, b"not Bearer 7f1c"), "closed", "401 not …"),
        (servers.answering(422, b"bad\x00 number\xff"), "refused", "422 bad number�"),
        (servers.hanging, "no_answer", ""),
        (servers.dripping, "no_answer", ""),
        (servers.cut, "broken_off", "Remote end closed"),
        (servers.no_http, "broken_off", "SSH-2.0-OpenSSH"),
        (servers.endless, "closed", "500 xxx"),
    ],
)
def test_a_bad_gateway_is_told_in_its_own_words(
    behaviour: servers.Behaviour, code: str, said: str
) -> None:
    with servers.gateway(behaviour) as server:
        trouble = send(to(server), TEXT)
    assert trouble is not None
    assert (trouble.code, trouble.down) == (code, code != "refused")
    assert trouble.said.startswith(said)
    assert len(trouble.said) <= 210


def test_a_redirect_is_not_followed() -> None:
    with servers.gateway(servers.answering(200)) as other:
        elsewhere = servers.answering(307, Location=other.url)
        with servers.gateway(elsewhere) as server:
            trouble = send(to(server), TEXT)
    assert trouble is not None
    assert trouble.code == "redirected"
    assert other.asked == []


def test_nobody_listens() -> None:
    with servers.gateway(servers.answering(200)) as server:
        pass
    trouble = send(to(server), TEXT)
    assert trouble is not None
    assert trouble.code == "no_way"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"url": "http://sms.example/send"}, "only https"),
        ({"url": "http://localhost.example/"}, "only https"),
        ({"url": "ftp://sms.example/"}, "only https"),
        ({"url": "https://name:word@sms.example/"}, "without a name"),
        ({"url": "sms.example"}, "https://host"),
        ({"method": "DELETE"}, "method"),
        ({"body": "xml"}, "body"),
        ({"fields": MappingProxyType({"to": "{to}"})}, "{text}"),
        ({"header": "X: y\r\nZ"}, "header"),
        ({"secret": "ключ"}, "header"),
    ],
)
def test_nonsense_is_refused_before_anything_is_sent(
    wrong: dict[str, Any], words: str
) -> None:
    assert Gateway(url="https://sms.example/send").trouble() == ""
    assert Gateway(url="http://127.0.0.1:8080/send").trouble() == ""
    assert words in Gateway(**{"url": "https://sms.example/send", **wrong}).trouble()


def test_the_secret_does_not_show() -> None:
    assert "7f1c" not in repr(Gateway(url="https://sms.example", secret=SECRET))
