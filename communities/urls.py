"""What people do in a leerkring. Its pages themselves are Wagtail's, below /leerkringen/."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from communities.views import joining, meetings, people


class SlugConverter(StringConverter):
    """A slug as Wagtail makes them: letters of any alphabet."""

    regex = r"[-\w]+"


register_converter(SlugConverter, "wagtail_slug")

app_name = "communities"
urlpatterns = [
    path("kring/<wagtail_slug:slug>/aanmelden/", joining.join, name="join"),
    path("kring/<wagtail_slug:slug>/uitnodiging/", joining.invitation, name="invitation"),
    path("kring/<wagtail_slug:slug>/verlaten/", joining.leave, name="leave"),
    path("kring/<wagtail_slug:slug>/leden/", people.members, name="members"),
    path("kring/<wagtail_slug:slug>/leden/<int:pk>/", people.member, name="member"),
    path("kring/<wagtail_slug:slug>/verzoeken/", people.requests, name="requests"),
    path("kring/<wagtail_slug:slug>/verzoeken/<int:pk>/", people.decide, name="decide"),
    path("kring/<wagtail_slug:slug>/uitnodigen/", people.invite, name="invite"),
    path("kring/<wagtail_slug:slug>/uitnodigen/intrekken/", people.withdraw, name="withdraw"),
    path(
        "kring/<wagtail_slug:slug>/bijeenkomst/<wagtail_slug:meeting_slug>/antwoord/",
        meetings.answer,
        name="answer",
    ),
    path(
        "kring/<wagtail_slug:slug>/bijeenkomst/<wagtail_slug:meeting_slug>/agenda.ics",
        meetings.calendar,
        name="calendar",
    ),
]
