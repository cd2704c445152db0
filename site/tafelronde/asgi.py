"""HTTP to Django, WebSocket to the rooms."""

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import OriginValidator
from django.conf import settings
from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from intervisie.realtime.routing import websocket_urlpatterns  # noqa: E402 (needs the app registry)

application = ProtocolTypeRouter(
    {
        "http": django_application,
        # No AuthMiddlewareStack: a line is identified by intervisie.realtime.identity, now and whenever rights change.
        "websocket": OriginValidator(URLRouter(websocket_urlpatterns), [settings.SITE_URL]),
    }
)
