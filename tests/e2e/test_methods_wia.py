"""Action learning: only questions, a coach, and a gate that leads back until all agree on what the problem is."""

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.table import Guest, at_table, everybody
from tests.e2e.test_pages import barriers
from tests.support.server import Server

pytestmark = pytest.mark.e2e

PROBLEM = "Iedereen vindt het plan goed en niemand begint eraan."
OPINION = "Ik vind dat je ze een datum moet geven."
QUESTION = "Wie verliest er iets als het lukt?"
FIRST = "Een eerste zin van"
SECOND = "Een tweede zin van"
LEARNED = "Dat een vraag meer losmaakt dan een advies."


def test_a_coach_lets_nobody_solve_before_all_agree_on_the_problem(server: Server, browser: Browser) -> None:
    guests = at_table(browser, server, "WIA")
    coach, bringer, asker, typist, phone = guests
    members = guests[1:]
    coach.brings(bringer.name)
    expect(bringer.page.locator(".seat").filter(has_text="Saskia")).to_contain_text("coach")
    coach.press_on()

    everybody(guests, lambda guest: guest.at_step(1))
    bringer.say(PROBLEM)
    everybody(guests, lambda guest: guest.reads(PROBLEM))
    coach.goes_on()
    everybody(guests, lambda guest: guest.at_step(2))
    _only_questions(asker, typist, bringer, guests)
    _a_step_aside(phone, coach, guests)

    coach.goes_on()
    _an_attempt(FIRST, members, guests)
    coach.goes_on()
    everybody(guests, lambda guest: guest.at_step(4))
    for guest in (bringer, asker, typist):
        guest.judges(f"{FIRST} {bringer.name}", 1)
    phone.judges(f"{FIRST} {bringer.name}", 2)
    phone.shows("wia-agree")
    assert barriers(phone.page) == []
    coach.press_on()
    everybody(guests, lambda guest: guest.at_step(2))
    phone.shows("wia-back")
    coach.shows("wia-back-coach")
    expect(coach.page.locator("[data-part=said]")).to_contain_text(QUESTION)

    asker.say("Wat kost het jou als het niet lukt?")
    bringer.answer("Wat kost het jou", "Mijn geduld.")
    coach.goes_on()
    _an_attempt(SECOND, members, guests)
    coach.goes_on()
    everybody(guests, lambda guest: guest.at_step(4))
    for guest in members:
        expect(guest.place_of(FIRST).locator(".votes")).to_have_count(0)
        guest.judges(f"{SECOND} {bringer.name}", 1)
    coach.shows("wia-agree-coach")
    coach.goes_on()

    everybody(guests, lambda guest: guest.at_step(5))
    typist.types("Wat zou je morgen kunnen doen?")
    bringer.answer("Wat zou je morgen", "Eén collega vragen om te beginnen.")
    everybody(guests, lambda guest: guest.reads("Eén collega vragen"))
    coach.goes_on()
    everybody(guests, lambda guest: guest.at_step(6))
    bringer.say("Ik vraag Ruben om met mij te beginnen.", date="2027-02-02")
    everybody(guests, lambda guest: guest.reads("Ik vraag Ruben"))
    coach.goes_on()
    everybody(guests, lambda guest: guest.at_step(7))
    for guest in members[:-1]:
        guest.passes()
    phone.say(LEARNED)
    everybody(guests, lambda guest: guest.reads(LEARNED))
    phone.shows("wia-learn")
    coach.goes_on()
    coach.press_on()
    for guest in guests:
        guest.page.locator("a[href$='/opbrengst/']").first.click()
        for text in ("Ik vraag Ruben", LEARNED):
            expect(guest.page.locator("main")).to_contain_text(text)
        assert guest.faults == []
    coach.shows("wia-harvest")


def _only_questions(asker: Guest, typist: Guest, bringer: Guest, guests: list[Guest]) -> None:
    """What is no question is refused, at the place of the mistake, and what was typed stays there."""
    asker.say(OPINION)
    error = asker.form.locator(".field__error")
    expect(error).to_be_visible()
    expect(asker.field).to_have_value(OPINION)
    asker.shows("wia-refused")
    assert barriers(asker.page) == []
    asker.say(QUESTION)
    bringer.answer(QUESTION, "De afdeling die het plan schreef.")
    everybody(guests, lambda guest: guest.reads("De afdeling die het plan schreef."))
    bringer.say("Hoe gaat dat bij jullie?")
    everybody(guests, lambda guest: guest.reads("Hoe gaat dat bij jullie?"))
    typist.answer("Hoe gaat dat bij jullie?", "Net zo, en we lachen erom.")
    assert not any(guest.got(OPINION) for guest in guests)


def _a_step_aside(phone: Guest, coach: Guest, guests: list[Guest]) -> None:
    """Somebody who does not want to be known asks to look at how the talk goes; the coach takes it up."""
    before = [len(guest.frames) for guest in guests]
    phone.page.locator("a[data-dialog=meta-dialog]").click()
    dialog = phone.page.locator("#meta-dialog")
    dialog.locator("textarea").fill("We vragen door elkaar heen.")
    dialog.locator("input[name=anonymous]").check()
    phone.shows("wia-meta-dialog")
    dialog.locator("button[value=stop]").click()
    for guest in guests:
        told = _notice(guest)
        expect(told).to_contain_text("We vragen door elkaar heen.")
        expect(told).not_to_contain_text("Ilse")
    for guest, heard in zip(guests[:-1], before, strict=False):
        told_by = [frame for frame in guest.frames[heard:] if "door elkaar heen" in frame]
        assert told_by and not any("Ilse" in frame for frame in told_by)
    coach.shows("wia-meta-coach")
    _notice(coach).locator("button[value=clear_stop]").click()
    everybody(guests, lambda guest: expect(_notice(guest)).to_have_count(0))


def _notice(guest: Guest) -> Locator:
    return guest.page.locator("[data-key^=stop-]")


def _an_attempt(words: str, members: list[Guest], guests: list[Guest]) -> None:
    """Everybody writes down what the problem is, and nobody reads it before all have."""
    everybody(guests, lambda guest: guest.at_step(3))
    for guest in members:
        guest.say(f"{words} {guest.name}")
        guest.reads(f"{words} {guest.name}")
    for author in members:
        assert [guest for guest in guests if guest.got(f"{words} {author.name}")] == [author]
