"""The one way mail leaves the site. Call it in the transaction of the change: the mail is sent if that is committed."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.utils import translation

from tafelronde.accounts.models import User
from tafelronde.post import actions
from tafelronde.post.enums import Kind
from tafelronde.post.models import Letter
from tafelronde.post.tasks import deliver

__all__ = ["Kind", "send", "send_all"]


def send(template: str, to: User | str, values: Mapping[str, object], **more: str) -> None:
    """`send_all` for one person, or for one address that need not have an account."""
    send_all(template, [to], values, **more)  # type: ignore[arg-type]


def send_all(
    template: str,
    to: Iterable[User | str],
    values: Mapping[str, object],
    *,
    writer: str = "",
    kind: str = "",
    about: str = "",
    before: datetime | None = None,
) -> None:
    """Put `mail/<template>.txt` for each into the outbox; a worker sends it, once, in the language of who gets it.

    The template begins with `{% extends base %}`; its first line is the subject. It knows `values` (plain JSON), `person`
    (None where the address has no account), `email`, `site_name` and `site_url`. `writer` is the dotted path of a
    function that turns `values` into what the template needs, at the moment of sending; it returns None where the
    news is old by then.

    `kind` names mail that people can do without. `about` says what it is about: everybody gets one mail of this template
    about it, however often this is called. It is not sent after `before`. A closed account gets no mail.
    """
    once = about or uuid.uuid4().hex
    letters = [
        Letter(
            key=f"{template}|{once}|{one if isinstance(one, str) else one.pk}",
            template=template,
            writer=writer,
            values=dict(values),
            kind=kind,
            user=None if isinstance(one, str) else one,
            email=one if isinstance(one, str) else "",
            language=translation.get_language() or settings.LANGUAGE_CODE,
            expires_at=before,
        )
        for one in to
    ]
    if actions.put_in(letters):
        deliver.enqueue()
