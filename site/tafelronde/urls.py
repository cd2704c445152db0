"""Every address of the site. Wagtail's pages come last: they take what is left."""

from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from tafelronde import health
from tafelronde.accounts.views import admin_login

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.readiness),
    path("beheer/django/", admin.site.urls),
    path("beheer/login/", admin_login, name="admin_login"),
    path("beheer/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
    path("account/", include("allauth.urls")),
    path("", include("tafelronde.accounts.urls")),
    path("", include("communities.urls")),
    path("intervisie/", include("intervisie.urls")),
    path("", include("knowledge.urls")),
    path("", include("tafelronde.pages.urls")),
]

if settings.DEVELOPMENT or settings.TESTING:
    urlpatterns += [path("postbus/", include("tafelronde.mailbox.urls"))]
if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

urlpatterns += [path("", include(wagtail_urls))]
