"""Keeps log-ins: Django's sessions in the database, whose rows also say whose they are (SESSION_ENGINE)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from tafelronde.accounts.models import LogIn, User

DEVICE = "device"  # in the session: what somebody logged in with
SINCE = "since"  # and when, in ISO 8601


class SessionStore(db.SessionStore):
    # Of the row that was loaded, so that nobody has to ask again.
    seen_at: datetime | None = None
    person: User | None = None

    @classmethod
    def get_model_class(cls) -> type[LogIn]:
        return LogIn

    def create_model_instance(self, data: dict[str, Any]) -> LogIn:
        now = timezone.now()
        login = super().create_model_instance(data)
        login.user_id = data.get(SESSION_KEY)
        login.device = data.get(DEVICE, "")
        login.since = datetime.fromisoformat(data[SINCE]) if SINCE in data else now
        login.seen_at = now
        return login

    def _get_session_from_db(self) -> LogIn | None:
        """The row together with whose it is: nearly every page asks for both."""
        logins = self.model.objects.select_related("user")
        login = logins.filter(session_key=self.session_key, expire_date__gt=timezone.now()).first()
        if login is None:
            self._session_key = None
        self.seen_at = login.seen_at if login else None
        self.person = login.user if login else None
        return login

    def accepted_person(self) -> User | None:
        """Whose log-in this is, where Django would let them in; None leaves it to Django, which asks again."""
        claimed, person = self.get(SESSION_KEY), self.person
        if person is None or claimed != str(person.pk) or not person.is_active:
            return None
        if self.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
            return None
        seal = self.get(HASH_SESSION_KEY, "")  # another one after a new password
        return person if constant_time_compare(seal, person.get_session_auth_hash()) else None
