"""The people's part of the site, and Wagtail's users app with forms for our User."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    default = True
    name = "tafelronde.accounts"
    label = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_used

        from tafelronde.accounts.notifications import second_step_used

        authenticator_used.connect(second_step_used, dispatch_uid="accounts.second_step_used")


class WagtailUsersConfig(WagtailUsersAppConfig):
    user_viewset = "tafelronde.accounts.wagtail_hooks.UserViewSet"
