"""Makes the rooms that the bench talks in, through the actions: `python -m tests.benchmarks.rooms 200` prints them.

Eight people each, all agreed, in one open step where everybody may speak. Only people and log-ins are made directly.
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

MEMBERS = 8


def _text(words: str) -> dict[str, str]:
    return {"nl": words, "en": words}


OPEN_TALK = {
    "id": "OPEN",
    "version": 1,
    "name": _text("Open talk"),
    "summary": _text("One step in which everybody speaks."),
    "group": {"min": 2, "ideal": 8, "max": 16},
    "licence": "EUPL-1.2",
    "credit": _text("Tafelronde"),
    "steps": [
        {
            "id": "talk",
            "kind": "talk",
            "title": _text("Talk"),
            "short": _text("Talk"),
            "instruction": {"default": _text("Talk.")},
            "actors": ["C"],  # nobody brings a case
            "joins_in": True,
            "minutes": {"default": 600},
        }
    ],
}


@transaction.atomic
def make_room(number: int) -> tuple[Session, list[dict]]:
    """A session that is planned, with everybody's seat and log-in."""
    people = [make_person(member, f"room{number}") for member in range(MEMBERS)]
    session = Session.objects.create(
        organiser=people[0]["user"],
        title=f"Room {number}",
        method_id="OPEN",
        method=OPEN_TALK,
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


def main(count: int) -> None:
    rooms = [make_room(number) for number in range(count)]
    begin(rooms)
    shown = [
        {"session": str(session.pk), "keys": [person["key"] for person in people]}
        for session, people in rooms
    ]
    print(json.dumps({"cookie": settings.SESSION_COOKIE_NAME, "rooms": shown}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
