"""The short Socratic dialogue, brought by somebody whose browser runs no script: all goes by forms."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.table import Guest, PlainGuest, everybody
from tests.e2e.test_pages import barriers
from tests.support.server import Server

pytestmark = pytest.mark.e2e

FACT = "Hoeveel mensen doen er mee?"
WARM = "Wat staat er voor jou op het spel?"
SECOND = "Hoe weet je dat het stil is?"
COLD = "Wie zit dat overleg voor?"
ANEW = "Hoe durf ik de stilte te laten duren?"


def test_a_bringer_without_script_labels_and_answers_open_questions(server: Server, browser: Browser) -> None:
    scene = server.scene(people=5, method="SOC7", agree=True)
    lead, asker, phone = (Guest(browser, server, scene, seat, phone=seat == 5) for seat in (1, 3, 5))
    typist = Guest(browser, server, scene, 4)
    bringer = PlainGuest(browser, server, scene, 2)
    guests = [lead, bringer, asker, typist, phone]
    everybody(guests, Guest.enter)
    lead.brings(bringer.name)
    lead.press_on()

    everybody(guests, lambda guest: guest.at_step(1))
    asker.say(FACT)
    asker.reads(FACT)
    bringer.answer(FACT, "Twaalf, en twee praten er.")
    everybody(guests, lambda guest: guest.reads("Twaalf, en twee praten er."))

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(2))
    asker.say(WARM)
    asker.reads(WARM)
    typist.types(SECOND)
    typist.reads(SECOND)
    phone.say(COLD)
    phone.reads(COLD)
    asker.shows("soc7-write")
    lead.shows("soc7-write-lead")
    assert not any(bringer.got(question) for question in (WARM, SECOND, COLD))

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(3))
    for question, label in ((WARM, 1), (SECOND, 3), (SECOND, 1), (COLD, 3)):
        bringer.judges(question, label)
    bringer.shows("soc7-label-bringer-plain")
    assert barriers(lead.page) == []

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(4))
    expect(bringer.page.locator("[data-part=said] li.thread")).to_have_count(2)
    bringer.answer(WARM, "Dat ze denken dat ik het niet aankan.")
    bringer.answer(SECOND, "Ik hoor alleen mezelf.")
    phone.reads("Dat ze denken dat ik het niet aankan.")
    phone.say("Wat zou er in die stilte gebeuren?")
    asker.reads("Wat zou er in die stilte gebeuren?")
    bringer.answer("Wat zou er in die stilte gebeuren?", "Dan zegt iemand anders iets.")
    everybody(guests, lambda guest: guest.reads("Dan zegt iemand anders iets."))
    phone.shows("soc7-answer")
    assert barriers(phone.page) == []

    lead.goes_on()
    bringer.at_step(5)
    bringer.say(ANEW)
    bringer.reads(ANEW)
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(6))
    everybody(guests, lambda guest: expect(guest.page.locator(".round__question")).to_have_text(ANEW))
    for guest in (asker, typist, phone):
        guest.say(f"Wat je helpt, zegt {guest.name}")
    everybody(guests, lambda guest: guest.reads(f"Wat je helpt, zegt {phone.name}"))
    bringer.shows("soc7-forces-bringer")
    expect(bringer.field).to_have_count(0)

    lead.goes_on()
    bringer.at_step(7)
    bringer.say("Ik tel tot tien voor ik iets zeg.", date="2027-03-15")
    everybody(guests, lambda guest: guest.reads("Ik tel tot tien voor ik iets zeg."))
    lead.goes_on()
    lead.press_on()
    for guest in guests:
        guest.looks()
        guest.page.locator("a[href$='/opbrengst/']").first.click()
        expect(guest.page.locator("main")).to_contain_text("Ik tel tot tien voor ik iets zeg.")
        expect(guest.page.locator("main")).to_contain_text(ANEW)
        assert guest.faults == []
