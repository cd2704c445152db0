"""The room as plain pages and forms: who gets in, what a post does, and that nothing typed is lost."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from intervisie import actions, engine
from intervisie.enums import SessionStatus
from intervisie.models import Entry
from tests.intervisie.factories import count_queries, do, make_case, make_session
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db


class Room:
    """A session at its table, seen through the browser without a script."""

    def __init__(self, client, members=4, **plan):
        self.client = client
        self.session = make_session(members=members, **plan)
        self.url = reverse("intervisie:room", args=[self.session.pk])
        self.people = [
            seat.user for seat in self.session.participants.order_by("seat").select_related("user")
        ]
        self.lead = self.people[0]

    def agree(self):
        actions.load_room(self.session.pk)
        for person in self.people:
            do(self.session, person, "agree")
        return self

    def start(self):
        self.agree()
        do(self.session, self.lead, "start")
        return self

    def to(self, step):
        """On to a step; the second person brings the case."""
        while self.step["id"] != step:
            if self.step["id"] == "pitch":
                while (seat := self.step["floor"]) is not None:
                    do(self.session, self.people[seat - 1], "say", text=f"Casus van stoel {seat}")
            if self.step["id"] == "choose":
                pitch = next(item["id"] for item in self.view(2)["items"] if item["by"] == 2)
                do(self.session, self.people[2], "vote", item=pitch, value=3)
            self.advance()
        return self

    def advance(self):
        do(self.session, self.lead, "advance", visit=self.step["visit"])

    def view(self, seat=1):
        return engine.view(actions.load_room(self.session.pk).state, seat)

    @property
    def step(self):
        return self.view()["step"]

    def get(self, person):
        self.client.force_login(person)
        return self.client.get(self.url)

    def post(self, person, do, tool="", **fields):
        """A post as the page of now would make it."""
        self.client.force_login(person)
        visit = fields.pop("visit", (self.step or {}).get("visit", ""))
        return self.client.post(
            self.url, {"id": str(uuid4()), "visit": visit, "tool": tool, "do": do, **fields}
        )


@pytest.fixture
def room(client):
    return Room(client)


# Who gets in


def test_room_asks_to_log_in(client, room):
    response = client.get(room.url)
    assert response.status_code == 302 and "next=" in response["Location"]


def test_room_is_not_there_for_who_was_not_asked(room):
    assert room.get(make_user()).status_code == 404


def test_room_is_forbidden_for_who_did_not_accept(client):
    session = make_session(accepted=False)
    seat = session.participants.exclude(user=session.organiser).first()
    client.force_login(seat.user)
    assert client.get(reverse("intervisie:room", args=[session.pk])).status_code == 403


@pytest.mark.parametrize("status", [SessionStatus.CANCELLED, SessionStatus.ERASED])
def test_room_that_is_gone_leads_to_the_sessions_page(room, status):
    room.session.status = status
    room.session.save(update_fields=["status"])
    assertRedirects(room.get(room.lead), reverse("intervisie:session", args=[room.session.pk]))


# What it shows


def test_lobby_shows_who_is_there_and_the_agreement(room):
    response = room.get(room.people[1])
    assertContains(response, "Dit gaan we doen")
    assertContains(response, 'name="do" value="agree"')
    for person in room.people:
        assertContains(response, person.get_full_name())


def test_video_link_opens_beside_the_table(client):
    room = Room(client, video_url="https://video.example.org/tafel")
    link = 'href="https://video.example.org/tafel" target="_blank" rel="noopener noreferrer"'
    assertContains(room.get(room.lead), link)


def test_every_form_carries_its_own_id_and_the_visit(room):
    page = room.start().get(room.people[1]).content.decode()
    ids = re.findall(r'name="id" value="([^"]+)"', page)
    assert len(ids) == len(set(ids)) > 1
    assert set(re.findall(r'name="visit" value="([^"]*)"', page)) == {"1"}


def test_now_is_the_current_step_of_the_rail(room):
    page = room.start().get(room.lead).content.decode()
    assert len(re.findall(r'aria-current="step"', page)) == 1
    assert re.search(
        r'class="rail__step rail__step--now[^>]*aria-current="step"><span class="rail__title">Inbrengen', page
    )


def test_page_has_no_inline_style_or_script(room):
    page = room.start().get(room.lead).content.decode()
    assert " style=" not in page and "<style" not in page
    assert not re.search(r"\son\w+=", page)
    scripts = re.findall(r"<script([^>]*)>", page)
    assert all("src=" in script or 'type="application/json"' in script for script in scripts)


def test_ended_room_leads_to_the_harvest(room):
    room.start().to("intention").advance()
    do(room.session, room.lead, "end")
    assertContains(room.get(room.people[1]), reverse("intervisie:harvest", args=[room.session.pk]))


def test_page_costs_as_many_queries_for_three_as_for_fifteen(client):
    few, many = Room(client, members=3).start(), Room(client, members=15).start()
    counts = []
    for room in (few, many):
        client.force_login(room.lead)
        counts.append(count_queries(client, room.url))
    assert counts[0] == counts[1] <= 8


# Posting


def test_post_does_the_command_and_leads_back(room):
    response = room.post(room.people[1], "agree", kept="on")
    assertRedirects(response, room.url, status_code=303)
    assert room.view(2)["seats"][1]["agreed"]


def test_post_that_comes_twice_happens_once(room):
    room.start().to("facts")
    command = str(uuid4())
    for _ in range(2):
        response = room.post(room.people[2], "say", id=command, text="Hoe lang al?")
        assert response.status_code == 303
    assert [item["text"] for item in room.view()["items"] if item["kind"] == "question"] == ["Hoe lang al?"]


def test_contribution_is_on_everybodys_page(room):
    room.start().to("facts")
    room.post(room.people[2], "say", text="Wie besliste <b>dat</b>?")
    assertContains(room.get(room.people[3]), "Wie besliste &lt;b&gt;dat&lt;/b&gt;?")


def test_whole_round_can_be_played_by_forms(room):
    """Pitch, pass, dots, question, answer, changing and taking back: all without a script."""
    room.start()
    lead, bringer, other = room.people[:3]
    assert room.post(bringer, "say", text="Mijn casus", tool="say-pitch-1").status_code == 303
    assert room.post(other, "pass").status_code == 303
    assert room.post(lead, "advance").status_code == 303
    pitch = room.view()["items"][0]["id"]
    assert room.post(other, "vote", item=pitch, value="2").status_code == 303
    assert room.post(lead, "advance").status_code == 303
    assert room.view()["session"]["bringer"] == 2
    assert room.post(lead, "advance").status_code == 303
    assert room.post(other, "say", text="Sinds wanneer?").status_code == 303
    question = room.view()["items"][-1]["id"]
    assert room.post(bringer, "say", text="Sinds mei", parent=question).status_code == 303
    assert room.post(other, "edit", item=question, text="Sinds wanneer precies?").status_code == 303
    assertContains(room.get(bringer), "Sinds wanneer precies?")
    assert room.post(other, "withdraw", item=question).status_code == 303
    assertNotContains(room.get(lead), "Sinds wanneer precies?")


def test_prepared_case_needs_no_words(client):
    room = Room(client)
    bringer = room.people[1]
    actions.bring_case(bringer, room.session, case=make_case(bringer, question="Hoe houd ik ze aan tafel?"))
    room.start()
    assertContains(room.get(bringer), 'name="case"')
    assert room.post(bringer, "say", text="", case="true").status_code == 303
    assert room.view()["items"][0]["text"] == "Hoe houd ik ze aan tafel?"


def test_stale_post_comes_back_with_its_text_and_why(room):
    room.start().to("facts")
    visit = room.step["visit"]
    room.advance()
    before = Entry.objects.count()
    response = room.post(
        room.people[2], "say", visit=visit, tool=f"say-question-{visit}", text="Te laat getypt"
    )
    assert response.status_code == 409
    assertContains(response, "Te laat getypt", status_code=409)
    assertContains(response, "intussen bij een andere stap", status_code=409)
    assert Entry.objects.count() == before


def test_refused_post_keeps_its_text_in_its_field(room):
    room.start()
    waiting = room.people[3]
    response = room.post(waiting, "say", tool="say-pitch-1", text="Ik ben nog niet aan de beurt")
    assert response.status_code == 409
    assertContains(response, "Ik ben nog niet aan de beurt", status_code=409)
    assertContains(response, "Je bent nog niet aan de beurt.", status_code=409)


def test_empty_post_says_so_at_its_field(room):
    room.start()
    response = room.post(room.people[1], "say", tool="say-pitch-1", text="   ")
    assertContains(response, 'id="say-pitch-1-error"', status_code=400)


@pytest.mark.parametrize("wish", ["say", "ready", "chat", "advance", "edit"])
def test_listening_bringer_gets_nothing_through(room, wish):
    room.start().to("diagnosis")
    before = Entry.objects.count()
    response = room.post(room.people[1], wish, text="Maar luister nou", item="x", on="true")
    assert response.status_code == 403
    assert Entry.objects.count() == before


def test_listening_bringer_is_told_why(room):
    room.start().to("diagnosis")
    response = room.post(room.people[1], "say", text="Maar luister nou")
    assertContains(response, "Maar luister nou", status_code=403)
    assertContains(response, "Je luistert nu", status_code=403)


def test_facilitator_can_go_back_from_the_closing(room):
    room.start().to("intention").advance()
    page = room.get(room.lead).content.decode()
    visit = re.search(r'name="visit" value="(\d+)"', page).group(1)
    assert room.post(room.lead, "back", visit=visit).status_code == 303
    assert room.step["id"] == "intention"


def test_tie_is_settled_on_the_page(room):
    room.start()
    while (seat := room.step["floor"]) is not None:
        do(room.session, room.people[seat - 1], "say", text=f"Casus van stoel {seat}")
    room.advance()
    response = room.post(room.lead, "advance", tool="lead")
    assert response.status_code == 409
    assertContains(response, 'value="choose"', status_code=409)
    pitch = room.view()["items"][1]["id"]
    assert room.post(room.lead, "choose", tool="lead", item=pitch).status_code == 303
    assertContains(room.get(room.people[2]), "badge--moss")


@pytest.mark.parametrize("fields", [{}, {"do": "fly"}, {"do": "say"}, {"do": "vote", "value": "9999999999"}])
def test_nonsense_is_refused_without_a_fault(room, fields):
    room.start()
    room.client.force_login(room.people[1])
    response = room.client.post(room.url, {"id": "no id", "visit": "1", **fields})
    assert response.status_code in (400, 403, 409)


# The back turned


def test_turned_bringers_page_holds_no_name_at_any_line(client):
    room = Room(client, method="ROD").start().to("gossip")
    for number, person in enumerate(room.people[2:]):
        do(room.session, person, "say", text=f"Regel {number}")
    page = room.get(room.people[1]).content.decode()
    said = page[page.index('data-part="said"') : page.index('data-part="tools"')]
    assert said.count("Regel ") == len(room.people) - 2
    assert "item__by" not in said
    assert not [
        person for person in room.people if person.first_name in said or person.get_full_name() in said
    ]
    assert "room-page--turned" in page


def test_turned_bringer_marks_and_notes_for_themselves_alone(client):
    room = Room(client, method="ROD").start().to("gossip")
    bringer = room.people[1]
    do(room.session, room.people[2], "say", text="Ze is te voorzichtig.")
    line = room.view(2)["items"][-1]["id"]
    assert room.post(bringer, "mark", item=line, on="true").status_code == 303
    assert room.post(bringer, "note", text="Dit raakt").status_code == 303
    assertContains(room.get(bringer), 'aria-pressed="true"')
    assertContains(room.get(bringer), "Dit raakt")
    for person in (room.lead, room.people[2]):
        assertNotContains(room.get(person), "Dit raakt")
