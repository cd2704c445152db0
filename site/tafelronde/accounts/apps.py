"""The people's part of the site, and Wagtail's users app with forms for our User."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "tafelronde.accounts"
    label = "accounts"
    verbose_name = _("People")


class WagtailUsersConfig(WagtailUsersAppConfig):
    user_viewset = "tafelronde.accounts.wagtail_hooks.UserViewSet"
