"""Django's SMTP backend, which says when the mail server gets a message.

Until then a broken line means that nothing was sent. From then on until the server's answer nobody knows.
"""

import smtplib
from collections.abc import Callable

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp


class Uncertain(Exception):
    """The line broke after the message went over it and before the server said what became of it."""


class _HandsOver:
    hand_over: Callable[[], None] = staticmethod(lambda: None)
    handed = False

    def data(self, message: bytes) -> tuple[int, bytes]:
        self.handed = False
        try:
            return super().data(message)  # type: ignore[misc]
        except smtplib.SMTPResponseException:
            raise  # the server answered
        except OSError as error:
            if self.handed:
                raise Uncertain(type(error).__name__) from error
            raise

    def send(self, data: bytes | str) -> None:
        if isinstance(data, bytes):  # commands are text; bytes are the message itself
            self.hand_over()
            self.handed = True
        super().send(data)  # type: ignore[misc]


class SMTP(_HandsOver, smtplib.SMTP):
    pass


class EmailBackend(smtp.EmailBackend):
    """Messages may carry a `hand_over`, called right before the server gets them."""

    hands_over = True
    connection_class = SMTP

    def _send(self, email_message: EmailMessage) -> bool:
        self.connection.hand_over = getattr(email_message, "hand_over", _HandsOver.hand_over)
        return super()._send(email_message)

    def close(self) -> None:
        """Also where the server no longer answers: what was sent is sent."""
        try:
            super().close()
        except (OSError, smtplib.SMTPException):
            self.connection = None
