"""Asking people in: those with an account get an invitation to accept, others first a mail to make one."""

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from communities import notifications, rules
from communities.actions.leading import make_coordinator
from communities.actions.refusals import AlreadyInside, NotPossible
from communities.actions.rows import lock, set_membership, set_status
from communities.enums import MembershipStatus, Role
from communities.models import Community, EmailInvitation, Membership
from tafelronde.accounts import actions as accounts
from tafelronde.accounts.models import User
from tafelronde.accounts.queries import person_with


@transaction.atomic
def invite(coordinator: User, community: Community, email: str, *, role: Role = Role.MEMBER) -> None:
    """Invite the owner of an address, as a member or to lead too; again is a new mail.

    Who asked to join already is a member at once. Raises PermissionDenied, AlreadyInside.
    """
    community, email = lock(community), email.strip().lower()
    if not rules.may_invite(coordinator, community):
        raise PermissionDenied
    user = person_with(email)
    if user is None:
        EmailInvitation.objects.update_or_create(community=community, email=email, defaults={"role": role})
        accounts.invite(coordinator, email, next_url=reverse("communities:join", args=[community.slug]))
        return
    row = rules.membership_of(user, community)
    if row and row.status == MembershipStatus.ACTIVE:
        raise AlreadyInside
    if row and row.status == MembershipStatus.ASKED:
        _let_in(row, role)
        notifications.tell_decided(row)
        return
    row = set_membership(user, community, MembershipStatus.INVITED, role=role)
    notifications.tell_invited(row, coordinator)


@transaction.atomic
def claim_invitations(user: User) -> None:
    """Turn the invitations to the verified addresses of `user` into memberships that wait for a yes."""
    addresses = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    for invitation in EmailInvitation.objects.filter(email__in=[email.lower() for email in addresses]):
        community = lock(invitation.community)
        row = rules.membership_of(user, community)
        if row is None or row.status in (MembershipStatus.DECLINED, MembershipStatus.LEFT):
            set_membership(user, community, MembershipStatus.INVITED, role=Role(invitation.role))
        invitation.delete()


@transaction.atomic
def accept_invitation(user: User, community: Community) -> Membership:
    """Say yes; twice is once. Raises NotPossible where the invitation was taken back."""
    community = lock(community)
    row = rules.membership_of(user, community)
    if row and row.status == MembershipStatus.ACTIVE:
        return row
    if row is None or not rules.may_accept(user, community):
        raise NotPossible
    _let_in(row, Role(row.role))
    return row


@transaction.atomic
def decline_invitation(user: User, community: Community) -> None:
    """Say no. Raises NotPossible where there is no open invitation."""
    community = lock(community)
    row = rules.membership_of(user, community)
    if row is None or not rules.may_accept(user, community):
        raise NotPossible
    set_status(row, MembershipStatus.LEFT)


@transaction.atomic
def withdraw_invitation(coordinator: User, community: Community, email: str) -> None:
    """Take an open invitation back; without one nothing happens. Raises PermissionDenied."""
    community = lock(community)
    if not rules.may_invite(coordinator, community):
        raise PermissionDenied
    EmailInvitation.objects.filter(community=community, email=email.lower()).delete()
    for row in community.memberships.filter(user__email=email.lower(), status=MembershipStatus.INVITED):
        set_status(row, MembershipStatus.LEFT)


def _let_in(row: Membership, role: Role) -> None:
    set_status(row, MembershipStatus.ACTIVE)
    if role == Role.COORDINATOR:
        make_coordinator(row)
