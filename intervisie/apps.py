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
        from intervisie.actions import give_up_seats, seat_guest
        from intervisie.realtime import receivers
        from tafelronde.accounts.signals import account_closed

        receivers.connect()

        def look_for_a_seat(user: "User", **_: object) -> None:
            seat_guest(user)

        user_logged_in.connect(look_for_a_seat, weak=False, dispatch_uid="intervisie.seat_guest")
        account_closed.connect(
            lambda user, **kwargs: give_up_seats(user), weak=False, dispatch_uid="intervisie.give_up_seats"
        )
