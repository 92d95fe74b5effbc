"""Papers to a printer of the network or at a cable, and everything that goes wrong."""

import os
import pty
import socket
import threading
import time
import tty

import pytest

from darbaza.sites import printing
from darbaza.sites.printing import channels, escpos, raster, sending
from darbaza.sites.printing.faults import NotPrintedError
from darbaza.sites.types import Fault, Target
from tests.sites.printing import standin
from tests.sites.printing.standin import StandIn
from tests.sites.printing.test_papers import same, sheet


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return sheet()


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(channels, "ANSWER", 0.15)
    monkeypatch.setattr(channels, "WAIT", 0.5)


@pytest.mark.parametrize("answers", [standin.READY, {}], ids=["answers", "is silent"])
def test_a_receipt_arrives_pixel_for_pixel(pdf, answers):
    with StandIn(answers) as printer:
        fault = printing.send(printer.target(), pdf, title="x")
        drawn = raster.pages(pdf, dots=576, dpi=203)
    assert fault is None
    (got,) = printer.papers
    assert same(standin.rasters(got)[0], drawn[0])


def test_a_label_arrives(pdf):
    with StandIn({b"~HS\r\n": standin.LABELS_READY.encode()}) as printer:
        assert printing.send(printer.target("zpl"), pdf, title="x") is None
    assert printer.papers[0].startswith(b"^XA")


@pytest.mark.parametrize(
    ("answers", "fault"),
    [(standin.NO_PAPER, Fault.PAPER_OUT), (standin.OPEN, Fault.COVER_OPEN)],
)
def test_nothing_is_sent_to_a_printer_that_cannot_print(pdf, answers, fault):
    with StandIn(answers) as printer:
        assert printing.send(printer.target(), pdf, title="x") is fault
        assert printing.ask(printer.target()) is fault
    assert printer.papers == []


def test_a_printer_that_is_ready_says_so():
    with StandIn(standin.READY) as printer:
        assert printing.ask(printer.target()) is None


def test_a_printer_unplugged_in_the_middle_breaks_off(pdf):
    with StandIn(standin.READY, breaks_after=5_000) as printer:
        assert printing.send(printer.target(), pdf, title="x") is Fault.BROKEN_OFF


def test_a_printer_unplugged_at_the_very_end_breaks_off(pdf):
    whole = len(escpos.encode(raster.pages(pdf, dots=576, dpi=203)))
    with StandIn(standin.READY, breaks_after=whole - 1) as printer:
        assert printing.send(printer.target(), pdf, title="x") is Fault.BROKEN_OFF


def test_a_label_printer_that_answers_in_pieces_is_understood():
    said = standin.LABELS_OUT.encode()
    with StandIn({b"~HS\r\n": said}, crumbs=True) as printer:
        assert printing.ask(printer.target("zpl")) is Fault.PAPER_OUT


def test_paper_that_ends_in_the_middle_is_said(pdf):
    with StandIn(dict(standin.READY), empties_after=5_000) as printer:
        assert printing.send(printer.target(), pdf, title="x") is Fault.PAPER_ENDED


def test_a_printer_that_is_off_refuses(pdf):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    target = Target("escpos", "network", "127.0.0.1", port)
    assert printing.send(target, pdf, title="x") is Fault.REFUSED
    assert printing.ask(target) is Fault.REFUSED


@pytest.mark.parametrize("error", [TimeoutError(), OSError(113, "No route to host")])
def test_a_wrong_address_does_not_answer(pdf, monkeypatch, error):
    def nobody(*_args, **_named):
        raise error

    monkeypatch.setattr(channels.socket, "create_connection", nobody)
    target = Target("escpos", "network", "192.0.2.1")
    assert printing.send(target, pdf, title="x") is Fault.UNREACHABLE


def test_a_printer_that_takes_nothing_is_left_within_the_limit(pdf):
    big = Target("escpos", "network", "127.0.0.1", dots=4096, dpi=720)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        target = Target(**{**_fields(big), "port": deaf.getsockname()[1]})
        began = time.monotonic()
        fault = printing.send(target, pdf, title="x")
    assert fault is Fault.BROKEN_OFF
    assert time.monotonic() - began < 5


def _fields(target: Target) -> dict:
    return {name: getattr(target, name) for name in Target.__slots__}


def test_two_desks_at_one_printer_take_turns(pdf):
    with StandIn(standin.READY, delay=0.1) as printer:
        faults = []
        desks = [
            threading.Thread(
                target=lambda: faults.append(
                    printing.send(printer.target(), pdf, title="x")
                )
            )
            for _n in range(3)
        ]
        for desk in desks:
            desk.start()
        for desk in desks:
            desk.join()
    assert faults == [None] * 3
    assert [len(standin.rasters(got)) for got in printer.papers] == [1, 1, 1]


def test_who_waits_too_long_for_a_turn_is_told_that_it_is_busy(monkeypatch):
    monkeypatch.setattr(sending, "TURN", 0.05)
    with StandIn(standin.READY) as printer:
        target = printer.target()
        with sending._turn(target):  # another desk prints
            assert printing.ask(target) is Fault.BUSY
        assert printing.ask(target) is None


def test_no_paper_can_be_drawn_of_rubbish():
    with StandIn(standin.READY) as printer:
        assert printing.send(printer.target(), b"x", title="x") is Fault.UNREADABLE
    assert printer.papers == []


class Cable:
    """A pair of ends that stands in for /dev/usb/lp0: what we write, it reads."""

    def __init__(self, answers: dict[bytes, bytes], *, deaf: bool = False) -> None:
        self._ours, self._theirs = pty.openpty()
        tty.setraw(self._theirs)
        self.path = os.ttyname(self._theirs)
        self.got = b""
        self._answers = answers
        if not deaf:
            threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            try:
                piece = os.read(self._ours, 4096)
            except OSError:
                return
            rest, answer = standin.heard(piece, self._answers)
            self.got += rest
            if answer:
                os.write(self._ours, answer)

    def unplug(self) -> None:
        os.close(self._ours)


def test_a_receipt_goes_through_a_device_file(pdf):
    cable = Cable(standin.READY)
    target = Target("escpos", "device", cable.path)
    assert printing.send(target, pdf, title="x") is None
    wanted = raster.pages(pdf, dots=576, dpi=203)[0]
    until = time.monotonic() + 3
    while time.monotonic() < until and not cable.got.endswith(b"\x1dV\x01"):
        time.sleep(0.02)
    assert same(standin.rasters(cable.got)[0], wanted)


def test_a_device_that_says_no_paper_gets_none(pdf):
    cable = Cable(standin.NO_PAPER)
    target = Target("escpos", "device", cable.path)
    assert printing.send(target, pdf, title="x") is Fault.PAPER_OUT
    assert cable.got == b""


def test_a_device_that_takes_nothing_is_left(pdf):
    cable = Cable({}, deaf=True)
    target = Target("escpos", "device", cable.path)
    assert printing.send(target, pdf, title="x") is Fault.BROKEN_OFF


def test_a_device_unplugged_before_the_paper_is_a_fault(pdf):
    cable = Cable({}, deaf=True)
    cable.unplug()
    target = Target("escpos", "device", cable.path)
    fault = printing.send(target, pdf, title="x")
    assert fault in {Fault.SILENT, Fault.NO_DEVICE}


def test_a_device_file_that_does_not_exist_is_not_made(pdf, tmp_path):
    path = tmp_path / "lp0"
    target = Target("escpos", "device", str(path))
    assert printing.send(target, pdf, title="x") is Fault.NO_DEVICE
    assert not path.exists()


def test_an_ordinary_file_is_no_printer(pdf, tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("dear")
    target = Target("escpos", "device", str(path))
    assert printing.ask(target) is Fault.NO_DEVICE
    assert path.read_text() == "dear"


@pytest.mark.parametrize(
    ("number", "fault"),
    [(13, Fault.NOT_ALLOWED), (16, Fault.BUSY), (6, Fault.NO_DEVICE)],
)
def test_a_device_that_cannot_be_opened_says_why(monkeypatch, number, fault):
    def closed(*_args):
        raise OSError(number, "no")

    monkeypatch.setattr(channels.os, "open", closed)
    assert printing.ask(Target("escpos", "device", "/dev/usb/lp0")) is fault


def test_a_printer_that_hangs_up_on_a_question_refuses():
    with socket.create_server(("127.0.0.1", 0)) as shy:
        target = Target("escpos", "network", "127.0.0.1", shy.getsockname()[1])

        def hang_up() -> None:
            link, _address = shy.accept()
            link.close()

        threading.Thread(target=hang_up).start()
        assert printing.ask(target) is Fault.REFUSED


def test_no_paper_takes_longer_than_the_limit_of_all(pdf, monkeypatch):
    monkeypatch.setattr(channels, "WHOLE", -1.0)
    with StandIn(standin.READY) as printer:
        assert printing.send(printer.target(), pdf, title="x") is Fault.BROKEN_OFF
    cable = Target("escpos", "device", Cable(standin.READY).path)
    assert printing.send(cable, pdf, title="x") is Fault.SILENT


def test_a_device_that_is_pulled_out_while_it_is_asked_says_nothing():
    cable = Cable({}, deaf=True)
    way = channels.Device(cable.path)
    cable.unplug()
    with pytest.raises(NotPrintedError) as gone:
        way.ask(b"?")
    assert gone.value.fault is Fault.SILENT
    way.close()
