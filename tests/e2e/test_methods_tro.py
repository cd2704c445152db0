"""Troika consulting: trios at tables of their own, each with its question in turn, and nothing of it anywhere else."""

import json

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.table import Guest, at_table, everybody
from tests.e2e.test_pages import barriers
from tests.support.server import Server

pytestmark = pytest.mark.e2e

TOPICS = ("Mijn avonden", "Mijn ochtenden")  # in all that is said at the one table, and at the other


def test_trios_take_turns_at_their_own_tables_and_come_back(server: Server, browser: Browser) -> None:
    guests = at_table(browser, server, "TRO", people=7)
    lead, *members = guests
    lead.press_on()
    everybody(guests, lambda guest: guest.at_step(1))
    members[0].shows("tro-think")

    lead.press_on()
    everybody(members, lambda guest: guest.at_step(2))
    first, second = _tables(members)
    lead.shows("tro-tables-lead")
    assert barriers(lead.page) == []

    second[0].pauses()  # their clock goes on by itself, and they come second here
    turns = [_a_turn(table, topic) for table, topic in zip((first, second), TOPICS, strict=True)]
    for table, topic in zip((first, second), TOPICS, strict=True):
        assert [guest for guest in guests if guest.got(topic)] == sorted(table, key=guests.index)

    for table, bringer in zip((first, second), turns, strict=True):
        _next_one_brings(table, bringer)
    lead.shows("tro-second-turn-lead")
    first[0].chooses_way("close")
    everybody(first, lambda guest: expect(guest.page.locator(".tables__one--done")).to_have_count(1))
    first[0].shows("tro-through")
    second[0].chooses_way("close")

    everybody(guests, lambda guest: expect(guest.page.locator("[data-phase=closing]")).to_be_attached())
    everybody(guests, lambda guest: expect(guest.page.locator(".seat")).to_have_count(7))
    members[-1].types("Ik vraag vaker om hulp.")
    everybody(guests, lambda guest: guest.reads("Ik vraag vaker om hulp."))
    members[-1].shows("tro-closing")
    lead.press_on()
    everybody(guests, lambda guest: guest.page.locator("a[href$='/opbrengst/']").first.click())
    for guest in guests:
        harvest = guest.page.locator("main")
        expect(harvest).to_contain_text("Ik vraag vaker om hulp.")
        for table, topic in zip((first, second), TOPICS, strict=True):
            assert (topic in guest.drawn("opbrengst/")) == (guest in table)
        assert guest.faults == []
    first[0].shows("tro-harvest")


def _tables(members: list[Guest]) -> tuple[list[Guest], list[Guest]]:
    """Who sits with whom: three and three, as everybody sees it alike."""
    everybody(members, lambda guest: expect(guest.page.locator(".seat")).to_have_count(3))
    first = [guest for guest in members if guest.name in members[0].seated()]
    second = [guest for guest in members if guest not in first]
    for table in (first, second):
        assert len(table) == 3
        assert [guest.seated() for guest in table] == [{guest.name for guest in table}] * 3
    return first, second


def _bringer(table: list[Guest]) -> Guest:
    shown = table[0].page.locator(".seat--bringer .seat__label .visually-hidden")
    expect(shown).to_have_count(1)
    name = shown.inner_text()
    return next(guest for guest in table if name.startswith(guest.name))


def _a_turn(table: list[Guest], topic: str) -> Guest:
    """One of them brings a question, is asked about it, turns around, and comes back. Gives who that was."""
    bringer = _bringer(table)
    one, other = (guest for guest in table if guest is not bringer)
    question = f"{topic}: hoe krijg ik ze terug?"
    bringer.say(question)
    other.reads(question)
    one.goes_on()
    everybody(table, lambda guest: expect(guest.page.locator(".round__question")).to_have_text(question))
    one.say(f"{topic}: hoe vaak per week?")
    bringer.answer("hoe vaak per week?", f"{topic}: drie keer.")
    other.reads(f"{topic}: drie keer.")
    one.goes_on()
    everybody(table, lambda guest: guest.at_step(4))
    _behind_the_back(bringer, one, other, topic)
    one.goes_on()
    everybody(table, lambda guest: guest.at_step(5))
    bringer.say(f"{topic}: de telefoon blijft in de gang.")
    other.reads("de telefoon blijft in de gang.")
    return bringer


def _behind_the_back(bringer: Guest, one: Guest, other: Guest, topic: str) -> None:
    """The two talk; the bringer reads it without a name in any byte, and marks a line."""
    heard_before = len(bringer.frames)
    lines = [f"{topic}: ik zou de telefoon in de gang leggen.", f"{topic}: wie belt er dan?"]
    one.say(lines[0])
    other.types(lines[1])
    for line in lines:
        everybody([bringer, one, other], lambda guest, line=line: guest.reads(line))
    names = [word for guest in (one, other) for word in guest.name.split()]
    for frame in bringer.frames[heard_before:]:
        assert not [name for name in names if name in frame], "no name in what came over the line"
        assert {op[1]["by"] for op in json.loads(frame).get("o", ()) if op[0] == "item"} <= {None}
    said = bringer.page.locator("[data-part=said]").inner_html()
    assert not [name for name in names if name in said]
    bringer.marks(lines[0])
    if topic == TOPICS[0]:
        bringer.shows("tro-turned")
        one.shows("tro-consult")
        assert barriers(bringer.page) == []


def _next_one_brings(table: list[Guest], before: Guest) -> None:
    """After the last step the next one of the table has the first."""
    table[0].goes_on()
    everybody(table, lambda guest: guest.at_step(2))
    everybody(
        table, lambda guest: expect(guest.page.locator(".seat--bringer")).not_to_contain_text(before.name)
    )
    assert _bringer(table) is not before
