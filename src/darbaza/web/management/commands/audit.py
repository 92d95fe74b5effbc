"""``darbaza audit verify``: prove that the record is whole, or name where it is not."""

import json
import sys
from argparse import ArgumentTypeError
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from darbaza.accounts import selectors as accounts
from darbaza.accounts.types import system
from darbaza.audit import selectors as audit
from darbaza.audit.types import Anchor, Breach
from darbaza.kernel.ids import NOWHERE

BY = system("darbaza audit")
PROBLEMS = {
    "gap": "a link is missing",
    "hash": "the content does not fit its hash",
    "tail": "the chain ends before the head that was printed",
    "anchor": "the link is not the one that was printed",
}


def anchor(text: str) -> Anchor:
    """Read ``SEQ:HASH``; the hash may stand in groups, as it is printed."""
    seq, _, digits = text.partition(":")
    digits = "".join(digits.split()).replace("-", "").lower()
    try:
        return Anchor(int(seq), bytes.fromhex(digits))
    except ValueError as error:
        message = f"{text!r} is not NUMBER:HASH"
        raise ArgumentTypeError(message) from error


class Command(BaseCommand):
    help = "Walk the hash chains of the record and name the first broken link."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        verify = actions.add_parser("verify", help=self.help)
        verify.add_argument("--institution", metavar="CODE", help="only this one")
        verify.add_argument("--json", action="store_true", help="one object a line")
        verify.add_argument(
            "--expect",
            metavar="SEQ:HASH",
            type=anchor,
            action="append",
            default=[],
            help="a head printed before; finds a cut tail (with --institution)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        code, expected = options["institution"], options["expect"]
        if expected and not code:
            message = "--expect needs --institution, whose head it was"
            raise CommandError(message)
        names = {p.code: key for key, p in accounts.seen_places(by=BY).items()}
        names["0"] = NOWHERE
        chosen = [self._known(names, code)] if code else audit.chains()
        codes = {key: code for code, key in names.items()}
        bar = tqdm(chosen, unit="chain", disable=None if not options["json"] else True)
        broken = [
            breach
            for key in bar
            if (breach := self._verify(key, codes, options["json"], expected))
        ]
        if broken:
            sys.exit(1)

    def _known(self, names: dict[str, UUID], code: str) -> UUID:
        if code not in names:
            message = f"there is no institution {code!r}"
            raise CommandError(message)
        return names[code]

    def _verify(
        self,
        key: UUID,
        codes: dict[UUID, str],
        as_json: bool,  # noqa: FBT001 - the option itself
        expected: list[Anchor],
    ) -> Breach | None:
        breach = audit.first_breach(key, anchors=expected)
        head = audit.head(key)
        code = codes.get(key, str(key))
        if as_json:
            self.stdout.write(
                json.dumps(
                    {
                        "institution": code,
                        "links": head.seq,
                        "head": head.hash.hex(),
                        "ok": breach is None,
                        "first_broken": breach.seq if breach else None,
                        "problem": breach.problem if breach else None,
                    }
                )
            )
        elif breach:
            words = PROBLEMS[breach.problem]
            self.stderr.write(f"{code}: broken at link {breach.seq}: {words}")
        else:
            self.stdout.write(f"{code}: {head.seq} links, whole, {head.hash.hex()}")
        return breach
