"""Every address of the site. Wagtail's pages come last: they take what is left."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from communities.wagtail_hooks import ChosenPages
from tafelronde import errors
from tafelronde.accounts import urls as accounts_urls
from tafelronde.accounts.views.security import admin_login
from tafelronde.pages.views import serve

handler400 = errors.bad_request
handler500 = errors.server_error

urlpatterns = [
    path("beheer/django/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("beheer/django/", admin.site.urls),
    path("beheer/login/", admin_login, name="admin_login"),
    path("beheer/choose-page/chosen-multiple/", require_admin_access(ChosenPages.as_view())),
    path("beheer/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
    path("account/", include(accounts_urls.security)),  # before allauth: some of its pages are ours whole
    path("account/", include("allauth.urls")),
    path("", include("tafelronde.accounts.urls")),
    path("", include("communities.urls")),
    path("intervisie/", include("intervisie.urls")),
    path("", include("knowledge.urls")),
    path("", include("tafelronde.search.urls")),
    path("", include("tafelronde.pages.urls")),
    path("", include("tafelronde.papers.urls")),
    path("offline/", errors.offline, name="offline"),
    path("worker.js", errors.worker, name="worker"),
    path("stijl/", include("tafelronde.style.urls")),
    path("", include("tafelronde.post.urls")),
]

if settings.DEVELOPMENT or settings.TESTING:
    urlpatterns += [path("postbus/", include("tafelronde.mailbox.urls"))]

urlpatterns += [
    # Wagtail's own log-in for private pages would let in with a password alone, as often as somebody cares to try.
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    re_path(wagtail_urls.serve_pattern, serve),
    path("", include(wagtail_urls)),  # for the name under which Wagtail makes the addresses of pages
]
