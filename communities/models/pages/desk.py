"""What the pages of a row have in common: who sees them, and that the row belongs to the page, never to one version of it."""

from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PagePermissionTester

from communities import rules
from communities.enums import Visibility


class DeskPermissions(PagePermissionTester):
    """People's answers and memberships hang on a published page: it can be unpublished, not thrown away."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        kept = self.page.specific.row_id is not None and not self.user.is_superuser
        return not kept and super().can_delete(ignore_bulk)

    def can_move(self) -> bool:
        return super().can_delete(ignore_bulk=True)


class DeskPage(Page):
    """A page that presents a row. Subclasses name the field that holds the row, the way from the page type to its
    community in a filter, and the view (dotted name, `(request, page) -> HttpResponse`) that shows it, also in a preview.
    """

    visibility = models.CharField(
        _("who can see it"), max_length=10, choices=Visibility, default=Visibility.PUBLIC
    )

    row_field: ClassVar[str]
    community_lookup: ClassVar[str]
    view: ClassVar[str]
    private_page_options: ClassVar[list[str]] = []
    promote_panels: ClassVar[list[FieldPanel]] = [FieldPanel("slug"), FieldPanel("search_description")]

    class Meta:
        abstract = True

    @property
    def row_id(self) -> int | None:
        """The id of the row; None until the page is published for the first time."""
        return getattr(self, f"{self.row_field}_id")

    @property
    def published(self) -> bool:
        return self.live and self.row_id is not None

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The page, or Http404 for who may not see it."""
        # Of what is for members only the row of the reader decides; of the rest its view may have a better moment to ask.
        if self.community and request.user.is_authenticated and not rules.is_public(self):
            self.community.mine = list(self.community.memberships.filter(user=request.user))
        if not rules.may_see(request.user, self):
            raise Http404
        return import_string(self.view)(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page as it would be. Wagtail has asked whether this person may edit it."""
        return import_string(self.view)(request, self)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, object]]:
        """For everybody's eyes, so only what everybody may see."""
        return super().get_sitemap_urls(request) if rules.may_see(AnonymousUser(), self) else []

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """An older version may come from before the row was made, so the row is never read from a version."""
        page = super().with_content_json(content)
        setattr(page, f"{self.row_field}_id", self.row_id)
        return page

    def permissions_for_user(self, user: AbstractBaseUser) -> PagePermissionTester:
        return DeskPermissions(user, self)
