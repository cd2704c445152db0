"""Where Wagtail asks us: what an editor may choose to link to, and a word after saving a programme that is too long."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.permissions import policy_registry

from communities import queries
from communities.models import MeetingPage


@hooks.register("construct_page_chooser_queryset")
def hide_what_others_keep(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Drafts and members-only pages of others do not show in the chooser of links."""
    own = policy_registry.get_by_type(Page).explorable_instances(request.user)
    seen = queries.pages_visible_to(request.user)
    return pages.filter(Q(pk__in=own.values("pk")) | Q(pk__in=seen.values("pk")))


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
