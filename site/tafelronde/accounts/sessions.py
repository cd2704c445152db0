"""Keeps log-ins: Django's sessions in the database, whose rows also say whose they are (SESSION_ENGINE)."""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from tafelronde.accounts.models import LogIn

DEVICE = "device"  # in the session: what somebody logged in with
SINCE = "since"  # and when, in ISO 8601


class SessionStore(db.SessionStore):
    seen_at: datetime | None = None  # of the row that was loaded, so that nobody has to ask again

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
        login = super()._get_session_from_db()
        self.seen_at = login.seen_at if login else None
        return login
