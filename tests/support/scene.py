"""Makes people, log-ins and a session in a server's data: `python -m tests.support.scene`, wishes as JSON on stdin.

`method` is the id of one, or a whole one. `case`: what seat 2 prepared, chosen beforehand. With `log_in`, a list of
addresses, it prints {address: key} and makes nothing else. Prints JSON: {"cookie": name, "session": id,
"people": [{"seat", "email", "key", "name"}]}. Goes through the same actions as everybody; only log-ins and what was
prepared are made directly, as a browser that was here before would have them.
"""

import json
import os
import sys
import time
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tafelronde.settings")

import django  # noqa: E402

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.utils import timezone  # noqa: E402

from intervisie.actions import Wish, perform  # noqa: E402
from intervisie.enums import CastRole, Invitation  # noqa: E402
from intervisie.models import Case, Participant, Session  # noqa: E402
from tafelronde.accounts.models import User  # noqa: E402
from tafelronde.accounts.sessions import SessionStore  # noqa: E402
from tests.support.methods import method_json  # noqa: E402

PASSWORD = "een-goed-wachtwoord"
NAMES = ("Saskia", "Joris", "Fatma", "Ruben", "Ilse", "Tom", "Noor", "Erik")


def make_person(number: int, run: str, language: str = "nl") -> dict[str, Any]:
    name = NAMES[number % len(NAMES)]
    user = User(
        email=f"{name.lower()}.{number}.{run}@example.org",
        first_name=name,
        last_name=f"{'ABCDEFGH'[number % 8]}ekker",
        language=language,
    )
    user.password = "!"
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return {"user": user, "name": user.get_full_name(), "email": user.email, "key": log_in(user)}


def log_in(user: User) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return store.session_key


def make_session(people: list[dict[str, Any]], method: dict[str, Any]) -> Session:
    """A session with everybody accepted; the first person facilitates."""
    session = Session.objects.create(
        organiser=people[0]["user"],
        title="Proef",
        method_id=method["id"],
        method=method,
        starts_at=timezone.now(),
    )
    for seat, person in enumerate(people, start=1):
        person["seat"] = seat
        Participant.objects.create(
            session=session,
            user=person["user"],
            seat=seat,
            role=CastRole.FACILITATOR if seat == 1 else CastRole.MEMBER,
            invitation=Invitation.ACCEPTED,
        )
    return session


def prepare(session: Session, person: dict[str, Any], fields: dict[str, Any]) -> None:
    """The case that this person lays ready, chosen beforehand."""
    case = Case.objects.create(owner=person["user"], **fields)
    Participant.objects.filter(session=session, seat=person["seat"]).update(case=case)
    session.chosen_seat = person["seat"]
    session.save(update_fields=["chosen_seat"])


def do(session: Session, person: dict[str, Any], what: str, /, **arguments: Any) -> None:
    """One command through the same door as all. Raises RuntimeError when it is refused."""
    command = {"do": what, **arguments}
    outcome = perform(Wish(session.pk, command, id=uuid.uuid4(), user_id=person["user"].pk))
    if not outcome.ok:
        raise RuntimeError(f"{what} by seat {person['seat']} was refused: {outcome.code} {outcome.params}")


def main() -> None:
    wanted = json.load(sys.stdin)
    if "log_in" in wanted:
        people = User.objects.filter(email__in=wanted["log_in"])
        people.update(language=wanted.get("language", "nl"))
        keys = {user.email: log_in(user) for user in people}
        print(json.dumps(keys))  # noqa: T201
        return
    run = f"{time.time_ns():x}"
    language = wanted.get("language", "nl")
    people = [make_person(number, run, language) for number in range(wanted.get("people", 6))]
    method = wanted.get("method", "INC6")
    session = make_session(people, method if isinstance(method, dict) else method_json(method))
    if wanted.get("case"):
        prepare(session, people[1], wanted["case"])
    if wanted.get("agree"):
        for person in people:
            do(session, person, "agree")
    if wanted.get("start"):
        do(session, people[0], "start")
    shown = [{key: person[key] for key in ("seat", "email", "key", "name")} for person in people]
    print(json.dumps({"cookie": settings.SESSION_COOKIE_NAME, "session": str(session.pk), "people": shown}))  # noqa: T201


if __name__ == "__main__":
    main()
