"""Writes about people: accounts, profiles, photos, invitations."""

import secrets
from datetime import datetime, timedelta
from functools import partial

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from tafelronde.accounts.models import Invitation, LogIn, User
from tafelronde.accounts.queries import hash_of
from tafelronde.accounts.signals import account_closed
from tafelronde.mail import send

INVITATION_DAYS = 7
PROFILE_FIELDS = ("first_name", "name_prefix", "last_name", "organisation", "job_title", "place", "language")


@transaction.atomic
def add_person(email: str, *, password: str | None = None, **fields: object) -> User:
    """A new person whose address counts as verified, as somebody we trust vouches for it.

    Without a password they get in through "forgot your password". Raises IntegrityError on a taken address.
    """
    user = User.objects.create_user(email, password, **fields)
    trust_address(user)
    return user


@transaction.atomic
def trust_address(user: User) -> None:
    """Let the address of `user` count as verified."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def keep_signup(user: User, *, invitation: Invitation | None, **fields: object) -> None:
    """Save somebody who just signed up with these `PROFILE_FIELDS`, and use up their invitation."""
    for name, value in fields.items():
        setattr(user, name, value)
    user.save()
    if invitation:
        accept(invitation)


@transaction.atomic
def update_profile(user: User, **fields: object) -> None:
    """Keep the given `PROFILE_FIELDS`."""
    for name in fields.keys() & set(PROFILE_FIELDS):
        setattr(user, name, fields[name])
    user.save(update_fields=sorted(fields.keys() & set(PROFILE_FIELDS)))


@transaction.atomic
def choose_language(user: User, language: str) -> None:
    user.language = language
    user.save(update_fields=["language"])


@transaction.atomic
def change_photo(user: User, picture: bytes | None) -> None:
    """Put `picture` (as `photos.portrait` makes it) in the place of the photo; None takes the photo away."""
    storage, old = user.photo.storage, user.photo.name
    if picture is None:
        user.photo = ""
    else:
        user.photo.save("portrait.webp", ContentFile(picture), save=False)
    user.save(update_fields=["photo"])
    if old:
        transaction.on_commit(partial(storage.delete, old))


@transaction.atomic
def invite(inviter: User, email: str, *, next_url: str = "") -> Invitation:
    """Ask the owner of `email` by mail to create an account (or to log in) and then go to `next_url`.

    `next_url` is a path of this site. The invitation holds for `INVITATION_DAYS` days, works once, and takes
    the place of an open one for the same address and path. Raises ValueError on a `next_url` elsewhere.
    """
    if next_url and (not next_url.startswith("/") or next_url.startswith(("//", "/\\"))):
        raise ValueError("next_url must be a path of this site.")
    email, now, token = email.strip().lower(), timezone.now(), secrets.token_urlsafe(32)
    Invitation.objects.filter(
        invited_by=inviter, email=email, next_url=next_url, accepted_at=None, revoked_at=None
    ).update(revoked_at=now)
    invitation = Invitation.objects.create(
        email=email,
        token_hash=hash_of(token),
        invited_by=inviter,
        next_url=next_url,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    words = {"inviter": str(inviter), "token": token, "days": INVITATION_DAYS}
    send("accounts/invitation", email, words)
    return invitation


@transaction.atomic
def revoke(user: User, invitation: Invitation) -> None:
    """Take back an invitation; one that was used already stays as it is."""
    still_open = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    still_open.update(revoked_at=timezone.now())


@transaction.atomic
def accept(invitation: Invitation) -> bool:
    """Use up an invitation. False where it was used, withdrawn or too old meanwhile."""
    now = timezone.now()
    still_open = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    return bool(still_open.filter(expires_at__gt=now).update(accepted_at=now))


@transaction.atomic
def note_visit(key: str) -> None:
    """Somebody was here just now with the log-in of this session key."""
    LogIn.objects.filter(pk=key).update(seen_at=timezone.now())


@transaction.atomic
def end_login(user: User, login: LogIn) -> None:
    """Log `user` out on one device. Its live lines end too, as they do whenever a log-in is deleted."""
    user.logins.filter(pk=login.pk).delete()


@transaction.atomic
def end_other_logins(user: User, key: str | None) -> None:
    """Log `user` out everywhere but in the browser with this session key; None: everywhere."""
    user.logins.exclude(pk=key or "").delete()


def forget_old_logins(now: datetime | None = None) -> None:
    """Deletes the log-ins that ran out. A look costs no lock where there is none."""
    old = LogIn.objects.filter(expire_date__lt=now or timezone.now())
    if old.exists():
        old.delete()


@transaction.atomic
def close_account(user: User) -> None:
    """Forget who `user` is. The row stays, without name, address or photo, as others' memories hang on it.

    Every log-in of theirs ends, as the password no longer counts.
    """
    change_photo(user, None)
    user.groups.clear()
    user.user_permissions.clear()
    user.invitations.all().delete()
    EmailAddress.objects.filter(user=user).delete()
    for name in ("name_prefix", "last_name", "organisation", "job_title", "place"):
        setattr(user, name, "")
    user.first_name = gettext("Former participant")
    user.email = f"former-{user.pk}@closed.invalid"
    user.is_active = user.is_staff = False
    user.set_unusable_password()
    user.save()
    end_other_logins(user, None)
    account_closed.send(User, user=user)
