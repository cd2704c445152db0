"""Joins what others announce to our actions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = _("Leerkringen")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in
        from wagtail.signals import page_published

        from communities.actions import (
            claim_invitations,
            leave_everything,
            publish_community,
            publish_meeting,
        )
        from communities.models import LeerkringPage, MeetingPage
        from tafelronde.accounts.signals import account_closed

        publish = {LeerkringPage: publish_community, MeetingPage: publish_meeting}

        def bring_up_to_date(sender: type, instance: LeerkringPage | MeetingPage, **kwargs: object) -> None:
            if instance.live:  # Wagtail sends this also for what will go live later
                publish[sender](instance)

        for page_type in publish:
            page_published.connect(
                bring_up_to_date, page_type, weak=False, dispatch_uid="communities.publish"
            )
        user_logged_in.connect(
            lambda user, **kwargs: claim_invitations(user), weak=False, dispatch_uid="communities.claim"
        )
        account_closed.connect(
            lambda user, **kwargs: leave_everything(user), weak=False, dispatch_uid="communities.leave"
        )
