"""Writes a letter when it leaves: in the language of who gets it, as things are at that moment."""

from email.charset import QP, Charset
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, TemplateDoesNotExist, engines
from django.template.loader_tags import ExtendsNode
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from icalendar import Calendar

from tafelronde.accounts.models import User
from tafelronde.accounts.queries import person_with
from tafelronde.post import queries
from tafelronde.post.colours import colours
from tafelronde.post.models import Letter

# Every mail server takes it, and signatures survive on the way.
_SEVEN_BITS = Charset("utf-8")
_SEVEN_BITS.body_encoding = QP


def write(letter: Letter) -> EmailMultiAlternatives | None:
    """The mail; None where the receiver is gone, does not want it, or the news is old.

    The template gets `values`, or what the writer makes of them: a function that takes the person and `values`, and
    returns the words for the template (with `calendar`, a file name and a calendar, where there is one) or None.
    """
    person = letter.user or person_with(letter.email)
    if person and (not person.is_active or letter.kind in queries.unwanted_kinds(person)):
        return None
    email = letter.email or person.email  # type: ignore[union-attr]
    with translation.override(person.language if person else letter.language):
        context: dict[str, Any] | None = dict(letter.values)
        if letter.writer:
            context = import_string(letter.writer)(person, **letter.values)
        if context is None:
            return None
        return _message(letter, email, {**_everywhere(letter, person), "email": email, **context})


def check_template(template: str) -> None:
    """Raises TemplateDoesNotExist where there is no such mail."""
    engines["django"].engine.get_template(f"mail/{template}.txt")


def subject_of(template: str) -> str:
    """The subject of such a mail in the language of now, with "…" for all that differs from one to the next.

    The outbox remembers mails that there are no more: of those, the name of the template.
    """
    try:
        source = engines["django"].engine.get_template(f"mail/{template}.txt")
    except TemplateDoesNotExist:
        return template
    extends = source.nodelist.get_nodes_by_type(ExtendsNode)[0]
    context = Context()
    context.dicts.append(_Blanks())
    with context.bind_template(source):
        return str(extends.blocks["subject"].nodelist.render(context)).strip()


class _Blank(SafeString):
    """Stands for whatever a mail would name, and for all that can be asked of it."""

    def __getattr__(self, name: str) -> "_Blank":
        return self


class _Blanks(dict[str, _Blank]):
    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> _Blank:
        return _Blank("…")


def _everywhere(letter: Letter, person: User | None) -> dict[str, Any]:
    """What every mail knows."""
    known = {
        "person": person,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "language": translation.get_language(),
        "preferences_url": settings.SITE_URL + reverse("post:preferences") if person else "",
        "unsubscribe_url": "",
    }
    if letter.kind and person:
        token = queries.unsubscribe_token(person, letter.kind)
        known["unsubscribe_url"] = settings.SITE_URL + reverse("post:unsubscribe", args=[token])
    return known


def _message(letter: Letter, email: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    subject, _, text = _render(letter, context, "txt").strip().partition("\n")
    subject = " ".join(
        subject.split()
    )  # a line break in a value cannot leave the subject: only the first line is one
    html = _render(letter, {**context, "subject": subject, **colours()}, "html")
    message = EmailMultiAlternatives(subject, text.strip() + "\n", to=[email])
    message.encoding = _SEVEN_BITS  # type: ignore[assignment]
    message.extra_headers = _headers(letter, context["unsubscribe_url"])
    message.attach_alternative(html, "text/html")
    if calendar := context.get("calendar"):
        _attach(message, *calendar)
    return message


def _render(letter: Letter, context: dict[str, Any], base: str) -> str:
    """Both parts come from one template: the base decides how its pieces look."""
    source = engines["django"].engine.get_template(f"mail/{letter.template}.txt")
    html = base == "html"
    return source.render(Context({**context, "base": f"mail/base.{base}", "html": html}, autoescape=html))


def _headers(letter: Letter, unsubscribe_url: str) -> dict[str, str]:
    headers = {
        "Message-ID": f"<{letter.pk}@{urlsplit(settings.SITE_URL).hostname}>",  # the same at every try
        "Auto-Submitted": "auto-generated",  # asks out-of-office robots not to answer
    }
    if unsubscribe_url:  # RFC 8058
        headers["List-Unsubscribe"] = f"<{unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _attach(message: EmailMultiAlternatives, name: str, calendar: Calendar) -> None:
    """As a part for programmes that read calendars in mail, and as a file for the others."""
    content = calendar.to_ical().decode()
    message.attach_alternative(content, f"text/calendar; method={calendar['METHOD']}")
    message.attach(name, content.encode(), "application/ics")
