"""Who leads while the line of the facilitator is down, and who brought a case how often."""

import asyncio
from pathlib import Path
from uuid import uuid4

import pytest

from intervisie import actions, engine
from intervisie.engine import Lend, Restore
from intervisie.engine import commands as c
from intervisie.models import Participant
from intervisie.queries import times_brought
from intervisie.realtime.leads import Leads
from tests.intervisie.engine_support import Game
from tests.intervisie.factories import do, make_circle, make_session
from tests.support.client import RoomClient
from tests.support.server import Server
from tests.tafelronde.factories import make_user

SESSION = uuid4()


# The watch


def watching() -> tuple[Leads, Game]:
    return Leads(grace=30), Game("INC6", 4).start()


def asked(leads: Leads, game: Game, here: set[int], now: float) -> list[object]:
    return list(leads.watch(SESSION, game.state, frozenset(here), now))


def test_nothing_is_lent_within_the_grace_time() -> None:
    leads, game = watching()
    assert asked(leads, game, {2, 3}, 100) == []
    assert asked(leads, game, {2, 3}, 129) == []
    assert asked(leads, game, {2, 3}, 130) == [Lend(1, frozenset({2, 3}))]


def test_who_is_back_in_time_begins_anew() -> None:
    leads, game = watching()
    assert asked(leads, game, {2, 3}, 100) == asked(leads, game, {1, 2}, 120) == []
    assert asked(leads, game, {2, 3}, 125) == asked(leads, game, {2, 3}, 154) == []
    assert asked(leads, game, {2, 3}, 155)


def test_another_facilitator_at_the_table_is_enough() -> None:
    leads, game = watching()
    game.do(c.Appoint(1, 2, "facilitator"))
    assert asked(leads, game, {2, 3}, 0) == asked(leads, game, {2, 3}, 60) == []


def test_the_lead_is_given_back_and_nothing_is_asked_twice_at_once() -> None:
    leads, game = watching()
    asked(leads, game, {2, 3}, 0)
    (lend,) = asked(leads, game, {2, 3}, 40)
    assert asked(leads, game, {2, 3}, 41) == []
    assert isinstance(lend, Lend)
    game.do(lend)
    assert (game.state.lent, game.lead) == ({1: 2}, 2)
    (restore,) = asked(leads, game, {1, 2, 3}, 60)
    assert restore == Restore(1)
    game.do(restore)
    assert (game.state.lent, game.lead) == ({}, 1)


def test_nobody_leads_for_an_empty_table() -> None:
    leads, game = watching()
    asked(leads, game, set(), 0)
    assert asked(leads, game, set(), 60) == []


# Whose turn it is to bring


@pytest.mark.django_db
def test_who_brought_a_case_is_known_next_time() -> None:
    lead, joris, saskia = make_user(), make_user(), make_user()
    circle = make_circle(lead, joris, saskia)
    first = make_session(lead, members=[joris, saskia], community=circle, method="WIS")
    actions.load_room(first.pk)
    for user in (lead, joris, saskia):
        do(first, user, "agree")
    do(first, lead, "start")
    assert list(Participant.objects.filter(brought=True).values_list("user", flat=True)) == [joris.pk]
    second = make_session(lead, members=[joris, saskia], community=circle)
    assert times_brought(second, [lead.pk, joris.pk, saskia.pk]) == {joris.pk: 1}
    state = actions.load_room(second.pk).state
    assert state is not None
    assert {seat: person.brought for seat, person in state.people.items()} == {1: 0, 2: 1, 3: 0}


@pytest.mark.django_db
def test_what_another_circle_did_does_not_count() -> None:
    lead, joris = make_user(), make_user()
    first = make_session(lead, members=[joris], community=make_circle(lead, joris))
    Participant.objects.filter(session=first, user=joris).update(brought=True)
    other = make_session(lead, members=[joris], community=make_circle(lead, joris))
    assert times_brought(other, [joris.pk]) == {}


# With a server


@pytest.mark.server
def test_the_deputy_leads_while_the_line_is_down_and_hands_back(tmp_path: Path) -> None:
    server = Server(tmp_path, ROOM_LEAD_GRACE="2")
    server.migrate()
    server.start()
    try:
        asyncio.run(_lead_lent_and_given_back(server))
    finally:
        server.stop()


async def _lead_lent_and_given_back(server: Server) -> None:
    scene = server.scene(people=4, method="INC6", agree=True, start=True)

    def client(seat: int) -> RoomClient:
        return RoomClient(server.origin, scene["session"], scene["cookie"], scene["people"][seat - 1]["key"])

    async with client(2), client(3) as three:
        async with client(1) as lead:
            await lead.do("appoint", to=3, what="deputy")
        await three.until(lambda view: view["me"]["role"] == "F")
        async with client(1) as lead:
            await lead.until(lambda view: view["me"]["role"] == "F")
            await three.until(lambda view: view["me"]["role"] == "C")


def test_the_engine_lends_once_however_many_processes_ask() -> None:
    game = Game("INC6", 4).start()
    lend = Lend(1, frozenset({2, 3}))
    game.do(lend)
    assert game.do(lend) == ()
    assert engine.role_of(game.state, 2) == "F"
    game.do(Restore(1))
    assert game.do(Restore(1)) == ()
