"""Static files, answered before Django sees the request."""

from typing import Any
from wsgiref.headers import Headers

from servestatic.asgi import ServeStaticASGI
from servestatic.middleware import ServeStaticMiddleware


class StaticFiles(ServeStaticASGI, ServeStaticMiddleware):
    """The library's middleware, which knows Django's settings and storages, as an application around another."""

    def __init__(self, application: Any) -> None:
        super().__init__(application)
        self.application = application

    def add_mime_headers(self, headers: Headers, path: str, url: str) -> None:
        super().add_mime_headers(headers, path, url)
        headers["X-Content-Type-Options"] = "nosniff"
