"""The gossip method: who sits with the back to the group reads along and gets no name in any byte."""

import json

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.table import Guest, everybody
from tests.support.server import Server

pytestmark = pytest.mark.e2e


def test_the_turned_bringer_gets_no_name(server: Server, browser: Browser) -> None:
    scene = server.scene(people=5, method="ROD")
    lead, bringer, *others = (Guest(browser, server, scene, seat, phone=seat == 5) for seat in range(1, 6))
    guests = [lead, bringer, *others]
    everybody(guests, Guest.enter)
    everybody(guests, Guest.agree)
    lead.press_on()
    everybody(guests, lambda guest: guest.at_step(1))
    for guest in (bringer, *others):
        guest.say(f"Situatie van {guest.name}")
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(2))
    for guest in others:
        guest.give_dots(f"Situatie van {bringer.name}", 3)
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(3))
    bringer.say("Ik werk hard aan een stoel waar niemand op let.")
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(4))
    lead.goes_on()

    everybody(guests, lambda guest: guest.at_step(5))
    heard_before = len(bringer.frames)
    gossip = ["Hij schrijft liever dan dat hij belt.", "Misschien is het een fijne stoel.", "Wie vroeg erom?"]
    for guest, line in zip(others, gossip, strict=True):
        guest.say(line)
        everybody(guests, lambda other, line=line: other.reads(line))
        others[0].reads(line)

    names = [word for guest in (lead, *others) for word in guest.name.split()]
    for frame in bringer.frames[heard_before:]:
        assert not [name for name in names if name in frame], "no name in what came over the line"
        for op in json.loads(frame).get("o", ()):
            if op[0] == "item":
                assert op[1]["by"] is None
    _reads_without_names(bringer, names, gossip)
    bringer.page.reload()
    bringer.live()
    _reads_without_names(bringer, names, gossip)
    hello = next(json.loads(frame) for frame in reversed(bringer.frames) if '"t":"hello"' in frame)
    assert {item["by"] for item in hello["view"]["items"] if item["text"] in gossip} == {None}

    bringer.page.locator("[data-part=said] li.thread", has_text=gossip[0]).locator(
        "button[value=mark]"
    ).click()
    pressed = bringer.page.locator("[data-part=said] button[value=mark][aria-pressed=true]")
    expect(pressed).to_have_count(1)
    notes = bringer.page.locator("[data-part=tools] textarea[name=text]")
    notes.fill("Dit raakt me")
    bringer.page.click("[data-part=tools] button[value=note]")
    expect(bringer.page.locator("[data-part=tools] .notes")).to_contain_text("Dit raakt me")
    for do in ("say", "chat", "ready"):
        answer = bringer.send({"do": do, "text": "Mag ik even", "on": True})
        assert (answer["t"], answer["code"]) == ("no", "turned")
    for guest in (lead, *others):
        assert not [frame for frame in guest.frames if "Dit raakt me" in frame or "Mag ik even" in frame]

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(6))
    bringer.say("De eerste raakte me.")
    everybody(guests, lambda guest: guest.reads("De eerste raakte me."))
    hello_again = bringer.send({"do": "stop", "text": "Even adem", "anonymous": True})
    assert hello_again["t"] in ("d", "ack")
    for guest in guests:
        expect(guest.page.locator("[data-part=stops]")).to_contain_text("Even adem")
        assert guest.faults == []


def _reads_without_names(bringer: Guest, names: list[str], gossip: list[str]) -> None:
    shown = bringer.page.locator("[data-part=said]")
    for line in gossip:
        expect(shown).to_contain_text(line)
    html = shown.inner_html()
    assert not [name for name in names if name in html]
