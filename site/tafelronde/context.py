"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest

from tafelronde import themes


def site(request: HttpRequest) -> dict[str, object]:
    return everywhere()


def everywhere() -> dict[str, object]:
    """What is the same for every request."""
    return {
        "site_name": settings.SITE_NAME,
        "development": settings.DEVELOPMENT,
        "theme": themes.chosen(),
        "openid_name": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
    }
