"""The outbox and second looks, as pages show them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.appointments.models import Message, Recheck, Review
from darbaza.kernel.errors import NotFound

CLOSED_SHOWN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Outbox:
    """How the outbox stands."""

    by_state: dict[str, int]
    trouble: str = ""
    """The newest words of a gateway that did not take what still waits."""


@requires(Permission.APPOINTMENT_SEE)
def outbox(*, by: Actor) -> Outbox:
    """Return how many texts are in each state, and what the gateway said last."""
    rows = Message.objects.filter(institution_id=by.institution_id).order_by()
    counted = rows.values_list("state").annotate(n=Count("pk"))
    stuck = rows.filter(state=Message.State.WAITING).exclude(error="")
    newest = stuck.order_by("-claimed_at").values_list("error", flat=True).first()
    return Outbox(dict(counted), newest or "")


@requires(Permission.APPOINTMENT_SEE)
def to_tell(*, by: Actor, at: datetime) -> QuerySet[Message]:
    """Return what is to be read out by telephone: due and not sent, or failed."""
    due = Q(state=Message.State.WAITING, due_at__lte=at)
    failed = Q(state=Message.State.FAILED)
    rows = Message.objects.filter(due | failed, institution_id=by.institution_id)
    late = Q(appointment__arrives_at__lte=at)
    return (
        rows.exclude(late)
        .exclude(kind=Message.Kind.TEST)
        .select_related("access__person", "appointment")
        .order_by("due_at", "pk")
    )


@requires(Permission.VISIT_REGISTER)
def reviews(*, by: Actor) -> QuerySet[Review]:
    """Return the second looks that wait for a decision, first who comes first."""
    return (
        Review.objects.filter(institution_id=by.institution_id, decision="")
        .select_related(
            "appointment__prisoner__person", "appointment__access",
            "visit__prisoner__person",
        )
        .order_by("visit__starts_at", "appointment__arrives_at", "found_at")
    )  # fmt: skip


@requires(Permission.VISIT_REGISTER)
def review(review_id: UUID, *, by: Actor) -> Review:
    """Return one second look, decided or not.

    Raises:
        NotFound: Not where the actor acts.
    """
    rows = Review.objects.filter(institution_id=by.institution_id, pk=review_id)
    row = rows.select_related(
        "appointment__prisoner__person", "appointment__access__institution",
        "visit__prisoner__person",
    ).first()  # fmt: skip
    if row is None:
        raise NotFound("review")
    return row


@requires(Permission.VISIT_REGISTER)
def decided_reviews(*, since: date, by: Actor) -> QuerySet[Review]:
    """Return what was decided from a day on, newest first."""
    rows = Review.objects.filter(
        institution_id=by.institution_id, closed_at__date__gte=since
    )
    return rows.select_related("appointment", "visit").order_by("-closed_at")


@requires(Permission.VISIT_REGISTER)
def recheck(*, by: Actor) -> Recheck | None:
    """Return the newest walk over what is booked here."""
    return Recheck.objects.filter(institution_id=by.institution_id).first()
