"""How Django knows this app, and what listens once it is ready."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from tafelronde.accounts.models import User


class IntervisieConfig(AppConfig):
    name = "intervisie"
    verbose_name = _("Intervisie")

    def ready(self) -> None:
        from intervisie.actions import seat_guest
        from intervisie.realtime import receivers

        receivers.connect()

        def look_for_a_seat(user: "User", **_: object) -> None:
            seat_guest(user)

        user_logged_in.connect(look_for_a_seat, weak=False, dispatch_uid="intervisie.seat_guest")
