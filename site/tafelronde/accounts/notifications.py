"""Mail about people's accounts that allauth does not send by itself."""

from allauth.mfa.models import Authenticator

from tafelronde.accounts.models import User
from tafelronde.mail import send


def second_step_used(user: User, authenticator: Authenticator, **_: object) -> None:
    """A recovery code is for an emergency, so its owner hears when one was used."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        send("account/recovery_code_used", user, {})
