"""Where Wagtail asks us."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.models import Document
from wagtail.permissions import policy_registry

from knowledge import queries


@hooks.register("before_serve_document")
def guard_document(document: Document, request: HttpRequest) -> None:
    """A file is as private as the publication that it belongs to. Raises Http404 for everybody else."""
    if not queries.may_open_document(request.user, document):
        raise Http404


class DocumentsToChoose(DocumentsAdminAPIViewSet):
    """The documents that an editor may choose from: Wagtail's own list names all of them to everybody at the desk."""

    def get_queryset(self) -> QuerySet[Document]:
        policy = policy_registry.get_by_type(Document)
        mine = policy.instances_user_has_permission_for(self.request.user, "choose")
        return super().get_queryset().filter(pk__in=mine.values("pk"))


@hooks.register("construct_admin_api", order=1)  # after Wagtail's own, in whose place it comes
def guard_document_list(router: WagtailAPIRouter) -> None:
    router.register_endpoint("documents", DocumentsToChoose)
