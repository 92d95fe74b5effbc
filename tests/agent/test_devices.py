"""Readers and scales on pseudo-terminals: whatever a device does, the agent goes on."""

import time
from collections.abc import Iterator
from queue import Empty, Queue
from threading import Event, Thread

import pytest

from darbaza.agent import simulator
from darbaza.agent.drivers.kits import Captured, KitDriver, StubKit
from darbaza.agent.drivers.serial_line import SerialReader, SerialScale
from darbaza.agent.running import Agent
from darbaza.agent.sending import Server
from darbaza.agent.types import Driver, Scan, Status, Weight

pytestmark = pytest.mark.slow
LINES = simulator.ZONE.rstrip("\r").split("\r")


class Out:
    """What a driver gave and said."""

    def __init__(self) -> None:
        self.given: Queue[Scan | Weight] = Queue()
        self.states: Queue[tuple[Status, str]] = Queue()

    def scan(self, scan: Scan) -> None:
        self.given.put(scan)

    def weight(self, weight: Weight) -> None:
        self.given.put(weight)

    def state(self, status: Status, trouble: str = "") -> None:
        self.states.put((status, trouble))

    def next(self):
        return self.given.get(timeout=10)

    def until(self, status: Status, trouble: str = "") -> None:
        end = time.monotonic() + 10
        while self.states.get(timeout=10) != (status, trouble):
            assert time.monotonic() < end

    def nothing(self) -> None:
        with pytest.raises(Empty):
            self.given.get(timeout=0.4)


class Plugged:
    """A driver that runs on a simulated device."""

    def __init__(self, terminal: simulator.Terminal, driver: Driver) -> None:
        self.terminal, self.out, self.stop = terminal, Out(), Event()
        self._thread = Thread(target=driver.run, args=(self.out, self.stop))
        self._thread.start()

    def plays(self, act: str) -> None:
        self.terminal.play(act)

    def end(self) -> None:
        self.stop.set()
        self._thread.join(10)
        assert not self._thread.is_alive()


@pytest.fixture
def terminal(tmp_path) -> Iterator[simulator.Terminal]:
    made = simulator.Terminal(tmp_path / "device")
    yield made
    made.pull_out()


@pytest.fixture
def reader(terminal) -> Iterator[Plugged]:
    plugged = Plugged(terminal, SerialReader(str(terminal.link)))
    plugged.out.until(Status.READY)
    yield plugged
    plugged.end()


@pytest.fixture
def scale(terminal) -> Iterator[Plugged]:
    plugged = Plugged(terminal, SerialScale(str(terminal.link)))
    plugged.out.until(Status.READY)
    yield plugged
    plugged.end()


@pytest.mark.parametrize("act", ["scan", "typed"])
def test_a_swipe_comes_whole_framed_or_typed(reader, act):
    reader.plays(act)
    scan = reader.out.next()
    assert scan.complete
    assert scan.text.strip("\x02\x03\r").split("\r") == LINES
    reader.out.nothing()


def test_a_swipe_that_stops_in_the_middle_is_called_so(reader):
    reader.plays("cut")
    scan = reader.out.next()
    assert not scan.complete
    reader.out.until(Status.READY, "broke_off")
    reader.plays("scan")
    assert reader.out.next().complete


def test_after_one_that_broke_off_the_next_is_read_whole(reader):
    reader.plays("cut-then-whole")
    assert [reader.out.next().complete for _n in range(2)] == [False, True]


def test_a_repeated_swipe_comes_twice_from_the_line(reader):
    reader.plays("repeat")
    first, second = reader.out.next(), reader.out.next()
    assert first == second


def test_noise_is_no_scan_and_bytes_at_the_wrong_speed_are_told(reader):
    reader.plays("plugged")
    reader.out.nothing()
    reader.plays("garbage")
    reader.plays("scan")
    assert reader.out.next().complete


def test_a_bad_sign_is_delivered_as_the_reader_sent_it(reader):
    reader.plays("damaged")
    scan = reader.out.next()
    assert scan.complete
    assert "?" in scan.text


def test_a_reader_is_pulled_out_and_plugged_in_again(reader):
    reader.plays("scan")
    reader.out.next()
    reader.terminal.pull_out()
    reader.out.until(Status.WAITING, "not_plugged_in")
    reader.terminal.plug_in()
    reader.out.until(Status.READY)
    reader.plays("scan")
    assert reader.out.next().complete


def test_what_is_not_there_at_the_start_is_waited_for(tmp_path):
    link = tmp_path / "device"
    out, stop = Out(), Event()
    thread = Thread(target=SerialReader(str(link)).run, args=(out, stop))
    thread.start()
    out.until(Status.WAITING, "not_plugged_in")
    terminal = simulator.Terminal(link)
    out.until(Status.READY)
    stop.set()
    thread.join(10)
    terminal.pull_out()


def test_a_scale_moves_and_stands_still(scale):
    scale.plays("weigh")
    said = [scale.out.next() for _n in range(6)]
    assert [w.stable for w in said] == [False, False, False, True, True, True]
    assert said[-1] == Weight(1250, stable=True)


def test_a_scale_that_never_stands_still_is_never_stable(scale):
    scale.plays("unstable")
    assert not any(scale.out.next().stable for _n in range(10))


def test_an_overload_is_told_and_a_line_cut_short_is_no_weight(scale):
    scale.plays("overload")
    assert scale.out.next() == Weight(over=True)
    scale.plays("weigh-cut")
    assert scale.out.next() == Weight(2000, stable=True)
    scale.out.nothing()


def test_a_reader_on_the_scales_line_is_told(scale):
    scale.plays("scan")
    scale.out.until(Status.READY, "not_understood")


def test_a_stub_kit_delivers_what_it_is_told_and_survives_its_faults():
    kit, out, stop = StubKit(["first"]), Out(), Event()
    thread = Thread(target=KitDriver(kit).run, args=(out, stop))
    thread.start()
    assert out.next() == Scan("first", source="vendor")
    kit.tell(OSError("pulled out"))
    out.until(Status.WAITING, "not_plugged_in")
    kit.tell(Captured("second", b"picture", chip=True))
    assert out.next() == Scan("second", b"picture", source="chip")
    stop.set()
    thread.join(10)


def test_a_kit_is_named_in_the_file_and_its_faults_end_nothing():
    named = KitDriver("darbaza.agent.drivers.kits:StubKit", {"says": ["x"]})
    assert named.kit.read(0.1) == Captured("x")
    with pytest.raises(ValueError, match="nowhere"):
        KitDriver("nowhere:Kit")

    class Broken(StubKit):
        def read(self, seconds: float) -> Captured | None:
            raise RuntimeError(str(seconds))

    out, stop = Out(), Event()
    thread = Thread(target=KitDriver(Broken()).run, args=(out, stop))
    thread.start()
    out.until(Status.FAILED, "kit_failed")
    stop.set()
    thread.join(10)


def test_repeats_and_idle_chatter_are_taken_out_before_the_server():
    agent = Agent(Server("http://127.0.0.1:1", "t"), {}, str)
    outlet = agent.outlet("reader")
    sent = []
    agent.put = lambda item: sent.append(item.what)
    for _n in range(3):
        outlet.scan(Scan("same"))
    outlet.scan(Scan("other"))
    outlet.scan(Scan("same"))
    assert [scan.text for scan in sent] == ["same", "other", "same"]
    sent.clear()
    for grams in (1_000, 1_100, 1_200):
        outlet.weight(Weight(grams))
    for _n in range(5):
        outlet.weight(Weight(1_250, stable=True))
    assert sent == [Weight(1_000), Weight(1_250, stable=True)]
