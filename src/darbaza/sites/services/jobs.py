"""Papers for printers: kept first, sent outside any transaction, settled afterwards.

What must survive (a registration, a receipt) is committed before anybody comes here.
A printer that is off never keeps the write lock: the three steps are ``_kept``,
``printing.send`` and ``_settled``, and the first and last refuse to be part of a
transaction of somebody else.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, NotFound
from darbaza.sites import events, printing, selectors
from darbaza.sites.models import Printer, PrintJob
from darbaza.sites.types import BEGUN, Fault, Paper

Status = PrintJob.Status
LOST = timedelta(minutes=1)
"""A paper that is "being sent" for so long was cut off together with the server."""
BY_ITSELF = timedelta(minutes=30)
"""What waits longer does not come out by itself: nobody stands there any more."""
BY_ITSELF_AT_ONCE = 3


@requires(Permission.PRINT_USE)
def send_to_printer(
    pdf: bytes,
    *,
    paper: Paper,
    title: str,
    request_id: UUID,
    post_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> PrintJob | None:
    """Print a paper at the printer that takes this kind at this post.

    The same request again gives the first paper and prints nothing. A new request for
    the same kind and title takes the place of one that still waits, so that not both
    come out. A printer that fails raises nothing: the paper waits, with its fault.

    Args:
        pdf: The paper as rendered; it is never rendered again.
        paper: What it is; decides which printer.
        title: A reference that tells this paper from every other; never a name.
        request_id: Made once by whoever asks.
        post_id: Where the actor works, None for nowhere.

    Returns:
        The paper, or None where no printer takes it: then the browser prints.

    Raises:
        RuntimeError: Called inside a transaction.
    """
    known = selectors.print_job_asked(request_id, by=by)
    if known is not None:
        return known
    printer = selectors.printers_for(post_id, by=by).get(paper)
    if printer is None:
        return None
    what = {"paper": paper.value, "title": title[:80], "request_id": request_id}
    return _kept_and_sent(printer, pdf, what, by=by, at=at)


@requires(Permission.PRINT_USE)
def print_sheet(
    made: Callable[[str], tuple[bytes, str]],
    *,
    paper: Paper,
    request_id: UUID,
    post_id: UUID | None = None,
    rolls: bool = True,
    by: Actor,
    at: datetime,
) -> PrintJob | None:
    """Make a paper in the size of the printer that takes it at a post, and print it.

    The same request again makes and counts nothing: the first paper comes back.

    Args:
        made: Gives PDF and title for a size; counts the print, where it is counted.
        paper: What it is; decides which printer.
        request_id: Made once by whoever asks.
        post_id: Where the actor works, None for nowhere.
        rolls: Whether the sheet fits a roll of 80 mm; a list on A4 does not.
        by: Who prints.
        at: Now.

    Returns:
        As ``send_to_printer``: None where no printer takes it, and nothing was made.
    """
    known = selectors.print_job_asked(request_id, by=by)
    if known is not None:
        return known
    printer = selectors.printers_for(post_id, by=by).get(paper)
    if printer is None or (printer.size == selectors.ROLL and not rolls):
        return None
    pdf, title = made(printer.size)
    what = {"paper": paper.value, "title": title[:80], "request_id": request_id}
    return _kept_and_sent(printer, pdf, what, by=by, at=at)


@requires(Permission.DEVICE_MANAGE)
def print_test(
    printer_id: UUID, pdf: bytes, *, request_id: UUID, by: Actor, at: datetime
) -> PrintJob:
    """Print a test page at one printer; what comes of it stands in the job.

    Raises:
        NotFound: No such printer where the actor acts.
        Conflict: ``printer_closed``.
    """
    printer = _open_printer(printer_id, by)
    what = {"paper": Paper.TEST.value, "title": "", "request_id": request_id}
    return _kept_and_sent(printer, pdf, what, by=by, at=at)


@requires(Permission.PRINT_USE)
def send_again(job_id: UUID, *, by: Actor, at: datetime) -> PrintJob:
    """Send a paper that waits, or that broke off, to its printer once more.

    Raises:
        NotFound: No such paper where the actor acts.
        Conflict: ``print_job_settled``, ``print_job_sending``, ``printer_closed``.
    """
    job = _open_job(job_id, by, at)
    _open_printer(job.printer_id, by)
    _noted(events.PRINT_AGAIN, job, by, at, printer=str(job.printer_id))
    return _sent(job, by, at)


@requires(Permission.PRINT_USE)
def send_elsewhere(
    job_id: UUID, printer_id: UUID, *, by: Actor, at: datetime
) -> PrintJob:
    """Send a paper that did not come out to another printer.

    Raises:
        NotFound: No such paper or printer where the actor acts.
        Conflict: ``print_job_settled``, ``print_job_sending``, ``printer_closed``.
    """
    printer = _open_printer(printer_id, by)
    with transaction.atomic(durable=True):
        job = _locked(job_id, by)
        _must_be_open(job, at)
        facts = {"from": str(job.printer_id), "to": str(printer.pk)}
        job.printer = printer
        job.save(update_fields=["printer"])
        audit.record(events.PRINT_ELSEWHERE, target=job, by=by, at=at, **facts)
    return _sent(job, by, at)


@requires(Permission.PRINT_USE)
def open_paper(job_id: UUID, *, by: Actor, at: datetime) -> bytes:
    """Return a paper that did not come out, for the browser to print; on record.

    Raises:
        NotFound: No such paper where the actor acts.
        Conflict: ``print_job_settled``: nothing of it is kept any more.
    """
    job = selectors.print_job(job_id, by=by)
    if job.pdf is None:
        raise Conflict("print_job_settled")
    _noted(events.PRINT_OPENED, job, by, at)
    return bytes(job.pdf)


@requires(Permission.PRINT_USE)
@transaction.atomic
def cancel_print(job_id: UUID, *, by: Actor, at: datetime) -> PrintJob:
    """Give up a paper that did not come out; nothing of it is kept. Again: no change.

    Raises:
        NotFound: No such paper where the actor acts.
        Conflict: ``print_job_settled``: it was printed; ``print_job_sending``.
    """
    job = _locked(job_id, by)
    if job.status != Status.CANCELLED:
        _must_be_open(job, at)
        job.status, job.ended_at, job.pdf = Status.CANCELLED, at, None
        job.save(update_fields=["status", "ended_at", "pdf"])
        audit.record(events.PRINT_CANCELLED, target=job, by=by, at=at)
    return job


def _kept_and_sent(
    printer: Printer, pdf: bytes, what: dict[str, Any], *, by: Actor, at: datetime
) -> PrintJob:
    try:
        job = _kept(printer, pdf, what, by, at)
    except IntegrityError:  # the same request, a moment earlier, on another thread
        return PrintJob.objects.select_related("printer").get(
            institution_id=by.institution_id, request_id=what["request_id"]
        )
    return _sent(job, by, at)


@transaction.atomic(durable=True)
def _kept(
    printer: Printer, pdf: bytes, what: dict[str, Any], by: Actor, at: datetime
) -> PrintJob:
    job = PrintJob(
        institution_id=by.institution_id, printer=printer, pdf=pdf, made_at=at,
        made_by=by.name, **what,
    )  # fmt: skip
    job.save(force_insert=True)
    _replaced(job, by, at)
    if what["paper"] == Paper.TEST:
        audit.record(events.PRINTER_TESTED, target=printer, by=by, at=at)
    return job


def _replaced(job: PrintJob, by: Actor, at: datetime) -> None:
    """Give up what waits under the same title: this is the newer copy of it."""
    same = PrintJob.objects.filter(
        institution_id=job.institution_id, paper=job.paper, title=job.title
    )
    waiting = same.filter(status__in=[Status.WAITING, Status.FAILED]).exclude(pk=job.pk)
    for old in waiting.select_for_update(no_key=True).defer("pdf"):
        PrintJob.objects.filter(pk=old.pk).update(
            status=Status.CANCELLED, ended_at=at, pdf=None
        )
        facts = {"newer": str(job.pk)}
        audit.record(events.PRINT_CANCELLED, target=old, by=by, at=at, **facts)


def _sent(job: PrintJob, by: Actor, at: datetime) -> PrintJob:
    """Send one paper; where it came out, what waits for the same printer follows."""
    if _delivered(job, by, at):
        since = at - BY_ITSELF
        waiting = job.printer.jobs.filter(status=Status.WAITING, made_at__gte=since)
        for other in waiting.order_by("made_at")[:BY_ITSELF_AT_ONCE]:
            other.printer = job.printer
            if not _delivered(other, by, at):
                break
    job.refresh_from_db()
    return job


def _delivered(job: PrintJob, by: Actor, at: datetime) -> bool:
    if not _claimed(job, at):
        return False
    fault = printing.send(job.printer.target, bytes(job.pdf or b""), title=_name(job))
    _settled(job, fault, by, at)
    return fault is None


def _name(job: PrintJob) -> str:
    return f"darbaza {job.title or job.paper}"


@transaction.atomic(durable=True)
def _claimed(job: PrintJob, at: datetime) -> bool:
    """Take a paper in hand, unless somebody else has it already."""
    free = Q(status__in=[Status.WAITING, Status.FAILED])
    cut_off = Q(status=Status.SENDING, tried_at__lt=at - LOST)
    rows = PrintJob.objects.filter(free | cut_off, pk=job.pk)
    taken = rows.update(
        status=Status.SENDING, fault="", tried_at=at, attempts=F("attempts") + 1
    )
    return bool(taken)


@transaction.atomic(durable=True)
def _settled(job: PrintJob, fault: Fault | None, by: Actor, at: datetime) -> None:
    """Write down what became of a paper, and how its printer is."""
    known: dict[str, Any] = {"status": Status.PRINTED, "ended_at": at, "pdf": None}
    if fault and job.paper == Paper.TEST:  # nobody waits for a test page
        known |= {"status": Status.CANCELLED, "fault": fault}
    elif fault:
        begun = fault in BEGUN
        known = {"status": Status.FAILED if begun else Status.WAITING, "fault": fault}
        facts = {"printer": str(job.printer_id), "fault": fault.value}
        audit.record(events.PRINT_WAITS, target=job, by=by, at=at, **facts)
    PrintJob.objects.filter(pk=job.pk, status=Status.SENDING).update(**known)
    Printer.objects.filter(pk=job.printer_id).update(
        fault=fault.value if fault else "", asked_at=at
    )


@transaction.atomic
def _noted(event: Any, job: PrintJob, by: Actor, at: datetime, **facts: Any) -> None:
    audit.record(event, target=job, by=by, at=at, **facts)


def _open_job(job_id: UUID, by: Actor, at: datetime) -> PrintJob:
    job = selectors.print_job(job_id, by=by)
    _must_be_open(job, at)
    return job


def _locked(job_id: UUID, by: Actor) -> PrintJob:
    rows = PrintJob.objects.select_for_update(no_key=True).defer("pdf")
    job = rows.filter(pk=job_id, institution_id=by.institution_id).first()
    if job is None:
        raise NotFound
    return job


def _must_be_open(job: PrintJob, at: datetime) -> None:
    if not job.open:
        raise Conflict("print_job_settled")
    if job.status == Status.SENDING and job.tried_at and job.tried_at > at - LOST:
        raise Conflict("print_job_sending")


def _open_printer(printer_id: UUID, by: Actor) -> Printer:
    rows = Printer.objects.filter(pk=printer_id, institution_id=by.institution_id)
    printer = rows.first()
    if printer is None:
        raise NotFound
    if printer.closed_on is not None:
        raise Conflict("printer_closed", printer=printer.name)
    return printer
