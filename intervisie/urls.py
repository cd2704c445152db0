"""Addresses of intervisie."""

from django.urls import URLPattern, URLResolver, path

from intervisie.views import cases, harvest, methods, planning, room, sessions

app_name = "intervisie"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", sessions.session_list, name="index"),
    path("methoden/", methods.method_list, name="method_list"),
    path("methoden/<slug:method_id>/", methods.method_detail, name="method_detail"),
    path("casussen/", cases.case_list, name="case_list"),
    path("casussen/nieuw/", cases.case_new, name="case_new"),
    path("casussen/<int:pk>/", cases.case_detail, name="case_detail"),
    path("casussen/<int:pk>/wijzigen/", cases.case_edit, name="case_edit"),
    path("casussen/<int:pk>/wissen/", cases.case_delete, name="case_delete"),
    path("nieuw/", planning.session_new, name="session_new"),
    path("<uuid:pk>/", sessions.session_detail, name="session"),
    path("<uuid:pk>/antwoord/", sessions.session_answer, name="session_answer"),
    path("<uuid:pk>/casus/", sessions.session_case, name="session_case"),
    path("<uuid:pk>/agenda.ics", sessions.session_calendar, name="session_calendar"),
    path("<uuid:pk>/wijzigen/", planning.session_edit, name="session_edit"),
    path("<uuid:pk>/afzeggen/", planning.session_cancel, name="session_cancel"),
    path("<uuid:pk>/mensen/", planning.session_people, name="session_people"),
    path("<uuid:pk>/mensen/<int:seat>/taak/", planning.person_role, name="person_role"),
    path("<uuid:pk>/mensen/<int:seat>/weg/", planning.person_remove, name="person_remove"),
    path("<uuid:pk>/gasten/<int:guest>/weg/", planning.guest_remove, name="guest_remove"),
    path("<uuid:pk>/tafel/", room.room, name="room"),
    path("<uuid:pk>/opbrengst/", harvest.harvest, name="harvest"),
    path("<uuid:pk>/wissen/", harvest.erase, name="erase"),
]
