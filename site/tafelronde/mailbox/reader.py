"""Reads the mails that Django's file backend keeps in development."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

_SEPARATOR = b"\n" + b"-" * 79 + b"\n"  # written by the backend after each mail


@dataclass(frozen=True)
class Mail:
    """One mail in the mailbox. `name` and `number` are its place: the file, and the how manieth in it."""

    name: str
    number: int
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["subject"] or "")

    @property
    def to(self) -> str:
        return str(self.message["to"] or "")

    @property
    def sender(self) -> str:
        return str(self.message["from"] or "")

    @property
    def date(self) -> datetime | None:
        """When it was sent. Django writes "-0000", which Python reads as a time without zone: it is UTC."""
        moment = getattr(self.message["date"], "datetime", None)
        return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)

    @property
    def attachments(self) -> list[str]:
        return [part.get_filename() or part.get_content_type() for part in self.message.iter_attachments()]

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def _body(self, kind: str) -> str:
        """The part of this kind; nothing where there is none."""
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""


def all_mails() -> list[Mail]:
    """Every mail, newest first."""
    files = sorted(_files(), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return [mail for file in files for mail in reversed(list(_mails_in(file)))]


def find_mail(name: str, number: int) -> Mail | None:
    return next((mail for mail in all_mails() if (mail.name, mail.number) == (name, number)), None)


def _files() -> Iterator[Path]:
    folder = Path(settings.MAILBOX_DIR)
    return folder.glob("*.log") if folder.is_dir() else iter(())


def _mails_in(file: Path) -> Iterator[Mail]:
    """The whole mails of a file. What comes after the last separator is still being written, and left out."""
    *whole, _unfinished = file.read_bytes().split(_SEPARATOR)
    for number, raw in enumerate(whole):
        message = message_from_bytes(raw, policy=policy.default)
        if isinstance(message, EmailMessage) and message["to"]:
            yield Mail(file.stem, number, message)
