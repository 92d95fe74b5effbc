"""WHAT they bring: the lines of a sending, its weight, and the key that takes it."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.gate import asking, events, states
from darbaza.gate.models import Draft
from darbaza.gate.services import stamps
from darbaza.gate.services.desk import keeping
from darbaza.gate.states import Comer, Entered, Lift, Parcel, State
from darbaza.kernel.errors import Conflict, Forbidden, Invalid
from darbaza.parcels import entry
from darbaza.parcels import selectors as goods
from darbaza.parcels import services as parcels
from darbaza.parcels.types import Registered
from darbaza.visits import selectors as visits

LINES_AT_MOST = 200


@requires(Permission.GATE_DESK)
def errand(
    draft_id: UUID, *, last_visit: UUID | None = None, by: Actor, at: datetime
) -> None:
    """Change between visit and parcel; what was entered for either stays.

    An empty desk takes over whoever was registered last: they bring something too.
    The list that was sent ahead with the number in hand is entered.
    """
    with keeping.kept(draft_id, by=by, at=at) as state:
        state.errand = "visit" if state.errand == "parcel" else "parcel"
        if state.errand != "parcel":
            return
        if state.empty and last_visit:
            _take_over(state, last_visit, by)
        if not state.parcel.lines:
            _enter_list(draft_id, state, by)


def _enter_list(draft_id: UUID, state: State, by: Actor) -> None:
    codes = Draft.objects.filter(pk=draft_id, ticket__isnull=False)
    code = codes.values_list("ticket__list_code", flat=True).first()
    if code:
        with suppress(Invalid):  # goods may have gone since: then it is typed
            _add(state.parcel, goods.read(code, by=by).lines)


def _take_over(state: State, visit_id: UUID, by: Actor) -> None:
    visit = visits.visit(visit_id, by=by)
    lead = next((v for v in visit.visitors.all() if v.part == "lead"), None)
    if lead is None or visit.institution_id != by.institution_id:
        return
    document = str(lead.document_id or "")
    state.people = [Comer(str(lead.person_id), "lead", document=document)]
    state.prisoner = str(visit.prisoner_id)


@requires(Permission.GATE_DESK)
def put(draft_id: UUID, text: str, *, by: Actor, at: datetime) -> None:
    """Take a typed line, a shop's barcode, or the list that the family made at home.

    Raises:
        Invalid: Nothing in the catalogue is called so, or the text is no list.
    """
    with keeping.kept(draft_id, by=by, at=at) as state:
        found = goods.read(text, by=by)
        if found.barcode:
            state.parcel.barcode = found.barcode
        else:
            _add(state.parcel, found.lines)


@requires(Permission.GATE_DESK)
def choose_item(
    draft_id: UUID, item_id: UUID, text: str, *, by: Actor, at: datetime
) -> None:
    """Take the item that the officer chose among those offered for a text.

    Where a barcode waits, it is learned as this item.
    """
    with keeping.kept(draft_id, by=by, at=at) as state:
        code, state.parcel.barcode = state.parcel.barcode, ""
        if code:
            parcels.learn_barcode(code, item_id, by=by, at=at)
        _add(state.parcel, [goods.line_of(item_id, "" if code else text, by=by)])


@requires(Permission.GATE_DESK)
def repeat(draft_id: UUID, *, by: Actor, at: datetime) -> None:
    """Enter what this sender brought last, to this prisoner where there is one.

    Raises:
        Invalid: There is nothing to repeat.
    """
    with keeping.kept(draft_id, by=by, at=at) as state:
        lead, prisoner = state.lead, state.prisoner
        to = UUID(prisoner) if prisoner else None
        lines = goods.again(UUID(lead.person), to, by=by) if lead else []
        if not lines:
            raise Invalid("nothing_to_repeat")
        _add(state.parcel, lines)


@requires(Permission.GATE_DESK)
def bundle(draft_id: UUID, code: str, *, by: Actor, at: datetime) -> None:
    """Enter the goods of a usual bundle.

    Raises:
        Invalid: No such bundle.
    """
    with keeping.kept(draft_id, by=by, at=at) as state:
        _add(state.parcel, goods.of_bundle(code, by=by))


@requires(Permission.GATE_DESK)
def change_line(
    draft_id: UUID, number: int, *, quantity: int, grams: int, by: Actor, at: datetime
) -> None:
    """Correct pieces and grams of a line; 0 pieces take it out.

    Raises:
        Invalid: There is no such line.
    """
    with keeping.kept(draft_id, by=by, at=at) as state:
        line = _line(state.parcel, number)
        if quantity == 0:
            state.parcel.lines.remove(line)
        else:
            entry.check_line(number, quantity, grams)
            line.quantity, line.grams = quantity, grams
        state.parcel.lifts, state.parcel.rank = [], ""


@requires(Permission.GATE_DESK)
def drop_last(draft_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take the last line out again."""
    with keeping.kept(draft_id, by=by, at=at) as state:
        if state.parcel.lines:
            state.parcel.lines.pop()
        state.parcel.barcode = ""


@requires(Permission.GATE_DESK)
def weigh(
    draft_id: UUID, grams: int | None, *, line: bool, by: Actor, at: datetime
) -> None:
    """Take a weight for the whole, or for the last line.

    Raises:
        Invalid: No weight that a sending can have, or there is no line yet.
    """
    if grams is not None and not 0 < grams <= entry.HEAVIEST_G:
        raise Invalid("weight_impossible", field="weight")
    with keeping.kept(draft_id, by=by, at=at) as state:
        if line:
            _line(state.parcel, len(state.parcel.lines)).grams = grams or 0
        else:
            state.parcel.weighed_g = grams


@requires(Permission.GATE_DESK)
def about(
    draft_id: UUID, wanted: Mapping[str, str], *, by: Actor, at: datetime
) -> None:
    """Say how it came, from whom by post, on which medical advice.

    Raises:
        Invalid: No such channel.
    """
    channel = wanted.get("channel", "")
    if channel not in goods.CHANNELS:
        raise Invalid("channel_unknown", field="channel")
    with keeping.kept(draft_id, by=by, at=at) as state:
        parcel = state.parcel
        parcel.channel = channel
        parcel.sender_name = wanted.get("sender_name", parcel.sender_name)[:200]
        parcel.advice = wanted.get("advice", parcel.advice)[:120]
        parcel.lifts, parcel.rank = [], ""


@requires(Permission.GATE_DESK)
def set_aside(
    draft_id: UUID,
    chosen: Collection[tuple[str, str]],
    reason: str,
    *,
    rank: Actor | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Set grounds against a sending aside, by one's own rank or a colleague's.

    Args:
        draft_id: The draft.
        chosen: Pairs of ground code and number of the line ("" for the whole).
        reason: Why.
        rank: Who answers, if not the officer.
        by: The officer.
        at: Now.

    Raises:
        Invalid: No reason, nothing chosen, or a ground that nobody may set aside.
        Forbidden: The rank does not reach.
    """
    if sum(c.isalnum() for c in reason) < 5:
        raise Invalid("override_without_reason", field="reason")
    if not chosen:
        raise Invalid("nothing_to_set_aside", field="grounds")
    with keeping.kept(draft_id, by=by, at=at) as state:
        liftable = _liftable(state, draft_id, by, at)
        for pair in chosen:
            if pair not in liftable:
                raise Invalid("ground_stands", field="grounds")
            if not (rank or by).may(Permission(liftable[pair])):
                raise Forbidden("rank_too_low", permission=liftable[pair])
        kept = [x for x in state.parcel.lifts if (x.code, x.person) not in set(chosen)]
        new = [Lift(code, reason.strip()[:300], line) for code, line in chosen]
        state.parcel.lifts = kept + new
        state.parcel.rank = str(rank.id) if rank else state.parcel.rank
        audit.record(
            events.SET_ASIDE, target=("draft", str(draft_id)), by=rank or by, at=at,
            codes=sorted({code for code, _line in chosen}), officer=by.name,
        )  # fmt: skip


@requires(Permission.GATE_DESK)
def take_back(draft_id: UUID, *, by: Actor, at: datetime) -> None:
    """Let every ground against the sending stand again."""
    with keeping.kept(draft_id, by=by, at=at) as state:
        state.parcel.lifts, state.parcel.rank = [], ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a draft that was a sending."""

    sending_id: UUID
    status: str


@requires(Permission.GATE_DESK)
@transaction.atomic
def finish(
    draft_id: UUID, *, refuse: bool, language: str, by: Actor, at: datetime
) -> Sent:
    """Register the sending of a draft, or record its refusal; sent again, once.

    Raises:
        NotFound: Not a draft of this officer.
        Invalid: Somebody or something is missing, or a line is impossible.
        Conflict: The decision changed in between: the officer looks again.
    """
    draft = keeping.locked(draft_id, by=by)
    state = states.load(draft.state)
    wanted = asking.sending(state, draft.request_id, language=language)
    if wanted is None:
        raise Invalid("sending_incomplete", field="prisoner")
    answer = None
    if not draft.done_at:
        answer = asking.answering_parcel(state, by=by, at=at)
        accepted = parcels.decide(wanted, by=by, at=at, rank=answer).accepted
        if accepted and refuse:
            raise Conflict("nothing_to_refuse")
        if not accepted and not refuse:
            raise Conflict("decision_changed")
    done: Registered = parcels.register(wanted, by=by, at=at, rank=answer)
    if not draft.done_at:
        _close(draft, by, at)
        stamps.handed_in(draft, done.sending_id, by=by, at=at)
    return Sent(done.sending_id, done.status)


def _close(draft: Draft, by: Actor, at: datetime) -> None:
    draft.done_at = draft.changed_at = at
    draft.save(update_fields=["done_at", "changed_at"])
    keeping.empty_one(draft, by=by, at=at)


@requires(Permission.GATE_DESK)
def undo(sending_id: UUID, reason: str, *, by: Actor, at: datetime) -> None:
    """Cancel what was registered by mistake, with the reason."""
    parcels.cancel(sending_id, reason=reason, by=by, at=at)


@requires(Permission.GATE_DESK)
def give_back(bag_id: UUID, request_id: UUID, *, by: Actor, at: datetime) -> None:
    """Give what was not taken back to the sender, who has signed."""
    parcels.give_back(bag_id, request_id=request_id, by=by, at=at)


def _add(parcel: Parcel, lines: Sequence[goods.Entered]) -> None:
    fresh = [Entered(**asdict(line)) for line in lines]
    if len(parcel.lines) + len(fresh) > LINES_AT_MOST:
        raise Invalid("too_many_goods", most=LINES_AT_MOST)
    for number, line in enumerate(fresh, start=len(parcel.lines) + 1):
        entry.check_line(number, line.quantity, line.grams)
    parcel.lines += fresh
    parcel.barcode = ""


def _line(parcel: Parcel, number: int) -> Entered:
    if not 0 < number <= len(parcel.lines):
        raise Invalid("line_unknown", field="line")
    return parcel.lines[number - 1]


def _liftable(
    state: State, draft_id: UUID, by: Actor, at: datetime
) -> dict[tuple[str, str], str]:
    wanted = asking.sending(state, draft_id, plain=True)
    if wanted is None:
        return {}
    verdict = parcels.decide(wanted, by=by, at=at)
    found = {(g.code, ""): g.lift for g in verdict.sending.blocking if g.lift}
    for number, one in enumerate(verdict.lines, start=1):
        blocking = one.decision.blocking
        found |= {(g.code, str(number)): g.lift for g in blocking if g.lift}
    return found
