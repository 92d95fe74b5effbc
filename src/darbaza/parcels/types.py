"""A sending and its lines as plain values. No Django here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from darbaza.entitlements.types import Allowance, Balance
from darbaza.kernel.decisions import Decision, Ground, Rule


class Channel(StrEnum):
    """How it reaches the gate."""

    PACKAGE = "package"
    """Handed over at the entrance (передача)."""
    PARCEL = "parcel"
    """Posted (посылка)."""
    PACKET = "packet"
    """Posted small packet (бандероль)."""
    MEDICINE = "medicine"
    """On medical advice: outside the allowance, to the medical unit."""
    LEGAL_MAIL = "legal_mail"
    """From a lawyer or an authority: registered by the sender, never opened."""


ALLOWANCES: Mapping[Channel, str] = {
    Channel.PACKAGE: "parcel",
    Channel.PARCEL: "parcel",
    Channel.PACKET: "packet",
}
"""Kind of allowance that a channel uses: a package and a parcel share one."""


class Verdict(StrEnum):
    """What a rule says of a category of goods."""

    ALLOWED = "allowed"
    LIMITED = "limited"
    """Allowed up to a number of pieces or a weight."""
    MEDICAL = "medical"
    """Only on medical advice."""
    PROHIBITED = "prohibited"
    CRIMINAL = "criminal"
    """Passing it is an offence: it is kept, and the case is opened."""


class Fate(StrEnum):
    """What becomes of a line after its decision."""

    TAKEN = "taken"
    PART = "part"
    """Taken up to the limit; the rest goes back."""
    BACK = "back"
    KEPT = "kept"
    """Held as evidence or for seizure: it never goes back over the counter."""


@dataclass(frozen=True, slots=True)
class ItemRule:
    """What is in force about one category of goods on a day."""

    category: str
    verdict: Verdict
    rule: Rule
    most: int | None = None
    """Pieces in one sending; None: no limit of number."""
    most_g: int | None = None
    """Grams in one sending; None: no limit of weight."""


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of goods in a sending."""

    item: str
    """Code in the catalogue."""
    category: str
    quantity: int
    grams: int
    perishable: bool = False
    sent_back: bool = False
    """The officer sends it back, whatever the rules would let in."""


@dataclass(frozen=True, slots=True)
class Goods:
    """What is known about goods on the day: rules, suspensions, medical advice."""

    rules: Mapping[str, ItemRule] = field(default_factory=dict)
    """By category; a category without a rule is looked at by eye."""
    perishables_until: date | None = None
    """Perishable goods are suspended by order up to this day (excluded)."""
    order: str = ""
    """Number of that order."""
    medical_advice: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
    """What is known about a sending as such."""

    channel: Channel
    day: date
    held: bool
    """The prisoner is held in this service."""
    here: bool
    """And in this institution."""
    in_hospital: bool = False
    barred_until: date | None = None
    """An order forbids this sender, or everybody, to send to this prisoner."""
    barred: bool = False
    balance: Balance | None = None
    """Of the allowance that the channel uses; None: no rule for this prisoner."""
    banned: bool = False
    """An order bans this sender from visits; that alone stops no sending."""
    most_g: int | None = None
    """Weight of one sending by the rule of its channel; None: not known."""
    weighed_g: int | None = None
    """What the scale says of the whole; None: nobody weighed it."""
    lines: tuple[Line, ...] = ()
    settled: tuple[Ground, ...] = ()
    """Of a correction: what was decided of prisoner and orders when it came."""
    charged: bool = False
    """Of a correction: it has its allowance, so that nobody asks for one again."""

    @property
    def grams(self) -> int:
        """Weight of the whole, else of all lines together."""
        return self.weighed_g or sum(line.grams for line in self.lines)


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """The decision on one line, and what follows from it."""

    line: Line
    decision: Decision
    fate: Fate
    taken: int
    """Pieces that go in."""


@dataclass(frozen=True, slots=True)
class SendingVerdict:
    """The decision on the sending and on each of its lines."""

    sending: Decision
    lines: tuple[LineVerdict, ...]

    @property
    def accepted(self) -> bool:
        """Whether anything goes in: nothing blocks the sending, one line is taken."""
        if not self.sending:
            return False
        return not self.lines or any(one.taken for one in self.lines)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line as the officer enters it."""

    item_id: UUID
    quantity: int
    grams: int
    words: str = ""
    """What it is, where the catalogue has no word for it."""
    sent_back: bool = False
    """It goes back by the officer's decision."""


@dataclass(frozen=True, slots=True)
class OverrideRequest:
    """A ground that rank sets aside, with the reason."""

    code: str
    reason: str
    position: int | None = None
    """Number of the line from 1; None: the sending as such."""


@dataclass(frozen=True, slots=True)
class Registration:
    """A sending in front of the window, or from the post."""

    prisoner_id: UUID
    channel: Channel
    request_id: UUID
    lines: tuple[Wanted, ...] = ()
    sender_id: UUID | None = None
    document_id: UUID | None = None
    sender_name: str = ""
    """Of a posted parcel; a person from the register otherwise."""
    weighed_g: int | None = None
    advice: str = ""
    """Number of the medical advice."""
    language: str = "ky"
    note: str = ""
    overrides: tuple[OverrideRequest, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What should have been written down of a sending, whole, and why it was not."""

    lines: Mapping[int, Wanted]
    """By position, with everything that was handed in; left out: it never was."""
    reason: str
    request_id: UUID
    seen: int
    """How many corrections the officer saw: a newer one is looked at first."""
    channel: Channel
    weighed_g: int | None = None
    advice: str = ""
    overrides: tuple[OverrideRequest, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that a decision on a registration rests on."""

    sending: Sending
    goods: Goods
    rules: Mapping[str, Rule]
    allowance: Allowance | None = None
    """For the writer, read under the prisoner's lock; None: no allowance is used."""


@dataclass(frozen=True, slots=True)
class Registered:
    """What was registered; sent again, the same with ``again``."""

    sending_id: UUID
    reference: str
    status: str
    bags: Mapping[str, UUID] = field(default_factory=dict)
    """By part: goods, back, kept."""
    again: bool = False


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One kind of goods for the catalogue."""

    code: str
    category: str
    name_ky: str
    name_ru: str
    name_en: str
    piece_g: int | None = None
    perishable: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class BundleDraft:
    """Goods that often come together: code of the item, pieces, grams."""

    code: str
    name_ky: str
    name_ru: str
    name_en: str
    lines: tuple[tuple[str, int, int], ...]
