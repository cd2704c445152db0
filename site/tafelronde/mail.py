"""The one way mail leaves the site. Call it on commit: `transaction.on_commit(partial(send, …))`."""

import logging
from collections.abc import Iterable, Mapping
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context, engines
from django.utils import translation

from tafelronde.accounts.models import User
from tafelronde.accounts.queries import person_with

log = logging.getLogger(__name__)

Attachment = tuple[str, str | bytes, str]  # file name, content, media type


def send(
    template: str,
    to: User | str,
    context: Mapping[str, object],
    *,
    attachments: Iterable[Attachment] = (),
    headers: Mapping[str, str] | None = None,
) -> None:
    """Send `mail/<template>.txt` to one person or address, in their language.

    The template extends `mail/base.txt` and knows `person` (None where the address has no account), `email`,
    `site_name` and `site_url` (for absolute links). Its first line is the subject. It is plain text: nothing
    is escaped. A closed account gets no mail. A failure on the way is logged without content, not raised.
    """
    person = person_with(to) if isinstance(to, str) else to
    if person and not person.is_active:
        return
    email = to if isinstance(to, str) else to.email
    language = person.language if person else translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        subject, body = _render(template, {"person": person, "email": email, **context})
    mail = EmailMessage(subject, body, to=[email], attachments=list(attachments), headers=_headers(headers))
    _deliver(template, mail)


def _render(template: str, context: dict[str, object]) -> tuple[str, str]:
    """Subject and body. A line break in a value cannot leave the subject: only the first line is one."""
    known = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, **context}
    source = engines["django"].engine.get_template(f"mail/{template}.txt")
    subject, _, body = source.render(Context(known, autoescape=False)).strip().partition("\n")
    return " ".join(subject.split()), body.strip() + "\n"


def _headers(own: Mapping[str, str] | None) -> dict[str, str]:
    return {
        "Message-ID": make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
        "Auto-Submitted": "auto-generated",  # asks out-of-office robots not to answer
        **(own or {}),
    }


def _deliver(template: str, message: EmailMessage) -> None:
    try:
        message.send()
    except Exception as error:  # whatever a mail server does, the request that wanted a mail goes on
        log.error("The mail %s was not sent: %s", template, type(error).__name__)
