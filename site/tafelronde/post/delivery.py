"""Takes letters from the outbox to the mail server, one after the other."""

import logging
import smtplib
from contextlib import closing
from functools import partial
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection

from tafelronde.post import actions, queries
from tafelronde.post.enums import LetterStatus
from tafelronde.post.models import Letter
from tafelronde.post.smtp import Uncertain
from tafelronde.post.writing import write

log = logging.getLogger(__name__)

BATCH = 20  # after so many a worker that was told to stop can stop


def deliver_some() -> bool:
    """Sends what is due, at most `BATCH` letters. True where more is due."""
    if not queries.due().exists():
        return False
    with closing(get_connection()) as server:
        for _ in range(BATCH):
            letter = actions.claim()
            if letter is None or not _deliver(letter, server):
                return False
    return queries.due().exists()


def _deliver(letter: Letter, server: Any) -> bool:
    """False where the mail server cannot be used now: what is still due then waits for the next round."""
    try:
        message = write(letter)
    except Exception as error:  # a fault of ours: the other letters go on
        log.exception("The mail %s cannot be written", letter.template)
        actions.settle(letter, LetterStatus.FAILED, type(error).__name__)
        return True
    if message is None or _too_late(letter):
        actions.settle(letter, LetterStatus.LAPSED)
        return True
    return _send(letter, message, server)


def _too_late(letter: Letter) -> bool:
    return letter.expires_at is not None and letter.claimed_at >= letter.expires_at


def _send(letter: Letter, message: EmailMultiAlternatives, server: Any) -> bool:
    message.hand_over = partial(actions.hand_over, letter)  # type: ignore[attr-defined]
    try:
        if not getattr(server, "hands_over", False):
            message.hand_over()  # type: ignore[attr-defined]
        server.send_messages([message])
    except actions.Overtaken:
        server.close()  # in the middle of a message
        return True
    except Exception as error:
        server.close()
        return _settle_problem(letter, error)
    actions.settle(letter, LetterStatus.SENT)
    return True


def _settle_problem(letter: Letter, error: Exception) -> bool:
    """False where it is not this letter but the mail server that does not work."""
    if isinstance(error, Uncertain):
        actions.settle(letter, LetterStatus.UNCERTAIN, str(error))
        return False
    if _is_final(error):
        actions.settle(letter, LetterStatus.FAILED, _name(error))
        return True
    actions.postpone(letter, _name(error))
    return isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)


def _is_final(error: Exception) -> bool:
    """Whether another try is useless: the server will never have this receiver or this message, or it is none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return not isinstance(error, OSError)  # all that goes wrong on the way is one


def _name(error: Exception) -> str:
    """What went wrong, without the words of the server: they may hold addresses."""
    codes = [getattr(error, "smtp_code", None)]
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    return " ".join([type(error).__name__, *(str(code) for code in codes if code)])
