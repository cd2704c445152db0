"""What people do in a leerkring. Its pages themselves are Wagtail's, below /leerkringen/."""

from django.urls import path

from communities.views import joining, meetings, people

app_name = "communities"
urlpatterns = [
    path("kring/<str:slug>/aanmelden/", joining.join, name="join"),
    path("kring/<str:slug>/uitnodiging/", joining.invitation, name="invitation"),
    path("kring/<str:slug>/verlaten/", joining.leave, name="leave"),
    path("kring/<str:slug>/leden/", people.members, name="members"),
    path("kring/<str:slug>/leden/<int:pk>/", people.member, name="member"),
    path("kring/<str:slug>/verzoeken/", people.requests, name="requests"),
    path("kring/<str:slug>/verzoeken/<int:pk>/", people.decide, name="decide"),
    path("kring/<str:slug>/uitnodigen/", people.invite, name="invite"),
    path("kring/<str:slug>/uitnodigen/intrekken/", people.withdraw, name="withdraw"),
    path("kring/<str:slug>/bijeenkomst/<str:meeting_slug>/antwoord/", meetings.answer, name="answer"),
    path("kring/<str:slug>/bijeenkomst/<str:meeting_slug>/agenda.ics", meetings.calendar, name="calendar"),
]
