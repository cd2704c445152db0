"""Addresses of people. Those of allauth lie under /account/."""

from django.urls import URLPattern, URLResolver, path, re_path
from django.views.generic import RedirectView

from tafelronde.accounts.views import people
from tafelronde.accounts.views import security as ways_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("taal/", people.set_language, name="set_language"),
    path("profiel/", people.profile, name="profile"),
    path("profiel/foto/weg/", people.remove_photo, name="remove_photo"),
    path("profiel/sluiten/", people.close_account, name="close_account"),
    re_path(r"^foto/(?P<person>\d{1,18})/(?P<name>[0-9a-f]{32}\.webp)$", people.photo, name="photo"),
    path("uitnodigen/", people.invitations, name="invitations"),
    path("uitnodigen/<int:pk>/intrekken/", people.revoke_invitation, name="revoke_invitation"),
    path("uitnodiging/<str:token>/", people.accept_invitation, name="accept_invitation"),
]

# Under /account/, before allauth's own: the page about all ways in takes the place of two of its pages.
security: list[URLPattern | URLResolver] = [
    path("2fa/", ways_in.index, name="mfa_index"),
    path("2fa/webauthn/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("2fa/needed/", ways_in.strong_login, name="strong_login"),
    path("2fa/logins/end/", ways_in.end_logins, name="end_other_logins"),
    path("2fa/logins/<str:handle>/end/", ways_in.end_logins, name="end_login"),
    path("3rdparty/", ways_in.connections, name="socialaccount_connections"),
    path("2fa/totp/picture.svg", ways_in.app_picture, name="app_picture"),
]
