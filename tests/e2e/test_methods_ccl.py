"""The case clinic: roles by vote, a silence, and a journal that nobody else ever sees."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.table import Guest, at_table, everybody
from tests.e2e.test_pages import barriers
from tests.support.server import Server

pytestmark = pytest.mark.e2e

STORY = "Ik zou graag een groep zien ontstaan die zichzelf draagt."
IMAGES = ("Ik zie een tent zonder haringen.", "Ik voel de wind.", "Ik zie een vuur waar niemand bij zit.")
JOURNAL = "Ik houd zelf ook alles vast"


def test_roles_are_cast_a_silence_is_kept_and_a_journal_stays_private(
    server: Server, browser: Browser
) -> None:
    guests = at_table(browser, server, "CCL")
    lead, bringer, keeper, typist, phone = guests
    members = guests[1:]
    lead.press_on()

    everybody(guests, lambda guest: guest.at_step(1))
    _cast(lead, bringer, keeper, members)
    everybody(guests, lambda guest: guest.at_step(2))
    everybody(guests, lambda guest: expect(guest.page.locator(".seat--bringer")).to_contain_text("Joris"))
    everybody(guests, lambda guest: expect(guest.page.locator(".seat__duty")).to_have_count(1))
    phone.shows("ccl-intention")
    bringer.say(STORY)
    everybody(guests, lambda guest: guest.reads(STORY))

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(3))
    _silence(keeper, phone, guests)

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(4))
    keeper.say(IMAGES[0])
    typist.types(IMAGES[1])
    phone.say(IMAGES[2])
    everybody(guests, lambda guest: everybody(list(IMAGES), guest.reads))
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(5))
    bringer.say("De tent blijft me bij.")
    everybody(guests, lambda guest: guest.reads("De tent blijft me bij."))
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(6))
    keeper.say("Ja, en de haringen liggen er al.")
    bringer.answer("de haringen liggen er al", "Ja, en ik hoef ze niet zelf te slaan.")
    everybody(guests, lambda guest: guest.reads("ik hoef ze niet zelf te slaan"))
    phone.shows("ccl-dialogue")
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(7))
    bringer.say("Ik vraag maandag wie er een haring slaat.")

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(8))
    for guest in members:
        guest.say(f"{JOURNAL}, {guest.name}")
        guest.reads(f"{JOURNAL}, {guest.name}")
    phone.shows("ccl-journal")
    lead.goes_on()
    lead.say("Dank voor het vertrouwen.")
    everybody(guests, lambda guest: guest.reads("Dank voor het vertrouwen."))
    lead.press_on()
    _my_journal_is_mine(members, guests)
    phone.shows("ccl-harvest")


def _cast(lead: Guest, bringer: Guest, keeper: Guest, members: list[Guest]) -> None:
    """All want the same to bring; who keeps the time is a draw, which the facilitator settles."""
    for guest in members:
        guest.casts("casus", bringer.name)
    keeper.casts("tijd", keeper.name)
    members[-1].casts("tijd", members[-1].name)
    keeper.shows("ccl-roles")
    assert barriers(keeper.page) == []
    lead.press_on()
    draw = lead.page.locator("[data-part=lead] [data-key=choices] [data-key=role-T]")
    expect(draw).to_be_visible()
    lead.shows("ccl-roles-draw-lead")
    draw.locator("select").select_option(label=keeper.name)
    draw.locator("button[value=choose]").click()
    expect(lead.page.locator("[data-part=said] .badge--moss")).to_have_count(1)
    lead.goes_on()


def _silence(keeper: Guest, phone: Guest, guests: list[Guest]) -> None:
    """Nothing is to be done, nothing can be said; who keeps the time gives a minute more."""
    everybody(guests, lambda guest: expect(guest.page.locator("[data-key=still]")).to_be_visible())
    everybody(guests, lambda guest: expect(guest.page.locator("[data-part=tools] textarea")).to_have_count(0))
    answer = phone.send({"do": "say", "text": "Mag ik even"})
    assert (answer["t"], answer["code"]) == ("no", "not_in_this_step")
    keeper.page.locator("[data-part=lead] button[name=minutes][value='1']").click()
    expect(phone.page.locator("[data-clock]")).to_contain_text("3:")
    phone.shows("ccl-stillness")
    keeper.shows("ccl-stillness-keeper")
    assert barriers(phone.page) == []


def _my_journal_is_mine(members: list[Guest], guests: list[Guest]) -> None:
    for guest in guests:
        guest.page.locator("a[href$='/opbrengst/']").first.click()
        expect(guest.page.locator("main")).to_contain_text("Dank voor het vertrouwen.")
    for author in members:
        text = f"{JOURNAL}, {author.name}"
        for guest in guests:
            assert (text in guest.drawn("opbrengst/")) == (guest is author)
            assert any(text in frame for frame in guest.frames) == (guest is author)
    for guest in guests:
        assert guest.faults == []
