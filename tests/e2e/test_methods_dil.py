"""The dilemma method: a choice put into words on a canvas, looked at from all sides, weighed alone and then together."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.table import Guest, at_table, everybody
from tests.e2e.test_pages import barriers
from tests.support.server import Server

pytestmark = pytest.mark.e2e

STORY = "De wethouder wil het stuk zien voordat de inwoners dat doen."
FIRST = {"a": "Het stuk eerst delen", "b": "Wachten"}
DILEMMA = {
    "a": "Het stuk eerst met de wethouder delen",
    "harm_a": "De inwoners voelen zich gepasseerd",
    "b": "Het stuk voor iedereen tegelijk openbaar maken",
    "harm_b": "De wethouder wordt verrast in de raad",
}
SIDES = (
    {"perspective": "Inwoner", "value": "Eerlijkheid", "norm": "Vertel ons hetzelfde als de rest"},
    {"perspective": "Wethouder", "value": "Vertrouwen", "norm": "Verras mij niet"},
    {"perspective": "Ambtenaar", "value": "Loyaliteit", "norm": "Dien het bestuur én de inwoner"},
)


def test_a_dilemma_lies_on_the_table_and_each_weighs_it_alone_first(server: Server, browser: Browser) -> None:
    guests = at_table(browser, server, "DIL")
    lead, bringer, speaker, typist, phone = guests
    members = guests[1:]
    lead.brings(bringer.name)
    lead.press_on()

    everybody(guests, lambda guest: guest.at_step(1))
    for guest in members:
        guest.say(f"Dat ik er anders naar kijk, hoopt {guest.name}")
    everybody(guests, lambda guest: guest.reads(f"hoopt {phone.name}"))
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(2))
    bringer.say(STORY)
    everybody(guests, lambda guest: guest.reads(STORY))

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(3))
    _the_words(bringer, speaker, guests)
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(4))
    for guest in guests:
        question = guest.page.locator(".round__question")
        for sign in ("a", "b"):
            expect(question).to_contain_text(f"{sign.upper()}: {DILEMMA[sign]}")
        expect(question).not_to_contain_text(DILEMMA["harm_a"])
    phone.shows("dil-question")
    typist.types("Wat wist de wethouder op dat moment?")
    bringer.answer("Wat wist de wethouder", "Alleen dat er een stuk kwam.")

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(5))
    _the_sides((speaker, phone, bringer), typist, guests)
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(6))
    typist.types("De raad er zelf over laten beslissen.")
    everybody(guests, lambda guest: guest.reads("De raad er zelf over laten beslissen."))

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(7))
    _the_weighing(members, guests)
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(8))
    _shared_in_turn(members, guests)
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(9))
    speaker.say("Wat ons scheidt, is wie er het meest verliest.")
    everybody(guests, lambda guest: guest.reads("wie er het meest verliest"))
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(10))
    bringer.say("Ik bel de wethouder en maak het stuk die dag openbaar.", date="2027-01-15")
    everybody(guests, lambda guest: guest.reads("die dag openbaar"))
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(11))
    everybody(members, Guest.passes)
    lead.goes_on()
    lead.press_on()
    _the_harvest(guests)


def _the_words(bringer: Guest, speaker: Guest, guests: list[Guest]) -> None:
    """Others may fill it in too; what the bringer fills in last is what comes on the table."""
    bringer.fills(**FIRST)
    speaker.fills(a="Zwijgen", b="Spreken")
    everybody(guests, lambda guest: guest.reads("Zwijgen"))
    bringer.fills(**DILEMMA)
    everybody(guests, lambda guest: guest.reads(DILEMMA["harm_b"]))
    speaker.shows("dil-words")
    bringer.shows("dil-words-bringer")
    assert barriers(bringer.page) == []


def _the_sides(fillers: tuple[Guest, ...], typist: Guest, guests: list[Guest]) -> None:
    """One table of who is involved, filled by all, and seen by all at once; one of them has no mouse."""
    for guest, side in zip(fillers, SIDES, strict=True):
        guest.fills(**side)
        everybody(guests, lambda guest, side=side: guest.reads(side["norm"]))
    for name, value in {"perspective": "Raadslid", "value": "Zeggenschap", "norm": "Wij gaan erover"}.items():
        typist.tabs_to(typist.form.locator(f"[name='f:{name}']"))
        typist.page.keyboard.type(value)
    typist.tabs_to(typist.form.locator("button[value=say]"))
    typist.page.keyboard.press("Enter")
    for guest in guests:
        expect(guest.page.locator("[data-part=said] .canvas tbody tr")).to_have_count(4)
    fillers[1].shows("dil-sides")
    assert barriers(fillers[1].page) == []


def _the_weighing(members: list[Guest], guests: list[Guest]) -> None:
    """Each writes alone, and nobody else has it yet in any byte."""
    for guest in members:
        guest.fills(right=f"Weging van {guest.name}", because="Het vertrouwen weegt zwaarder")
        guest.reads(f"Weging van {guest.name}")
    members[-1].shows("dil-weigh")
    assert barriers(members[-1].page) == []
    for author in members:
        got = [guest for guest in guests if guest.got(f"Weging van {author.name}")]
        assert got == [author]


def _shared_in_turn(members: list[Guest], guests: list[Guest]) -> None:
    """What was written is seen when its writer has had their turn."""
    first, *others = members
    first.say("Bij mij woog het zwaarst dat inwoners het laatst horen.")
    everybody(guests, lambda guest: guest.reads(f"Weging van {first.name}"))
    for guest in others:
        guest.say(f"Wat bij {guest.name} woog")
    everybody(guests, lambda guest: everybody(members, lambda one: guest.reads(f"Weging van {one.name}")))
    others[-1].shows("dil-share")


def _the_harvest(guests: list[Guest]) -> None:
    for guest in guests:
        guest.page.locator("a[href$='/opbrengst/']").first.click()
        harvest = guest.page.locator("main")
        for text in (DILEMMA["a"], "Ik bel de wethouder", SIDES[1]["norm"]):
            expect(harvest).to_contain_text(text)
        assert guest.faults == []
    guests[-1].shows("dil-harvest")
