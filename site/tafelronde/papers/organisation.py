"""Who answers for this site, as the settings say."""

from dataclasses import dataclass, fields
from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Ground(models.TextChoices):
    """On which ground of the GDPR (article 6) the organisation may keep what it keeps."""

    PUBLIC_TASK = "public-task", _("carrying out a task of public interest")
    LEGITIMATE_INTEREST = "legitimate-interest", _("a legitimate interest: learning from each other at work")
    CONTRACT = "contract", _("an agreement with you or with your employer")
    CONSENT = "consent", _("your consent")


class Status(models.TextChoices):
    """The five answers of the Dutch statement on accessibility."""

    A = "A", pgettext_lazy("accessibility", "It meets all requirements")
    B = "B", pgettext_lazy("accessibility", "It meets some of the requirements")
    C = "C", pgettext_lazy("accessibility", "The first measures are taken")
    D = "D", pgettext_lazy("accessibility", "It does not meet the requirements")


@dataclass(frozen=True)
class Organisation:
    """Each field comes from the setting of its name in capitals; what nobody filled in is empty."""

    organisation_name: str
    organisation_address: str
    contact_email: str
    dpo_email: str
    privacy_ground: str
    log_days: int
    backup_days: int
    accessibility_status: str
    statements_date: date | None
    security_contact: str
    accessibility_report_url: str

    OPTIONAL = ("accessibility_report_url",)

    @property
    def missing(self) -> list[str]:
        """The settings that a site for others should have and this one has not."""
        return [
            field.name.upper()
            for field in fields(self)
            if field.name not in self.OPTIONAL and not getattr(self, field.name)
        ]

    @property
    def ground(self) -> Ground | None:
        return Ground(self.privacy_ground) if self.privacy_ground else None

    @property
    def status(self) -> Status | None:
        return Status(self.accessibility_status) if self.accessibility_status else None

    @property
    def security_address(self) -> str:
        """Where to report a leak, as an address of the web; empty where nobody said so."""
        contact = self.security_contact or self.contact_email
        return f"mailto:{contact}" if contact and "://" not in contact else contact


def organisation() -> Organisation:
    """As the settings say now."""
    return Organisation(*(getattr(settings, field.name.upper()) for field in fields(Organisation)))
