"""Writes of the outbox: put in, claimed, handed over, settled. And what people choose to get.

Claim, hand over, settle are three commits, so that whatever dies leaves a row that tells how far it came
(docs/decisions/0009).
"""

import logging
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tafelronde.accounts.models import User
from tafelronde.post import queries
from tafelronde.post.enums import SETTLED, Kind, LetterStatus
from tafelronde.post.models import Letter, OptOut
from tafelronde.post.writing import check_template

log = logging.getLogger(__name__)

# After a refusal that may pass: when to try again. Two days in all, then it counts as not sent.
BACK_OFF = [timedelta(minutes=m) for m in (1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60, 24 * 60)]
LEASE = timedelta(minutes=10)  # longer than any mail server can keep one letter waiting
KEPT = timedelta(days=60)  # how long the outbox remembers; longer than any reminder looks ahead
UNSENT_VALUES_KEPT = timedelta(days=7)
TASKS_KEPT = timedelta(days=1)


class Overtaken(Exception):
    """Somebody else took this letter over, as we had it in hand too long."""


def put_in(letters: Iterable[Letter]) -> bool:
    """Puts letters into the outbox, in the transaction of what they tell of. False where all were there already."""
    wanted = {letter.key: letter for letter in letters}
    known = set(Letter.objects.filter(key__in=wanted).values_list("key", flat=True))
    new = [letter for key, letter in wanted.items() if key not in known]
    for template in {letter.template for letter in new}:
        check_template(template)
    if new:
        Letter.objects.bulk_create(new, ignore_conflicts=True, batch_size=100)
    return bool(new)


def claim(now: datetime | None = None) -> Letter | None:
    """The next letter that is due, for this worker alone; None where nothing is."""
    now = now or timezone.now()
    if not queries.due(now).exists():  # a look costs no lock
        return None
    with transaction.atomic():
        letter = queries.due(now).select_for_update(skip_locked=True).first()
        if letter is None:
            return None
        letter.status, letter.claim, letter.claimed_at = LetterStatus.SENDING, uuid.uuid4(), now
        letter.tries += 1
        letter.save(update_fields=["status", "claim", "claimed_at", "tries"])
        return letter


def hand_over(letter: Letter) -> None:
    """The mail server gets it now: from here on it may be sent. Raises Overtaken where the claim is lost."""
    if not _mine(letter).update(handed_at=timezone.now()):
        raise Overtaken


def settle(letter: Letter, status: LetterStatus, problem: str = "") -> None:
    """The end of a letter. Nothing of a mail that was sent or is not needed stays."""
    change: dict[str, object] = {"status": status, "problem": problem[:80], "settled_at": timezone.now()}
    if status in (LetterStatus.SENT, LetterStatus.LAPSED):
        change["values"] = {}
    _mine(letter).update(claim=None, **change)
    if status in (LetterStatus.FAILED, LetterStatus.UNCERTAIN):
        word = "not" if status == LetterStatus.FAILED else "perhaps not"
        log.error("The mail %s was %s sent: %s", letter.template, word, problem)


def postpone(letter: Letter, problem: str) -> None:
    """A refusal that may pass: later again, or never where that was the last try."""
    if letter.tries > len(BACK_OFF):
        settle(letter, LetterStatus.FAILED, problem)
        return
    later = timezone.now() + BACK_OFF[letter.tries - 1]
    waiting = {"status": LetterStatus.WAITING, "claim": None, "handed_at": None}
    _mine(letter).update(due_at=later, problem=problem[:80], **waiting)
    log.warning("The mail %s waits for another try: %s", letter.template, problem)


def _mine(letter: Letter):  # type: ignore[no-untyped-def]
    return Letter.objects.filter(pk=letter.pk, status=LetterStatus.SENDING, claim=letter.claim)


def take_back(now: datetime | None = None) -> None:
    """What a worker that died had in hand: tried again where no mail server can have it, uncertain where one may."""
    now = now or timezone.now()
    lost = Letter.objects.filter(status=LetterStatus.SENDING, claimed_at__lt=now - LEASE)
    lost.filter(handed_at=None).update(status=LetterStatus.WAITING, claim=None)
    for letter in lost.exclude(handed_at=None):
        settle(letter, LetterStatus.UNCERTAIN, "the worker ended")


@transaction.atomic
def send_again(letters: Iterable[Letter]) -> int:
    """An administrator decides that these shall go once more, under their own Message-ID. How many could."""
    keys = [letter.pk for letter in letters]
    stuck = Letter.objects.filter(pk__in=keys, status__in=(LetterStatus.UNCERTAIN, LetterStatus.FAILED))
    return stuck.exclude(values={}).update(
        status=LetterStatus.WAITING,
        due_at=timezone.now(),
        tries=0,
        handed_at=None,
        settled_at=None,
        problem="",
    )


@transaction.atomic
def tidy(now: datetime | None = None) -> None:
    """Forgets what is long over: letters, what unsent ones were about, finished jobs and those of dead workers."""
    now = now or timezone.now()
    settled = Letter.objects.filter(status__in=SETTLED)
    settled.filter(settled_at__lt=now - KEPT).delete()
    settled.filter(settled_at__lt=now - UNSENT_VALUES_KEPT).exclude(values={}).update(values={})
    DBTaskResult.objects.finished().filter(finished_at__lt=now - TASKS_KEPT).delete()
    DBTaskResult.objects.running().filter(started_at__lt=now - TASKS_KEPT).delete()


@transaction.atomic
def choose_mail(user: User, wanted: Iterable[str]) -> None:
    """`user` wants these kinds and none of the others."""
    unwanted = set(Kind.values) - set(wanted)
    OptOut.objects.filter(user=user).exclude(kind__in=unwanted).delete()
    OptOut.objects.bulk_create([OptOut(user=user, kind=kind) for kind in unwanted], ignore_conflicts=True)


@transaction.atomic
def unsubscribe(user: User, kind: Kind) -> None:
    """`user` no longer wants this kind; twice is once."""
    OptOut.objects.bulk_create([OptOut(user=user, kind=kind)], ignore_conflicts=True)
