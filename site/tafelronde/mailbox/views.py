"""The mailbox of development, at /postbus/: what the site would have sent. Not there in production."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tafelronde.mailbox.reader import Mail, all_mails, find_mail

# A mail may bring its own styles, but never a script, a form or a picture from elsewhere.
_MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-top-navigation"


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "mailbox/index.html", {"mails": all_mails()})


@never_cache
@require_safe
def mail(request: HttpRequest, name: str, number: int) -> HttpResponse:
    return render(request, "mailbox/mail.html", {"mail": _get(name, number)})


@never_cache
@require_safe
def html(request: HttpRequest, name: str, number: int) -> HttpResponse:
    found = _get(name, number)
    if not found.html:
        raise Http404
    return HttpResponse(found.html, headers={"Content-Security-Policy": _MAIL_POLICY})


def _get(name: str, number: int) -> Mail:
    found = find_mail(name, number)
    if found is None:
        raise Http404
    return found
