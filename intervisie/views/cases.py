"""Cases: for their owner alone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from intervisie import actions, queries, rules
from intervisie.forms import CaseForm
from intervisie.names import words_like_names


@login_required
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    return render(request, "intervisie/case_list.html", {"cases": queries.cases_of(request.user)})


@login_required
@require_safe
def case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The case as its owner reads it; straight after saving with the words that look like names."""
    case = get_object_or_404(queries.cases_of(request.user), pk=pk)
    names: list[str] = []
    if "bewaard" in request.GET:
        names = words_like_names(case.text, queries.names_around(request.user))
    context = {"case": case, "names": names, "may_delete": rules.may_delete_case(request.user, case)}
    return render(request, "intervisie/case_detail.html", context)


@login_required
@sensitive_post_parameters()
def case_new(request: HttpRequest) -> HttpResponse:
    form = CaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        case = actions.write_case(request.user, **form.cleaned_data)
        return _saved(request, case.pk)
    return _form(request, form)


@login_required
@sensitive_post_parameters()
def case_edit(request: HttpRequest, pk: int) -> HttpResponse:
    case = get_object_or_404(queries.cases_of(request.user), pk=pk)
    form = CaseForm(request.POST or None, instance=case)
    if request.method == "POST" and form.is_valid():
        actions.edit_case(request.user, case, **form.cleaned_data)
        return _saved(request, pk)
    return _form(request, form, case=case)


@login_required
def case_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first, and says why not where the case lies on a table."""
    case = get_object_or_404(queries.cases_of(request.user), pk=pk)
    may_delete = rules.may_delete_case(request.user, case)
    if request.method == "POST" and may_delete:
        actions.delete_case(request.user, case)
        messages.success(request, _("Your case is deleted."))
        return redirect("intervisie:case_list")
    context = {"case": case, "may_delete": may_delete}
    return render(request, "intervisie/case_delete.html", context, status=200 if may_delete else 409)


def _saved(request: HttpRequest, pk: int) -> HttpResponse:
    messages.success(request, _("Your case is saved. Only you see it."))
    return redirect(f"{reverse('intervisie:case_detail', args=[pk])}?bewaard")


def _form(request: HttpRequest, form: CaseForm, **context: object) -> HttpResponse:
    return render(
        request, "intervisie/case_form.html", {"form": form, **context}, status=422 if form.errors else 200
    )
