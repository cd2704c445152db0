"""Where Wagtail asks us: what of others an editor may see, and a word after saving a programme that is too long."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.admin.views.pages import bulk_actions
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from communities import queries
from communities.models import MeetingPage

# This report names the page of each type that was edited last to everybody who may edit any page, so it is left to
# administrators: nobody else may delete many pages at once.
PageTypesUsageReportView.any_permission_required = ["bulk_delete"]


@hooks.register("construct_page_chooser_queryset")
def hide_what_others_keep(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Drafts and members-only pages of others do not show in the chooser of links, nor what lies below them.

    Raises Http404 where the chooser stands on such a page.
    """
    parent = request.resolver_match.kwargs.get("parent_page_id")
    if parent and not _known_to(request, Page.objects.filter(pk=parent)).exists():
        raise Http404
    return _known_to(request, pages)


@hooks.register("construct_explorer_page_queryset")
def open_own_pages_alone(parent: Page, pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """The explorer names every page below the highest that an editor reaches, also those between which their own lie.

    Raises Http404 where it stands on a page that they do not find in its lists.
    """
    if not _own(request).filter(pk=parent.pk).exists():
        raise Http404
    return pages


class ChosenPages(ChosenMultipleView):
    """What the chooser says of pages that were ticked: Wagtail's names every page to every editor who knows its number."""

    def get(self, request: HttpRequest) -> HttpResponse:
        numbers = {int(word) for word in request.GET.getlist("id") if word.isdecimal() and len(word) < 10}
        if _known_to(request, Page.objects.filter(pk__in=numbers)).count() != len(request.GET.getlist("id")):
            raise Http404
        return super().get(request)


def _known_to(request: HttpRequest, pages: QuerySet[Page]) -> QuerySet[Page]:
    """Those of `pages` that this editor reads on the site or finds in the explorer."""
    seen = queries.pages_visible_to(request.user)
    return pages.filter(Q(pk__in=_own(request).values("pk")) | Q(pk__in=seen.values("pk")))


def _own(request: HttpRequest) -> QuerySet[Page]:
    """The pages that this editor may edit, and the way to them."""
    return policy_registry.get_by_type(Page).explorable_instances(request.user)


@hooks.register("before_move_page")
def ask_before_showing(request: HttpRequest, page: Page, destination: Page) -> None:
    """Wagtail asks for rights when a page is moved, but names it before, when one is asked to confirm."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


class Discreet(PageBulkAction):
    """An action on several pages that does not list the pages for which the editor has no rights."""

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Page]]]:
        objects, others = super().get_actionable_objects()
        return objects, {**others, "items_with_no_access": []}


for name in ("DeleteBulkAction", "MoveBulkAction", "PublishBulkAction", "UnpublishBulkAction"):
    action = type(name, (Discreet, getattr(bulk_actions, name)), {})
    hooks.register("register_bulk_action", action, order=1)  # after Wagtail's own, in whose place it comes


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_long_programme(request: HttpRequest, page: Page) -> None:
    """A programme that does not fit is kept all the same: the editor may still be moving things about."""
    if isinstance(page, MeetingPage) and page.minutes_over:
        warning = ngettext(
            "The programme takes %(count)d minute more than the meeting.",
            "The programme takes %(count)d minutes more than the meeting.",
            page.minutes_over,
        )
        messages.warning(request, warning % {"count": page.minutes_over})
