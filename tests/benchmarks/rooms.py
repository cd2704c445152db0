"""Makes the rooms that the bench talks in, through the actions: `python -m tests.benchmarks.rooms 200 20` prints them.

Eight people each, all agreed: in the first so many rooms in one open step where everybody may speak, in the others in a
step in which everybody writes without a name. Only people and log-ins are made directly.
"""

import json
import sys

from tests.support.scene import make_person  # sets Django up

from django.conf import settings  # isort: skip
from django.db import transaction
from django.utils import timezone

from intervisie.actions import Wish, load_room, perform_many
from intervisie.enums import CastRole, Invitation
from intervisie.models import Participant, Session
from tafelronde.post.enums import LetterStatus
from tafelronde.post.models import Letter
from tests.benchmarks.methods import MEMBERS, NAMELESS, OPEN_TALK


@transaction.atomic
def make_room(number: int, method: dict) -> tuple[Session, list[dict]]:
    """A session that is planned, with everybody's seat and log-in."""
    people = [make_person(member, f"room{number}") for member in range(MEMBERS)]
    session = Session.objects.create(
        organiser=people[0]["user"],
        title=f"Room {number}",
        method_id=method["id"],
        method=method,
        starts_at=timezone.now(),
    )
    Participant.objects.bulk_create(
        Participant(
            session=session,
            user=person["user"],
            seat=seat,
            role=CastRole.FACILITATOR if seat == 1 else CastRole.MEMBER,
            invitation=Invitation.ACCEPTED,
        )
        for seat, person in enumerate(people, start=1)
    )
    return session, people


def begin(rooms: list[tuple[Session, list[dict]]]) -> None:
    """Everybody agrees, the facilitators start. Raises RuntimeError where one is refused."""
    for session, _ in rooms:
        load_room(session.pk)
    wishes = [
        Wish(session.pk, {"do": do}, user_id=person["user"].pk)
        for session, people in rooms
        for do, person in [*(("agree", person) for person in people), ("start", people[0])]
    ]
    refused = [outcome.code for outcome in perform_many(wishes) if not outcome.ok]
    if refused:
        raise RuntimeError(f"refused: {refused}")


def main(open_rooms: int, nameless_rooms: int) -> None:
    methods = [OPEN_TALK] * open_rooms + [NAMELESS] * nameless_rooms
    rooms = [make_room(number, method) for number, method in enumerate(methods)]
    begin(rooms)
    # The mail of the demo went out long ago: here it finds no server, and would be tried again beside every load.
    Letter.objects.update(status=LetterStatus.SENT)
    shown = [
        {"session": str(session.pk), "keys": [person["key"] for person in people]}
        for session, people in rooms
    ]
    print(
        json.dumps(
            {
                "cookie": settings.SESSION_COOKIE_NAME,
                "rooms": shown[:open_rooms],
                "nameless": shown[open_rooms:],
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
