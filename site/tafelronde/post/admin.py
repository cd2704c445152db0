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
from tafelronde.post.writing import subject_of


class MailFilter(admin.SimpleListFilter):
    """By mail, named as people know it: by its subject. Those of a kind are found by that."""

    title = _("mail")
    parameter_name = "template"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        templates = Letter.objects.filter(kind="").order_by("template").values_list("template", flat=True)
        return [(template, subject_of(template)) for template in templates.distinct()]

    def queryset(self, request: HttpRequest, letters: QuerySet[Letter]) -> QuerySet[Letter]:
        return letters.filter(template=self.value()) if self.value() else letters


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin):
    list_display = ("made", "mail", "receiver", "status", "problem", "tries")
    list_filter = ("status", "kind", MailFilter)
    list_select_related = ("user",)
    search_fields = ("email", "user__email")
    fields = (
        "id",
        "mail",
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

    @admin.display(description=_("mail"), ordering="template")
    def mail(self, letter: Letter) -> str:
        return letter.get_kind_display() or subject_of(letter.template)

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
