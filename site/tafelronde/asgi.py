"""HTTP to Django, WebSocket to the rooms; an orderly end for servers that announce it (uvicorn; daphne has `serve`)."""

from collections.abc import Awaitable, Callable
from typing import Any

import django
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import OriginValidator
from django.conf import settings

django.setup(set_prefix=False)

from intervisie.realtime import receivers  # noqa: E402 (needs the app registry)
from intervisie.realtime.routing import websocket_urlpatterns  # noqa: E402
from tafelronde import collector  # noqa: E402
from tafelronde.front.changes import changes  # noqa: E402
from tafelronde.front.files import StaticFiles  # noqa: E402
from tafelronde.front.kept import KeptPages  # noqa: E402
from tafelronde.front.threads import Pages  # noqa: E402


async def lifespan(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[..., Awaitable[None]],
) -> None:
    """The server says when it begins and ends; at the end what waits to be written is written."""
    while (message := await receive())["type"] != "lifespan.shutdown":
        await send({"type": f"{message['type']}.complete"})
    hub = receivers.running_hub()
    if hub is not None:
        await hub.drain(0)
    await send({"type": "lifespan.shutdown.complete"})


application = ProtocolTypeRouter(
    {
        "http": KeptPages(StaticFiles(Pages()), changes(), settings.PAGE_CACHE_SECONDS),
        "lifespan": lifespan,
        # No AuthMiddlewareStack: a line is identified by intervisie.realtime.identity, now and whenever rights change.
        "websocket": OriginValidator(URLRouter(websocket_urlpatterns), [settings.SITE_URL]),
    }
)

collector.settle()
