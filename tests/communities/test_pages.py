"""The pages as readers get them: what stands there, what does not, in how many queries."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.actions import answer
from communities.enums import Answer, MembershipStatus, Visibility
from communities.models import LeerkringPage, MeetingPage
from tests.communities.factories import (
    make_community,
    make_coordinator_of,
    make_leerkring_page,
    make_meeting,
    make_meeting_page,
    make_membership,
    make_programme,
)
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db

INDEX = "/leerkringen/"
MOST_QUERIES = 8


def read(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def queries_of(client, url: str) -> int:
    """The number of queries of a warm page."""
    read(client, url)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        read(client, url)
    return len(captured)


# In how many queries


def test_list_costs_as_much_for_thirty_as_for_three(client):
    member = make_user()
    client.force_login(member)

    def fill(number: int) -> None:
        for _ in range(number):
            community = make_community()
            make_membership(community, member)
            make_meeting(community)

    fill(3)
    few = queries_of(client, INDEX)
    fill(27)
    assert queries_of(client, INDEX) == few <= MOST_QUERIES


@pytest.mark.parametrize("reader", ["visitor", "member", "coordinator"])
def test_leerkring_and_meeting_cost_as_much_for_thirty_as_for_three(client, reader):
    community = make_community(visibility=Visibility.MEMBERS if reader != "visitor" else Visibility.PUBLIC)
    meeting = make_meeting(community)
    if reader == "member":
        client.force_login(make_membership(community).user)
    elif reader == "coordinator":
        client.force_login(make_coordinator_of(community))

    def fill(number: int) -> None:
        for _ in range(number):
            answer(make_membership(community).user, meeting, Answer.YES)
            make_meeting(community, starts_at=timezone.now() + timedelta(days=60))
        make_programme(MeetingPage.objects.get(pk=meeting.page.pk), *[10] * number)

    fill(3)
    few = [queries_of(client, page.url) for page in (community.page, meeting.page)]
    fill(27)
    many = [queries_of(client, page.url) for page in (community.page, meeting.page)]
    assert many == few
    assert max(few) <= MOST_QUERIES


@pytest.mark.parametrize("name", ["leden", "verzoeken", "uitnodigen"])
def test_lists_of_people_cost_as_much_for_thirty_as_for_three(client, name):
    community = make_community()
    client.force_login(make_coordinator_of(community))
    url = f"/kring/{community.slug}/{name}/"

    def fill(number: int) -> None:
        for _ in range(number):
            for status in (MembershipStatus.ACTIVE, MembershipStatus.ASKED, MembershipStatus.INVITED):
                make_membership(community, status=status)

    fill(3)
    few = queries_of(client, url)
    fill(27)
    assert queries_of(client, url) == few <= MOST_QUERIES


# What stands there


def test_list_without_leerkringen_says_so(client):
    assert "Nog geen leerkring" in read(client, INDEX)


def test_list_shows_the_soonest_first_with_its_route(client):
    make_community(title="Zonder datum")
    later = make_community(title="Later")
    make_meeting(later, starts_at=timezone.now() + timedelta(days=40), city="Meppel")
    sooner = make_community(title="Eerder")
    make_meeting(sooner, starts_at=timezone.now() + timedelta(days=10), city="Zwolle")
    make_membership(sooner)
    text = read(client, INDEX)
    assert text.index("Eerder") < text.index("Later") < text.index("Zonder datum")
    assert "Volgende: Zwolle" in text
    assert "1 lid" in text


def test_list_maps_the_cities_where_people_still_meet(client):
    for city, days in (("Zwolle", -10), ("Kampen", 10), ("Meppel", 40)):
        make_meeting(make_community(), starts_at=timezone.now() + timedelta(days=days), city=city)
    html = client.get(INDEX).content.decode()
    assert re.findall(r'map__name"[^>]*>(\w+)<', html) == ["Kampen", "Meppel"]


def test_list_hides_members_only_leerkringen_and_meetings(client):
    hidden = make_community(title="Besloten kring", visibility=Visibility.MEMBERS)
    make_meeting(make_community(), visibility=Visibility.MEMBERS, city="Verborgenstad")
    text = read(client, INDEX)
    assert "Besloten kring" not in text
    assert "Verborgenstad" not in text
    client.force_login(make_membership(hidden).user)
    assert "Besloten kring" in read(client, INDEX)


def test_empty_leerkring_has_a_sentence_for_all_that_is_missing(client):
    text = read(client, make_community().page.url)
    assert "De eerste datum is nog niet gekozen." in text
    assert "Hier zit nog niemand." in text


def test_leerkring_shows_the_day_of_the_next_meeting(client):
    community = make_community()
    make_meeting(community, starts_at=timezone.now() - timedelta(days=30), city="Zwolle")
    following = make_meeting_page(community, city="Kampen")
    make_programme(following, 45, 90)
    make_meeting(community, starts_at=timezone.now() + timedelta(days=90), city="Meppel")
    text = read(client, community.page.url)
    assert "De dag in Kampen" in text
    assert "Onderdeel 1" in text
    for state, city in [("held", "Zwolle"), ("next", "Kampen"), ("open", "Meppel")]:
        assert f'<li class="{state}"><b><a href=' in text
        assert city in text


def test_cancelled_meeting_is_never_next(client):
    community = make_community()
    make_meeting(community, city="Kampen", status="cancelled", cancel_reason="Storm.")
    make_meeting(community, starts_at=timezone.now() + timedelta(days=60), city="Meppel")
    make_meeting(
        community,
        starts_at=timezone.now() - timedelta(days=60),
        city="Ommen",
        status="cancelled",
        cancel_reason="Storm.",
    )
    text = read(client, community.page.url)
    assert "De dag in Meppel" in text
    assert "gaat niet door" in text
    assert "Ommen" not in text


def test_last_meeting_was_held(client):
    community = make_community()
    make_meeting(community, starts_at=timezone.now() - timedelta(days=30))
    assert "Alle bijeenkomsten van deze editie zijn geweest." in read(client, community.page.url)


def test_seats_have_names_for_members_alone(client):
    community = make_community()
    for number in range(2):
        make_membership(
            community, make_user(first_name="Joris", last_name="Kok", organisation=f"Gemeente {number}")
        )
    visitor = read(client, community.page.url)
    assert "Joris Kok" not in visitor
    assert "2 leden uit 2 organisaties" in " ".join(visitor.split())
    client.force_login(make_membership(community).user)
    assert "Joris Kok" in read(client, community.page.url)


@pytest.mark.parametrize(
    ("status", "joining", "sentence"),
    [
        (None, "request", "Meld je aan"),
        (None, "open", "Meld je aan"),
        (None, "invited", "Aan deze leerkring doe je mee op uitnodiging."),
        ("asked", "request", "Je verzoek ligt bij de coördinatoren."),
        ("invited", "invited", "Beantwoord je uitnodiging"),
        ("active", "request", "Je bent lid"),
        ("declined", "request", "Vraag het opnieuw"),
        ("left", "request", "Meld je aan"),
    ],
)
def test_standing_of_the_reader_is_one_clear_thing(client, status, joining, sentence):
    community = make_community(joining=joining)
    user = make_user()
    if status:
        make_membership(community, user, status=MembershipStatus(status))
    client.force_login(user)
    assert sentence in read(client, community.page.url)


def test_coordinator_sees_how_many_ask(client):
    community = make_community()
    make_membership(community, status=MembershipStatus.ASKED)
    client.force_login(make_coordinator_of(community))
    text = read(client, community.page.url)
    assert '<span class="badge badge--oker">1</span>' in text
    assert f"/beheer/pages/{community.page.pk}/edit/" in text


def test_all_that_an_editor_wrote_stands_there(client):
    page = make_leerkring_page(
        body=[
            ("heading", "Waarom"),
            ("paragraph", "<p>Omdat het <b>moet</b>.</p>"),
            ("quote", {"text": "Ik kom voor de vraag.", "source": "Een deelnemer"}),
            ("links", [{"text": "Lees meer", "url": "https://voorbeeld.test/"}]),
        ],
        partners=[("partner", {"name": "Erasmus Universiteit", "url": "https://eur.test/"})],
        harvest=[("line", {"city": "Zwolle", "sentence": "Vraag eerder om hulp."})],
    )
    text = read(client, page.url)
    for part in (
        "<h2>Waarom</h2>",
        "Omdat het <b>moet</b>.",
        "Ik kom voor de vraag.",
        'href="https://voorbeeld.test/"',
        "Erasmus Universiteit",
        "Vraag eerder om hulp.",
    ):
        assert part in text


def test_meeting_shows_day_place_and_programme(client):
    page = make_meeting_page(
        host="Gemeente Kampen",
        venue="Stadskazerne",
        address="Oudestraat 216",
        directions="Tien minuten lopen.",
        intro="Trek laarzen aan.",
    )
    make_programme(page, 45, 90)
    text = read(client, page.url)
    for part in (
        "Gemeente Kampen",
        "Stadskazerne",
        "Oudestraat 216",
        "Tien minuten lopen.",
        "Trek laarzen aan.",
    ):
        assert part in text
    assert text.index("Onderdeel 0") < text.index("Onderdeel 1")
    assert "90 min" in text


def test_meeting_without_a_programme_says_so(client):
    assert "werken er nog aan" in read(client, make_meeting_page().page_ptr.specific.url)


@pytest.mark.parametrize(
    ("status", "kind", "joining", "sentence"),
    [
        ("", "information", "request", "Log in om te zeggen dat je komt"),
        (None, "information", "request", "Kom je?"),
        ("", "meeting", "request", "Word lid"),
        (None, "meeting", "open", "Deze dag is voor leden van de leerkring."),
        (None, "meeting", "invited", "Aan deze leerkring doe je mee op uitnodiging."),
        ("asked", "meeting", "request", "Je verzoek ligt bij de coördinatoren."),
        ("invited", "meeting", "request", "Beantwoord je uitnodiging"),
        ("active", "meeting", "request", "Kom je?"),
    ],
)
def test_meeting_says_how_one_comes(client, status, kind, joining, sentence):
    """`status` is that of the reader in the leerkring; "" is a visitor, None somebody with an account alone."""
    meeting = make_meeting(make_community(joining=joining), kind=kind)
    if status != "":
        user = make_user()
        client.force_login(user)
        if status:
            make_membership(meeting.community, user, status=MembershipStatus(status))
    assert sentence in read(client, meeting.page.url)


def test_a_meeting_of_the_past_is_not_put_in_a_calendar(client):
    community = make_community()
    to_come = make_meeting(community)
    held = make_meeting(community, starts_at=timezone.now() - timedelta(days=9))
    assert "Zet in je agenda" in read(client, to_come.page.url)
    assert "Zet in je agenda" not in read(client, held.page.url)


@pytest.mark.parametrize("fields", [{"status": "cancelled", "cancel_reason": "Storm."}, {"over": True}])
def test_meeting_that_is_off_or_over_asks_for_nothing(client, fields):
    if fields.pop("over", False):
        fields["starts_at"] = timezone.now() - timedelta(days=30)
    meeting = make_meeting(**fields)
    text = read(client, meeting.page.url)
    assert "komt mee" not in text
    client.force_login(make_membership(meeting.community).user)
    assert "Plan een intervisie" not in read(client, meeting.page.url)


def test_coordinator_is_led_to_the_desk_for_the_meetings_of_the_own_leerkring(client):
    meeting = make_meeting()
    page, home = meeting.page, meeting.community.page
    edit, plan = f"/beheer/pages/{page.pk}/edit/", f"/beheer/pages/add/communities/meetingpage/{home.pk}/"
    for reader in (make_membership(meeting.community).user, make_coordinator_of(make_community())):
        client.force_login(reader)
        assert edit not in read(client, page.url)
        assert plan not in read(client, home.url)
    client.force_login(make_coordinator_of(meeting.community))
    assert edit in read(client, page.url)
    assert plan in read(client, home.url)
    assert client.get(plan).status_code == 200


def test_meeting_leads_its_members_to_an_intervisie_on_that_day(client):
    meeting = make_meeting()
    address = f"/intervisie/nieuw/?leerkring={meeting.community.slug}&amp;bijeenkomst={meeting.slug}"
    assert address not in read(client, meeting.page.url)
    client.force_login(make_membership(meeting.community).user)
    assert address in read(client, meeting.page.url)
    day = timezone.localtime(meeting.starts_at).strftime("%Y-%m-%d")
    assert f'value="{day}"' in read(client, address.replace("&amp;", "&"))


def test_times_are_written_as_in_each_language(client):
    page = make_meeting_page(starts_at=timezone.make_aware(timezone.datetime(2030, 12, 12, 9, 30)))
    assert "Donderdag 12 december 2030, 9.30\u00a0tot\u00a016.30\u00a0uur, Kampen" in read(client, page.url)
    client.cookies["language"] = "en"
    assert "Thursday 12 December 2030, 9:30\u00a0to\u00a016:30, Kampen" in read(client, page.url)


def test_text_of_editors_and_members_is_escaped(client):
    community = make_community(title="<script>1</script>", question="<img src=x>")
    row = make_membership(community, status=MembershipStatus.ASKED, motivation="<script>2</script>")
    meeting = make_meeting(
        community, title="<script>3</script>", intro="<script>4</script>", directions="<b>5</b>"
    )
    client.force_login(make_coordinator_of(community, first_name="<i>6</i>"))
    for url in (INDEX, community.page.url, meeting.page.url, f"/kring/{row.community.slug}/verzoeken/"):
        text = read(client, url)
        for bad in ("<script>1", "<img src=x>", "<script>2", "<script>3", "<script>4", "<b>5", "<i>6"):
            assert bad not in text


def test_page_of_an_unpublished_leerkring_is_not_found(client):
    page = make_leerkring_page()
    meeting = make_meeting(page.community)
    LeerkringPage.objects.get(pk=page.pk).unpublish()
    for url in (page.url, meeting.page.url, f"/kring/{page.slug}/aanmelden/"):
        client.force_login(make_user())
        assert client.get(url).status_code == 404
