"""The agent at work: a thread for each device, one that delivers, one that reports."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread
from typing import Any

from darbaza.agent.sending import VERSION, Item, Server, UnreachableError, deliver
from darbaza.agent.types import Driver, Scan, Status, Weight

WAITING_AT_MOST = 16
"""What waits for the server; more at once is not meant, and dropped."""
REPORT_EVERY = 5.0
REPEATED = 2.0
"""Seconds in which the same text from the same device is the same swipe."""
MOVING_EVERY = 0.5
Say = Callable[[str], None]


@dataclass(slots=True)
class _State:
    driver: str
    status: Status = Status.WAITING
    trouble: str = ""
    """Of the device itself."""
    delivery: str = ""
    """What became of its last delivery, where that went wrong."""


class Agent:
    """Everything between the devices of a post and the server."""

    def __init__(self, server: Server, devices: dict[str, Driver], say: Say) -> None:
        self._server, self._devices, self._say = server, devices, say
        self._queue: Queue[Item] = Queue(WAITING_AT_MOST)
        self._states = {name: _State(d.kind) for name, d in devices.items()}
        self._lock = Lock()
        self.stop = Event()

    def run(self) -> None:
        """Work until ``stop`` is set."""
        threads = [
            Thread(target=driver.run, args=(self.outlet(name), self.stop), daemon=True)
            for name, driver in self._devices.items()
        ]
        threads.append(Thread(target=self._deliver, daemon=True))
        for thread in threads:
            thread.start()
        while not self.stop.is_set():
            self._report()
            self.stop.wait(REPORT_EVERY)
        for thread in threads:
            thread.join(timeout=2)

    def outlet(self, name: str) -> "DeviceOutlet":
        """Return where the device of this name gives what it read."""
        with self._lock:
            self._states.setdefault(name, _State("local"))
        return DeviceOutlet(name, self)

    def put(self, item: Item) -> None:
        """Take something to deliver; returns at once."""
        try:
            self._queue.put_nowait(item)
        except Full:
            self._told(item.device, "no_server")

    def note(self, name: str, status: Status, trouble: str) -> None:
        """Keep how a device is; say it where it changed."""
        with self._lock:
            state = self._states[name]
            changed = (state.status, state.trouble) != (status, trouble)
            state.status, state.trouble = status, trouble
        if changed:
            self._say(f"{name}: {status}{f' ({trouble})' if trouble else ''}")

    def told(self) -> list[dict[str, Any]]:
        """Return the devices as the contract has them."""
        with self._lock:
            return [
                {
                    "name": name,
                    "driver": state.driver,
                    "state": state.status.value,
                    "trouble": state.trouble or state.delivery,
                }
                for name, state in self._states.items()
            ]

    def _deliver(self) -> None:
        while not self.stop.is_set():
            try:
                item = self._queue.get(timeout=0.2)
            except Empty:
                continue
            self._told(item.device, deliver(item, self._server, self.stop))

    def _told(self, device: str, trouble: str) -> None:
        with self._lock:
            self._states[device].delivery = trouble
        self._say(f"{device}: {f'not delivered ({trouble})' if trouble else 'sent'}")

    def _report(self) -> None:
        body = {"version": VERSION, "devices": self.told()}
        try:
            status, _told = self._server.post("state", body)
        except UnreachableError:
            self._say("server: no answer")
            return
        if status != 200:
            self._say(f"server: refuses this agent ({status})")


@dataclass(slots=True)
class DeviceOutlet:
    """What one driver gives, with repeats and idle chatter taken out."""

    name: str
    agent: Agent
    _last: Scan | None = None
    _last_at: float = 0.0
    _weight: Weight | None = None
    _moved_at: float = field(default=0.0)

    def scan(self, scan: Scan) -> None:
        """Deliver a scan, but for one that only repeats the one before."""
        now = time.monotonic()
        again = scan == self._last and now - self._last_at < REPEATED
        self._last, self._last_at = scan, now
        if not again:
            self.agent.put(Item(self.name, scan))

    def weight(self, weight: Weight) -> None:
        """Deliver a weight where it is another; while it moves, twice a second."""
        now = time.monotonic()
        moving = not (weight.stable or weight.over)
        if weight == self._weight or (moving and now - self._moved_at < MOVING_EVERY):
            return
        self._weight = weight
        self._moved_at = now if moving else self._moved_at
        self.agent.put(Item(self.name, weight))

    def state(self, status: Status, trouble: str = "") -> None:
        """Say how the device is."""
        self.agent.note(self.name, status, trouble)
