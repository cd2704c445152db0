"""Addresses of people. Those of allauth lie under /account/."""

from django.urls import URLPattern, URLResolver, path, re_path

from tafelronde.accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("taal/", views.set_language, name="set_language"),
    path("profiel/", views.profile, name="profile"),
    path("profiel/foto/weg/", views.remove_photo, name="remove_photo"),
    path("profiel/sluiten/", views.close_account, name="close_account"),
    re_path(r"^foto/(?P<person>\d{1,18})/(?P<name>[0-9a-f]{32}\.webp)$", views.photo, name="photo"),
    path("uitnodigen/", views.invitations, name="invitations"),
    path("uitnodigen/<int:pk>/intrekken/", views.revoke_invitation, name="revoke_invitation"),
    path("uitnodiging/<str:token>/", views.accept_invitation, name="accept_invitation"),
]
