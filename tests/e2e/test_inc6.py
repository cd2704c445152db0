"""Six people play the incident method to its end, while one reloads, one is cut off, and one types at a bad moment."""

import time
from collections import Counter

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.e2e.table import Guest, everybody
from tests.support.browser import launch
from tests.support.proxy import Line
from tests.support.server import Server

pytestmark = pytest.mark.e2e

CUT_SECONDS = 10


def test_six_people_play_the_incident_method(
    server: Server, browser: Browser, playwright: Playwright
) -> None:
    scene = server.scene(people=6, method="INC6")
    line = Line(server.port)
    # The same address for the person and the server, another way to it: a line that can be cut (settled 25).
    mapped = f"--host-resolver-rules=MAP localhost:{server.port} 127.0.0.1:{line.port}"
    far = launch(playwright, mapped)
    lead, bringer, reloader, typist = (Guest(browser, server, scene, seat) for seat in (1, 2, 3, 4))
    cut = Guest(far, server, scene, 5)
    phone = Guest(browser, server, scene, 6, phone=True)
    guests = [lead, bringer, reloader, typist, cut, phone]
    members = guests[1:]

    everybody(guests, Guest.enter)
    everybody(guests, Guest.agree)
    lead.press_on()

    everybody(guests, lambda guest: guest.at_step(1))
    for number, guest in enumerate(members):
        guest.say(f"Situatie {number} van {guest.name}")
    pitch = f"Situatie 0 van {bringer.name}"
    everybody(guests, lambda guest: guest.reads(f"Situatie 4 van {phone.name}"))
    lead.goes_on()

    everybody(guests, lambda guest: guest.at_step(2))
    for guest in (reloader, typist, phone):
        guest.give_dots(pitch, 2)
    lead.goes_on()

    everybody(guests, lambda guest: guest.at_step(3))
    bringer.say("In de stuurgroep is iedereen voor, en daarna blijft het stil.")
    lead.goes_on()

    everybody(guests, lambda guest: guest.at_step(4))
    reloader.say("Wat zeggen ze als je belt?")
    bringer.answer("Wat zeggen ze als je belt?", "Dat het nog langs het college moet.")
    reloader.field.fill("Ik was nog bezig met")
    reloader.page.reload()
    reloader.live()
    expect(reloader.field).to_have_value("Ik was nog bezig met")
    reloader.say("Ik was nog bezig met een tweede vraag")

    line.cut()
    began = time.monotonic()
    expect(cut.page.locator("[data-part=line]")).not_to_have_text("")
    cut.say("Deze vraag stelde ik zonder verbinding")
    phone.say("Wie schrijft de stukken?")
    bringer.answer("Wie schrijft de stukken?", "Wij.")
    time.sleep(max(0.0, CUT_SECONDS - (time.monotonic() - began)))
    line.mend()
    cut.live()
    everybody(guests, lambda guest: guest.reads("Deze vraag stelde ik zonder verbinding"))
    cut.reads("Wij.")
    expect(cut.page.locator("[data-part=line]")).to_have_text("")

    typist.field.fill("Een vraag die net te laat")
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(5))
    expect(typist.page.locator("[data-part=kept]")).to_contain_text("Een vraag die net te laat")

    _the_listening_bringer_gets_nothing_through(bringer, guests)

    for step, stem in ((5, "De kern is"), (6, "Ik zou")):
        everybody(guests, lambda guest, step=step: guest.at_step(step))
        for guest in (reloader, typist, cut, phone):
            guest.say(f"{stem} volgens {guest.name}")
        everybody(guests, lambda guest, stem=stem: guest.reads(f"{stem} volgens {phone.name}"))
        lead.goes_on()

    everybody(guests, lambda guest: guest.at_step(7))
    bringer.say("Ik bel drie griffiers", date="2027-01-14")
    everybody(guests, lambda guest: guest.reads("Ik bel drie griffiers"))
    lead.goes_on()
    everybody(guests, lambda guest: expect(guest.page.locator("[data-phase=closing]")).to_be_attached())
    for guest in guests:
        guest.say(f"Ik neem mee, {guest.name}")
    everybody(guests, lambda guest: guest.reads(f"Ik neem mee, {phone.name}"))
    _all_have_the_same(guests)
    lead.press_on()
    everybody(guests, lambda guest: guest.page.locator("a[href$='/opbrengst/']").first.click())
    for guest in guests:
        expect(guest.page.locator("main")).to_contain_text("Ik bel drie griffiers")
        expect(guest.page.locator("main")).to_contain_text(f"Ik neem mee, {bringer.name}")
        assert guest.faults == []
    line.close()
    far.close()


def _the_listening_bringer_gets_nothing_through(bringer: Guest, guests: list[Guest]) -> None:
    """No tool, no form post and no socket message of somebody who only listens; the refusal is a sentence."""
    expect(bringer.field).to_have_count(0)
    assert bringer.post(do="say", text="Ja maar zo zit het niet", tool="say") in (403, 409)
    for command in (
        {"do": "say", "text": "Ja maar zo zit het niet"},
        {"do": "ready", "on": True},
        {"do": "pass"},
    ):
        answer = bringer.send(command)
        assert (answer["t"], answer["code"]) == ("no", "listening")
        assert answer["text"].endswith(".")
    for guest in guests:
        assert "Ja maar zo zit het niet" not in guest.texts()


def _all_have_the_same(guests: list[Guest]) -> None:
    expected = Counter(guests[0].texts())
    assert set(expected.values()) == {1}, "nothing is doubled"
    assert len(expected) >= 5 + 1 + 4 + 2 + 8 + 1 + 6
    for guest in guests:
        assert Counter(guest.texts()) == expected, f"{guest.name} sees the same as the others"
