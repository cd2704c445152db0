"""Choosing which mail one gets, and ending a kind of it from the mail itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from tafelronde.post import actions, queries
from tafelronde.post.enums import Kind
from tafelronde.post.forms import PreferencesForm


@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    wanted = [kind for kind in Kind.values if kind not in queries.unwanted_kinds(request.user)]
    sent = request.POST if request.method == "POST" else None  # no mark at all is an answer too
    form = PreferencesForm(sent, initial={"kinds": wanted})
    if form.is_valid():
        actions.choose_mail(request.user, form.cleaned_data["kinds"])
        messages.success(request, _("Your choice is saved."))
        return redirect("post:preferences")
    return render(request, "post/preferences.html", {"form": form}, status=422 if form.errors else 200)


@csrf_exempt
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: one POST without log-in or cookie ends it, with no redirect. A GET asks, as mail scanners open links."""
    found = queries.read_unsubscribe_token(token)
    if found is None:
        return render(request, "post/unknown.html", status=404)
    user, kind = found
    if request.method == "POST":
        actions.unsubscribe(user, kind)
    ended = kind in queries.unwanted_kinds(user)
    return render(request, "post/unsubscribe.html", {"kind": kind, "ended": ended})
