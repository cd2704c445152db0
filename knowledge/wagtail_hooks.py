"""Where Wagtail asks us."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.models import Document
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry

from knowledge import queries


@hooks.register("before_serve_document")
def guard_document(document: Document, request: HttpRequest) -> None:
    """A file is as private as the publication that it belongs to. Raises Http404 for everybody else."""
    if not queries.may_open_document(request.user, document):
        raise Http404


class ToChoose:
    """What an editor may choose from: Wagtail's own lists for machines name all there is to everybody at the desk."""

    def get_queryset(self) -> QuerySet:
        every = super().get_queryset()  # type: ignore[misc]
        policy = policy_registry.get_by_type(every.model)
        mine = policy.instances_user_has_permission_for(self.request.user, "choose")  # type: ignore[attr-defined]
        return every.filter(pk__in=mine.values("pk"))


class DocumentsToChoose(ToChoose, DocumentsAdminAPIViewSet):
    pass


class ImagesToChoose(ToChoose, ImagesAdminAPIViewSet):
    pass


@hooks.register("construct_admin_api", order=1)  # after Wagtail's own, in whose place they come
def guard_lists_for_machines(router: WagtailAPIRouter) -> None:
    router.register_endpoint("documents", DocumentsToChoose)
    router.register_endpoint("images", ImagesToChoose)
