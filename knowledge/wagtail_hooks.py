"""Where Wagtail asks us."""

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.documents.models import Document

from knowledge import queries


@hooks.register("before_serve_document")
def guard_document(document: Document, request: HttpRequest) -> None:
    """A file is as private as the publication that it belongs to. Raises Http404 for everybody else."""
    if not queries.may_open_document(request.user, document):
        raise Http404
