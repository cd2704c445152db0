"""The methods that come with the product, explained."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intervisie import queries


@require_safe
def method_list(request: HttpRequest) -> HttpResponse:
    return render(request, "intervisie/method_list.html", {"methods": queries.shipped_methods()})


@require_safe
def method_detail(request: HttpRequest, method_id: str) -> HttpResponse:
    """The method step by step, as a card to print."""
    method = next((method for method in queries.shipped_methods() if method.id == method_id), None)
    if method is None:
        raise Http404
    return render(request, "intervisie/method_detail.html", {"method": method})
