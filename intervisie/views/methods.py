"""The methods that come with the product, explained."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intervisie import queries
from intervisie.forms import FitForm, WantedForm

# What somebody who plans already said; it goes along to the form.
CARRIED = ("leerkring", "bijeenkomst", "casus", "minuten")


@require_safe
def method_list(request: HttpRequest) -> HttpResponse:
    """All of them, or those that suit a group."""
    form = WantedForm(request.GET or None)
    methods = queries.methods_for(form.wanted())
    narrowed = any(request.GET.get(name) for name in form.fields)
    context = {"methods": methods, "form": form, "narrowed": narrowed, "carried": _carried(request)}
    return render(request, "intervisie/method_list.html", context)


@require_safe
def method_detail(request: HttpRequest, method_id: str) -> HttpResponse:
    """The method step by step, as a card to print; and how it fits a group, where that was asked."""
    method = next((method for method in queries.shipped_methods() if method.id == method_id), None)
    if method is None:
        raise Http404
    asked = request.GET if "mensen" in request.GET else None
    form = FitForm(asked, initial={"mensen": method.group.ideal, "minuten": request.GET.get("minuten")})
    fit = None
    if form.is_valid() and form.cleaned_data["minuten"]:
        fit = queries.fit_of(method, form.cleaned_data["mensen"], form.cleaned_data["minuten"])
    context = {"method": method, "form": form, "fit": fit, "carried": _carried(request)}
    return render(request, "intervisie/method_detail.html", context)


def _carried(request: HttpRequest) -> str:
    """The part of an address that takes along what was said before."""
    said = request.GET.copy()
    for name in list(said):
        if name not in CARRIED or not said[name]:
            del said[name]
    return said.urlencode()
