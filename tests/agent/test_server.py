"""Between agent and server: tried again shortly, told, dropped; nothing kept."""

import os
from threading import Event, Thread

import pytest

from darbaza.agent import sending
from darbaza.agent.command import main
from darbaza.agent.config import Local, load
from darbaza.agent.listening import serving
from darbaza.agent.running import Agent
from darbaza.agent.sending import Item, Server, deliver
from darbaza.agent.types import Scan, Weight
from tests.agent.fakes import House, ask

NOBODY = Server("http://127.0.0.1:1", "t")
IMAGE = "cGljdHVyZQ=="


def test_a_scan_and_a_weight_go_as_the_contract_says():
    with House().open() as house:
        scan = Item("reader", Scan("text", b"picture", source="vendor"))
        assert deliver(scan, house.server, Event()) == ""
        assert (
            deliver(Item("scale", Weight(850, stable=True)), house.server, Event())
            == ""
        )
    (path, body, token), (path2, weight, _token) = house.got
    assert (path, path2) == ("/api/v1/readers/scans", "/api/v1/readers/weights")
    assert token == "Bearer dbz_token"
    assert body.pop("age_ms") < 5_000
    assert body == {
        "version": 1, "id": str(scan.id), "device": "reader", "source": "vendor",
        "text": "text", "image": IMAGE, "complete": True,
    }  # fmt: skip
    assert (weight["grams"], weight["stable"], weight["over"]) == (850, True, False)


def test_a_fault_of_the_server_is_tried_again_under_the_same_id():
    with House().open() as house:
        house.answers = [(500, {}), (200, b"no json"), (200, {"new": True})]
        assert deliver(Item("reader", Scan("text")), house.server, Event()) == ""
    assert len({body["id"] for _path, body, _token in house.got}) == 1
    assert len(house.got) == 3


@pytest.mark.parametrize(
    ("code", "said"),
    [("desk_not_open", "no_desk"), ("scan_too_old", "too_late"), ("x", "refused")],
)
def test_a_refusal_is_told_and_not_tried_again(code, said):
    with House().open() as house:
        house.answers = [(409, {"code": code})]
        assert deliver(Item("reader", Scan("text")), house.server, Event()) == said
    assert len(house.got) == 1


def test_without_a_server_the_scan_is_dropped_after_some_seconds(monkeypatch):
    monkeypatch.setattr(sending, "WORTH", 0.5)
    assert deliver(Item("reader", Scan("text")), NOBODY, Event()) == "no_server"


def test_what_waited_too_long_is_not_even_sent():
    with House().open() as house:
        old = Item("reader", Scan("text"), at=-1e9)
        assert deliver(old, house.server, Event()) == "too_late"
    assert house.got == []


def test_the_agent_delivers_reports_and_says_no_word_of_a_document():
    said: list[str] = []
    with House().open() as house:
        agent = Agent(house.server, {}, said.append)
        agent.outlet("reader").scan(Scan("P<UTOERIKSSON"))
        thread = Thread(target=agent.run)
        thread.start()
        for _try in range(100):
            if "reader: sent" in said:
                break
            agent.stop.wait(0.1)
        agent.stop.set()
        thread.join(10)
    paths = {path for path, _body, _token in house.got}
    assert paths == {"/api/v1/readers/state", "/api/v1/readers/scans"}
    assert "ERIKSSON" not in "".join(said)


@pytest.fixture
def maker():
    """A maker's program on the same computer: the port, and what the agent took."""
    agent = Agent(NOBODY, {}, str)
    took: list[object] = []
    agent.put = lambda item: took.append(item.what)
    server = serving(Local(0, "local"), agent.outlet("maker"), agent.told)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield int(server.server_address[1]), took
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_makers_program_posts_text_and_picture(maker):
    port, took = maker
    body = {"text": "P<UTO", "image": IMAGE, "source": "chip"}
    assert ask(port, "POST", "/scan", body) == (202, {"version": 1, "accepted": True})
    assert ask(port, "POST", "/weight", {"grams": 850, "stable": True})[0] == 202
    assert took == [
        Scan("P<UTO", b"picture", source="chip"), Weight(850, stable=True),
    ]  # fmt: skip
    status, told = ask(port, "GET", "/state")
    assert (status, told["devices"][0]["name"]) == (200, "maker")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": ""}, 401),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Host": "elsewhere.example:8765"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Length": "10000000"}, 413),
        ({"Content-Length": "x"}, 411),
    ],
)
def test_pages_and_strangers_deliver_nothing(maker, headers, status):
    port, took = maker
    assert ask(port, "POST", "/scan", {"text": "P<UTO"}, **headers)[0] == status
    assert took == []


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b"\xff", b'{"text": 1}', b'{"text": ""}',
        b'{"image": "%%"}', b'{"image": 1}', b'{"text": "x", "source": "telepathy"}',
        b'{"text": "x", "version": 2}', b'{"text": "x", "more": 1}', b"[" * 20_000,
        b'{"text": "' + b"<" * 5_000 + b'"}',
    ],
)  # fmt: skip
def test_what_is_no_delivery_is_refused_and_the_agent_goes_on(maker, body):
    port, took = maker
    status, told = ask(port, "POST", "/scan", body)
    assert (status, told["error"]) == (400, "invalid")
    assert took == []
    assert ask(port, "POST", "/elsewhere", {})[0] == 404


GOOD = """
server = "https://gate.example:8443"
token = "dbz_x"
[local]
port = 8765
token = "y"
[[devices]]
name = "reader"
driver = "serial-reader"
port = "/dev/ttyUSB0"
"""


def test_the_file_says_what_the_post_has(tmp_path):
    path = tmp_path / "agent.toml"
    path.write_text(GOOD)
    config = load(path)
    assert config.devices["reader"].kind == "serial-reader"
    assert config.local == Local(8765, "y")
    assert "dbz_x" not in repr(config), "no token in a log"


@pytest.mark.skipif(os.name != "posix", reason="rights are told otherwise")
def test_a_token_that_others_can_read_is_warned_of(tmp_path):
    path, token = tmp_path / "agent.toml", tmp_path / "agent.token"
    path.write_text(GOOD.replace('token = "dbz_x"', 'token_file = "agent.token"'))
    token.write_text("dbz_x")
    path.chmod(0o600)
    token.chmod(0o640)
    said = []

    assert main(["check", str(path)], said.append) == 0
    assert (
        said[0] == f"{token}: others can read the token in it; say: chmod 600 {token}"
    )

    token.chmod(0o600)
    assert load(path).exposed == ()
    path.chmod(0o644)
    assert load(path).exposed == (path,)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("https://", "http://", "https"),
        ("https://gate.example:8443", "gate", "address"),
        ('token = "dbz_x"', "", "token"),
        ('token = "dbz_x"', 'token_file = "nowhere"', "token_file"),
        ('token = "dbz_x"', 'token = "x"\ncertificate = "nowhere"', "certificate"),
        ("serial-reader", "telepathy", "driver"),
        ('port = "/dev/ttyUSB0"', "speed = 1", "speed"),
        ("[[devices]]", "[[devices", "agent.toml"),
        ("server", "serves", "serves"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(tmp_path, old, new, words):
    path = tmp_path / "agent.toml"
    path.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(ValueError, match=words) as error:
        load(path)
    assert "\n" not in str(error.value).strip()
