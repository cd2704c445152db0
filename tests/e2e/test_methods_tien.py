"""The ten-step method: questions written in private, called warm, lukewarm or cold, and the warm ones answered."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.table import Guest, at_table, everybody
from tests.e2e.test_pages import barriers
from tests.support.server import Server

pytestmark = pytest.mark.e2e

STORY = "Mijn collega zegt in het overleg ja en mailt daarna nee. Hoe maak ik dat bespreekbaar?"
WARM = "Wat maakt dat jij het steeds weer oplost?"
LUKEWARM = "Hoe lang gaat dit al zo?"
COLD = "Wie is de baas van die collega?"
ANSWER = "Dat ik bang ben dat het anders blijft liggen."
ANEW = "Hoe laat ik het liggen zonder dat ik me schuldig voel?"
TIPS = ("Spreek af wanneer je nee zegt.", "Laat de stilte haar werk doen.", "Vraag wat de ander nodig heeft.")


def test_questions_are_private_until_the_bringer_calls_them_warm_or_cold(
    server: Server, browser: Browser
) -> None:
    lead, bringer, asker, typist, phone = guests = at_table(browser, server, "TIEN")
    askers = [asker, typist, phone]
    lead.shows("tien-lobby-lead")
    lead.brings(bringer.name)
    lead.press_on()
    everybody(guests, lambda guest: guest.at_step(1))
    bringer.say(STORY)
    everybody(guests, lambda guest: guest.reads(STORY))

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(2))
    asker.say(WARM)
    asker.reads(WARM)
    typist.types(LUKEWARM)
    typist.reads(LUKEWARM)
    phone.say(COLD)
    phone.reads(COLD)
    phone.shows("tien-questions")
    assert barriers(phone.page) == []
    _nobody_else_reads({WARM: asker, LUKEWARM: typist, COLD: phone}, guests)

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(3))
    everybody(guests, lambda guest: everybody([WARM, LUKEWARM, COLD], guest.reads))
    for question, label in ((WARM, 1), (LUKEWARM, 2), (COLD, 1), (COLD, 3)):
        bringer.judges(question, label)
    bringer.shows("tien-rate-bringer")
    asker.shows("tien-rate")
    assert barriers(bringer.page) == []
    expect(asker.page.locator("[data-part=said] .votes")).to_have_count(0)

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(4))
    bringer.answer(WARM, ANSWER)
    everybody(guests, lambda guest: guest.reads(ANSWER))
    bringer.shows("tien-answer-bringer")
    for question in (LUKEWARM, COLD):
        cold = bringer.page.locator("[data-part=said] li.thread", has_text=question)
        expect(cold).to_have_count(0)
    phone.shows("tien-answer")

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(5))
    typist.types("Wat zou er gebeuren als je een week niets doet?")
    bringer.answer("als je een week niets doet?", "Dan belt de wethouder.")

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(6))
    for guest in askers:
        guest.say(f"De kern volgens {guest.name}")
        guest.reads(f"De kern volgens {guest.name}")
    bringer.shows("tien-core-bringer")
    assert not bringer.got("De kern volgens")

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(7))
    everybody(askers, lambda guest: bringer.reads(f"De kern volgens {guest.name}"))
    bringer.say("Ik herken vooral de eerste zin.")
    bringer.reads("Ik herken vooral de eerste zin.")
    bringer.say(ANEW)
    bringer.shows("tien-redefine-bringer")

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(8))
    everybody(guests, lambda guest: expect(guest.page.locator(".round__question")).to_have_text(ANEW))
    bringer.say("Ik bel haar niet meer na.", date="2027-02-01")
    everybody(guests, lambda guest: guest.reads("Ik bel haar niet meer na."))

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(9))
    for guest, tip in zip(askers, TIPS, strict=True):
        guest.say(tip)
    everybody(guests, lambda guest: everybody(list(TIPS), guest.reads))
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(10))
    everybody([bringer, asker, typist], Guest.passes)
    phone.say("Ik los zelf ook te veel op.")
    bringer.reads("Ik los zelf ook te veel op.")
    lead.goes_on()
    everybody(guests, lambda guest: expect(guest.page.locator("[data-phase=closing]")).to_be_attached())
    typist.types("Minder bellen.")
    lead.reads("Minder bellen.")
    _the_harvest(lead, guests)


def _nobody_else_reads(written: dict[str, Guest], guests: list[Guest]) -> None:
    for text, author in written.items():
        assert [guest.name for guest in guests if guest.got(text)] == [author.name]


def _the_harvest(lead: Guest, guests: list[Guest]) -> None:
    lead.press_on()
    for guest in guests:
        guest.page.locator("a[href$='/opbrengst/']").first.click()
        harvest = guest.page.locator("main")
        for text in (ANEW, "Ik bel haar niet meer na.", "Minder bellen."):
            expect(harvest).to_contain_text(text)
        assert guest.faults == []
    guests[-1].shows("tien-harvest")
