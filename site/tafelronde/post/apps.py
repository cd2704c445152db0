"""The outbox: every mail of the site, from the wish to send it until a mail server has it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PostConfig(AppConfig):
    name = "tafelronde.post"
    label = "post"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from tafelronde.accounts.signals import account_closed
        from tafelronde.post.actions import choose_mail
        from tafelronde.post.enums import Kind

        account_closed.connect(
            lambda user, **kwargs: choose_mail(user, Kind.values),
            weak=False,
            dispatch_uid="post.forget_wishes",
        )
