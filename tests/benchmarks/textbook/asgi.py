"""The ASGI application of the Channels tutorial."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.textbook.settings"

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application
from django.urls import re_path

django_application = get_asgi_application()

from tests.benchmarks.textbook.consumers import ChatConsumer  # noqa: E402 (needs the app registry)

websocket_urlpatterns = [re_path(r"^ws/chat/(?P<room_name>\w+)/$", ChatConsumer.as_asgi())]

application = ProtocolTypeRouter(
    {
        "http": django_application,
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
    }
)
