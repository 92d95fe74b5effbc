"""``darbaza agent``: run the agent, show what it would do, or play a device."""

import argparse
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread

from darbaza.agent import listening, simulator
from darbaza.agent.config import Config, load
from darbaza.agent.running import Agent

Say = Callable[[str], None]
PROGRAM = "darbaza agent"


def parser() -> argparse.ArgumentParser:
    """Return the words that the command takes."""
    made = argparse.ArgumentParser(prog=PROGRAM)
    steps = made.add_subparsers(dest="step", required=True)
    run = steps.add_parser("run", help="read the devices of this post")
    run.add_argument("config", type=Path, metavar="FILE", help="agent.toml")
    check = steps.add_parser("check", help="say what the file means, and stop")
    check.add_argument("config", type=Path, metavar="FILE")
    play = steps.add_parser("simulate", help="play a reader or a scale")
    play.add_argument("link", type=Path, metavar="PATH", help="its device, made anew")
    play.add_argument("acts", nargs="+", choices=list(simulator.ACTS), metavar="ACT")
    play.add_argument("--zone", type=Path, help="a file with the text of a document")
    play.add_argument("--every", type=float, default=3.0, help="seconds between acts")
    play.add_argument("--again", action="store_true", help="from the start, for ever")
    return made


def main(words: Sequence[str], say: Say) -> int:
    """Do what the words say; return the exit status."""
    given = parser().parse_args(words)
    try:
        if given.step == "simulate":
            return _simulate(given, say)
        config = load(given.config)
        for path in config.exposed:
            say(f"{path}: others can read the token in it; say: chmod 600 {path}")
        if given.step == "check":
            return _check(config, say)
        return _run(config, say)
    except (ValueError, OSError) as error:
        sys.stderr.write(f"{PROGRAM}: {error}\n")
        return 1


def _check(config: Config, say: Say) -> int:
    say(f"server: {config.server.url}")
    for name, driver in config.devices.items():
        say(f"{name}: {driver.kind}")
    if config.local:
        say(f"makers' programs: http://127.0.0.1:{config.local.port}")
    return 0


def _run(config: Config, say: Say) -> int:
    agent = Agent(config.server, dict(config.devices), say)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_ignored: agent.stop.set())
    if config.local:
        outlet = agent.outlet("makers' programs")
        server = listening.serving(config.local, outlet, agent.told)
        Thread(target=server.serve_forever, daemon=True).start()
    agent.run()
    return 0


def _simulate(given: argparse.Namespace, say: Say) -> int:
    if given.link.exists() and not given.link.is_symlink():
        message = f"{given.link} is there already and no link"
        raise ValueError(message)
    zone = simulator.ZONE
    if given.zone:
        zone = given.zone.read_text("utf-8").replace("\n", "\r")
    terminal = simulator.Terminal(given.link)
    say(f"{given.link}: there; start the agent now")
    try:
        with suppress(KeyboardInterrupt):
            while True:
                for act in given.acts:
                    time.sleep(given.every)
                    say(act)
                    terminal.play(act, zone)
                if not given.again:
                    break
            time.sleep(given.every)
    finally:
        terminal.pull_out()
    return 0
