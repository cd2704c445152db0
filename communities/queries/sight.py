"""Who sees what: what somebody may see of many things at once is said by `visible`, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from wagtail.models import Page, get_page_models

from communities.enums import MembershipStatus, Visibility
from communities.models import Community, DeskPage, Meeting, Membership
from communities.queries.people import ACTIVE
from tafelronde.accounts.models import User
from tafelronde.prepared import Given, prepared

if TYPE_CHECKING:
    from communities.rules import Visitor

RowT = TypeVar("RowT")


def member_community_ids(user: Visitor) -> QuerySet[Membership, int]:
    """The ids of the leerkringen of which `user` is a member, for use inside a filter."""
    mine = Membership.objects.filter(status=MembershipStatus.ACTIVE).values_list("community", flat=True)
    return mine.filter(user=user) if user.is_authenticated else mine.none()


def visible(user: Visitor, lookup: str = "community") -> Q:
    """A filter for published things with a field `visibility`: what `rules.may_see` allows `user`.

    `lookup` is the way to the thing's leerkring, which may be empty: then the thing is of the whole site.
    """
    of_site = Q(**{f"{lookup}__isnull": True})
    published = of_site | Q(**{f"{lookup}__page__live": True})
    if user.is_superuser:
        return published
    public = Q(visibility=Visibility.PUBLIC) & (of_site | Q(**{f"{lookup}__visibility": Visibility.PUBLIC}))
    return published & (public | Q(**{f"{lookup}__in": member_community_ids(user)}))


def communities_visible_to(user: Visitor) -> QuerySet[Community]:
    """With their pages."""
    published = Community.objects.filter(page__live=True).select_related("page", "edition")
    if user.is_superuser:
        return published
    return published.filter(Q(visibility=Visibility.PUBLIC) | Q(pk__in=member_community_ids(user)))


def meetings_visible_to(user: Visitor) -> QuerySet[Meeting]:
    """With their pages, the earliest first."""
    published = Meeting.objects.filter(page__live=True).filter(visible(user, "edition__community"))
    return published.select_related("page").order_by("starts_at", "pk")


def people_visible_to(user: Visitor) -> QuerySet[User]:
    """Everybody whom `user` meets in a list of members, as `rules.may_see_members` allows."""
    return User.objects.filter(pk__in=shared_memberships(user).values("user"))


def shared_memberships(user: Visitor) -> QuerySet[Membership]:
    """The members of all published leerkringen whose list `user` may read."""
    members = Membership.objects.filter(ACTIVE, community__page__live=True)
    return members if user.is_superuser else members.filter(community__in=member_community_ids(user))


def pages_visible_to(user: Visitor) -> QuerySet[Page]:
    """All published pages of the site but those that `user` may not see, for a sitemap, a search, a chooser.

    Any page type with a field `visibility` is guarded: one with a `community`, or with a `community_lookup` to it.
    """
    pages = Page.objects.live()
    for model in get_page_models():
        if any(field.name == "visibility" for field in model._meta.get_fields()):
            pages = pages.exclude(
                pk__in=model.objects.exclude(pk__in=_guarded_pages(user, model)).values("pk")
            )
    return pages


def _guarded_pages(user: Visitor, model: type[Page]) -> QuerySet[Page]:
    pages = model.objects.live().filter(visible(user, getattr(model, "community_lookup", "community")))
    if issubclass(model, DeskPage):
        pages = pages.filter(**{f"{model.row_field}__isnull": False})
    return pages.values("pk")


class _Member(Given):
    """Anybody with an account who is no administrator, in a query that is written once for all of them."""

    is_authenticated = True
    is_superuser = False


class prepared_for(Generic[RowT]):
    """`prepared` for a function of a reader: written for visitors, for administrators, and for who is neither.

    Of its reader the function may ask what `visible` asks, and nothing else.
    """

    def __init__(self, write: Callable[[Any], QuerySet[Any, RowT]]) -> None:
        self._for_visitors = prepared(lambda: write(AnonymousUser()))
        self._for_administrators = prepared(lambda: write(User(is_superuser=True)))
        self._for_others = prepared(lambda given: write(_Member(given.place)))

    def __call__(self, user: Visitor) -> list[RowT]:
        if user.is_superuser:
            return self._for_administrators()
        return self._for_others(user.pk) if user.is_authenticated else self._for_visitors()
