"""Texts wait in the outbox, go out once, and outlive every bad gateway."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections, transaction

from darbaza.appointments import sending, services
from darbaza.appointments.models import Message
from darbaza.audit.models import Event
from darbaza.kernel.errors import Conflict, Forbidden, Invalid
from tests import cast
from tests.appointments.families import NOW, PHONE, Entrance
from tests.appointments.sending import servers

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def place(transactional_db: None) -> Entrance:
    from tests.visits import builders  # noqa: PLC0415

    return Entrance(builders.house())


@contextmanager
def gateway(settings: Any, behaviour: servers.Behaviour) -> Iterator[servers.Server]:
    with servers.gateway(behaviour) as server:
        settings.DARBAZA_MESSAGES = sending.Gateway(server.url, wait=0.5)
        yield server


def ids(server: servers.Server) -> list[str]:
    return [json.loads(asked.body)["id"] for asked in server.asked]


def send(place: Entrance, at: datetime = LATER) -> services.Round:
    return services.send_due(by=place.officer, at=at)


def test_what_is_booked_is_told_at_once_and_reminded_of_the_day_before(
    place: Entrance, settings: Any
) -> None:
    row = place.booked()
    with gateway(settings, servers.answering(202)) as server:
        assert send(place) == services.Round(1, 0)
        assert send(place) == services.Round()
        assert send(place, row.arrives_at - timedelta(hours=19)).sent == 1
        assert send(place, row.arrives_at - timedelta(hours=18)) == services.Round()
    texts = [json.loads(asked.body) for asked in server.asked]
    assert [text["to"] for text in texts] == [PHONE, PHONE]
    assert row.reference in texts[0]["text"]
    assert "your visit is on" in texts[1]["text"]
    assert Event.objects.filter(type="appointment.message_sent").count() == 2


def test_a_booking_taken_back_leaves_no_text(place: Entrance) -> None:
    with transaction.atomic():
        place.booked()
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_a_gateway_that_is_down_loses_nothing_and_costs_one_attempt(
    place: Entrance, settings: Any
) -> None:
    for _ in range(3):
        place.booked()
    with gateway(settings, servers.answering(503, b"maintenance")) as server:
        assert send(place) == services.Round(0, 1)
    assert len(server.asked) == 1
    waiting = Message.objects.filter(state="waiting", due_at__lte=LATER)
    assert waiting.count() == 2
    tried = Message.objects.get(tries=1)
    assert tried.error == "closed: 503 maintenance"
    assert tried.due_at == LATER + timedelta(minutes=5)
    with gateway(settings, servers.answering(200)) as server:
        assert send(place).sent == 2
        assert send(place, LATER + timedelta(minutes=5)).sent == 1
    assert len(set(ids(server))) == 3


def test_one_bad_number_does_not_keep_the_others_waiting(
    place: Entrance, settings: Any
) -> None:
    place.booked()
    place.booked()
    with gateway(settings, servers.answering(422, b"no such number")):
        assert send(place) == services.Round(0, 2)


def test_after_the_last_pause_it_has_failed_in_the_gateways_words_until_tried_again(
    place: Entrance, settings: Any
) -> None:
    row = place.booked()
    Message.objects.filter(kind="reminder").delete()
    at = NOW
    with gateway(settings, servers.answering(400, b"number unknown")) as server:
        for _ in range(7):
            at = max(at, Message.objects.get().due_at)
            send(place, at)
        assert send(place, at + timedelta(days=1)) == services.Round()
    message = Message.objects.get()
    assert (message.state, message.tries) == ("failed", 7)
    assert message.error == "refused: 400 number unknown"
    assert len(set(ids(server))) == 1
    assert services.try_again([message.pk], by=place.officer, at=at) == 1
    assert services.try_again([message.pk], by=place.officer, at=at) == 0
    with gateway(settings, servers.answering(200)):
        assert send(place, at).sent == 1
    assert at < row.arrives_at


def test_killed_in_between_it_goes_again_with_the_same_id(
    place: Entrance, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.booked()

    def killed(*_args: Any) -> None:
        raise KeyboardInterrupt

    with gateway(settings, servers.answering(200)) as server:
        with monkeypatch.context() as patched:
            patched.setattr("darbaza.appointments.services.outbox._settled", killed)
            with pytest.raises(KeyboardInterrupt):
                send(place)
        assert send(place, LATER + timedelta(minutes=9)) == services.Round()
        assert send(place, LATER + timedelta(minutes=11)).sent == 1
    first, second = ids(server)
    assert first == second


def test_two_processes_never_send_one_text_twice(
    place: Entrance, settings: Any
) -> None:
    place.booked()

    def meanwhile(handler: Any) -> None:
        try:
            assert send(place) == services.Round()
        finally:
            connections.close_all()  # of this thread
        servers.answering(200)(handler)

    with gateway(settings, meanwhile) as server:
        assert send(place).sent == 1
    assert len(server.asked) == 1


def test_where_texts_are_printed_nothing_leaves_and_they_are_ticked_off(
    place: Entrance, settings: Any
) -> None:
    settings.DARBAZA_MESSAGES = None
    place.booked()
    assert send(place) == services.Round()
    keys = list(Message.objects.filter(kind="booked").values_list("pk", flat=True))
    assert services.tell(keys, by=place.officer, at=LATER) == 1
    assert services.tell(keys, by=place.officer, at=LATER) == 0
    assert Message.objects.get(pk=keys[0]).state == "told"
    with pytest.raises(Conflict, match="messages_printed"):
        services.send_test(PHONE, "x", by=place.chief, at=LATER)


def test_a_text_whose_time_is_over_is_dropped(place: Entrance, settings: Any) -> None:
    row = place.booked()
    with gateway(settings, servers.answering(200)) as server:
        send(place, row.arrives_at + timedelta(minutes=1))
    assert server.asked == []
    assert set(Message.objects.values_list("state", flat=True)) == {"dropped"}


def test_a_cancelled_booking_reminds_nobody(place: Entrance) -> None:
    row = place.booked()
    services.cancel(row.pk, reason="звонили", by=place.officer, at=LATER)
    states = dict(Message.objects.values_list("kind", "state"))
    assert states == {
        "booked": "waiting",
        "reminder": "dropped",
        "cancelled": "waiting",
    }


def test_a_test_text_says_what_the_gateway_said(place: Entrance, settings: Any) -> None:
    with gateway(settings, servers.answering(401, b"key unknown")):
        row = services.send_test(PHONE, "Darbaza: test", by=place.chief, at=NOW)
    assert (row.state, row.error) == ("failed", "closed: 401 key unknown")
    with gateway(settings, servers.answering(200)):
        assert services.send_test(PHONE, "x", by=place.chief, at=NOW).state == "sent"
        with pytest.raises(Invalid):
            services.send_test(" ", "x", by=place.chief, at=NOW)
        with pytest.raises(Forbidden):
            services.send_test(PHONE, "x", by=place.officer, at=NOW)


def test_another_prison_touches_nothing(place: Entrance, settings: Any) -> None:
    place.booked()
    keys = list(Message.objects.values_list("pk", flat=True))
    with gateway(settings, servers.answering(200)) as server:
        services.send_due(by=cast.OUTSIDER, at=LATER)
    assert server.asked == []
    assert services.tell(keys, by=cast.OUTSIDER, at=LATER) == 0
    assert services.try_again(keys, by=cast.OUTSIDER, at=LATER) == 0
