"""The outbox for administrators: what became of each mail, never what it says."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tafelronde.post import actions
from tafelronde.post.models import Letter


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin):
    list_display = ("made", "template", "receiver", "status", "problem", "tries")
    list_filter = ("status", "kind", "template")
    list_select_related = ("user",)
    search_fields = ("email", "user__email")
    fields = (
        "id",
        "template",
        "kind",
        "receiver",
        "status",
        "problem",
        "tries",
        "created_at",
        "due_at",
        "handed_at",
        "settled_at",
    )
    actions = ("send_again",)

    @admin.display(description=_("created at"), ordering="created_at")
    def made(self, letter: Letter) -> str:
        return date_format(timezone.localtime(letter.created_at), "SHORT_DATETIME_FORMAT")

    @admin.display(description=_("receiver"))
    def receiver(self, letter: Letter) -> str:
        return letter.email or letter.user.email  # type: ignore[union-attr]

    @admin.action(description=_("Send again what was not, or perhaps not, sent"))
    def send_again(self, request: HttpRequest, chosen: QuerySet[Letter]) -> None:
        count = actions.send_again(chosen)
        messages.success(request, gettext("Mails that are sent again: %(count)d") % {"count": count})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        return request.user.is_superuser and obj is None  # the list has its action; a letter is only read

    def has_view_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        return False
