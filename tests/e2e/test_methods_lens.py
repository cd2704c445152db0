"""The collaboration lens: a force field, scores given apart, and the group speaking for parties who are not there."""

import json

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.table import Guest, at_table, everybody
from tests.e2e.test_pages import barriers
from tests.support.server import Server

pytestmark = pytest.mark.e2e

PARTIES = (
    {
        "party": "Woningcorporatie",
        "interest": "Zekerheid over de bouw",
        "influence": "much",
        "attitude": "for",
    },
    {
        "party": "Bewonerscommissie",
        "interest": "Niet opnieuw overvallen worden",
        "influence": "little",
        "attitude": "against",
    },
    {"party": "Provincie", "interest": "Tempo", "influence": "much", "attitude": ""},
)
SCORES = {2: (4, 3, 5, 4, 2), 3: (2, 3, 4, 2, 2), 4: (3, 3, 2, 2, 1), 5: (2, 2, 3, 2, 2)}  # by seat
WARM = "Belangen: wat verliest de corporatie als dit lukt?"
COLD = "Proces: hoe vaak komen jullie bij elkaar?"
VOICES = (
    ("Bewonerscommissie", "Wij willen eerst weten wie er luistert."),
    ("Provincie", "Wij moeten in mei beslissen."),
)
ANEW = "Hoe zorg ik dat de bewoners als eersten iets te kiezen hebben?"
TOUCHED = VOICES[0][1]


def test_a_collaboration_is_scored_apart_and_its_parties_get_a_voice(
    server: Server, browser: Browser
) -> None:
    guests = at_table(browser, server, "LENS")
    lead, bringer, asker, typist, phone = guests
    members = guests[1:]
    lead.brings(bringer.name)
    lead.press_on()

    everybody(guests, lambda guest: guest.at_step(1))
    everybody(members, Guest.passes)
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(2))
    _the_field(bringer, phone, guests)
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(3))
    typist.types("Wie nam het initiatief?")
    bringer.answer("Wie nam het initiatief?", "De provincie.")

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(4))
    _scores(bringer, phone, members, guests)
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(5))
    _what_came_out(phone, lead, guests)
    asker.say(WARM)
    asker.reads(WARM)
    typist.types(COLD)
    assert [guest for guest in guests if guest.got(WARM)] == [asker]

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(6))
    bringer.judges(WARM, 1)
    bringer.judges(COLD, 3)
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(7))
    bringer.answer(WARM, "Haar plek aan het hoofd van de tafel.")
    expect(bringer.page.locator("[data-part=said] li.thread", has_text=COLD)).to_have_count(0)

    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(8))
    _voices(bringer, (asker, typist, phone), guests)
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(9))
    expect(bringer.page.locator("[data-key=mine]")).to_contain_text(TOUCHED)
    bringer.shows("lens-return-bringer")
    bringer.say(ANEW)
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(10))
    everybody(guests, lambda guest: expect(guest.page.locator(".round__question")).to_have_text(ANEW))
    bringer.say("Ik leg het plan eerst aan de bewoners voor.", date="2027-03-01")
    everybody(guests, lambda guest: guest.reads("Ik leg het plan eerst"))
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(11))
    for guest in (asker, typist, phone):
        guest.say(f"Mijn les, {guest.name}")
        guest.reads(f"Mijn les, {guest.name}")
    lead.goes_on()
    everybody(guests, lambda guest: guest.at_step(12))
    everybody(members, Guest.passes)
    lead.goes_on()
    lead.press_on()
    _the_harvest((asker, typist, phone), guests)


def _the_field(bringer: Guest, phone: Guest, guests: list[Guest]) -> None:
    """The bringer places the parties; who has no place yet stands apart from the picture."""
    for party in PARTIES:
        bringer.fills(**party)
        everybody(guests, lambda guest, party=party: guest.reads(party["interest"]))
    for guest in guests:
        picture = guest.page.locator("[data-part=said] .canvas--field")
        expect(picture.locator("tbody td li")).to_have_count(2)
        expect(picture.locator("> ul li")).to_have_count(1)
    phone.shows("lens-field")
    bringer.shows("lens-field-bringer")
    assert barriers(phone.page) == []


def _scores(bringer: Guest, phone: Guest, members: list[Guest], guests: list[Guest]) -> None:
    """Everybody scores the five; nobody reads a score of anybody else before the step ends."""
    for guest in members:
        options = guest.page.locator("li.ballot__option")
        expect(options).to_have_count(5)
        for at, score in enumerate(SCORES[guest.person["seat"]]):
            guest.press(options.nth(at).locator(f".votes button[value='{score}']"))
            expect(options.nth(at).locator(".votes button[aria-pressed=true]")).to_have_text(str(score))
    bringer.shows("lens-scan-bringer")
    assert barriers(phone.page) == []
    for guest in guests:
        ops = [op for frame in guest.frames for op in json.loads(frame).get("o", ()) if op[0] == "judge"]
        assert all(not op[1]["results"] and not op[1]["bringer"] for op in ops if op[1])
        expect(guest.page.locator(".outcome")).to_have_count(0)


def _what_came_out(phone: Guest, lead: Guest, guests: list[Guest]) -> None:
    """The scores of the group without a name, and those of the bringer beside them, with theirs."""
    for guest in guests:
        lines = guest.page.locator(".outcome .outcome__line")
        expect(lines).to_have_count(5)
        expect(lines.first).to_contain_text("2,3")  # of 2, 3 and 2
        expect(lines.first).to_contain_text("Joris: 4")
        expect(lines.first).to_contain_text("2, 2, 3")
        expect(guest.page.locator(".outcome")).not_to_contain_text("Ilse")
    phone.shows("lens-outcome")
    lead.shows("lens-outcome-lead")
    assert barriers(lead.page) == []


def _voices(bringer: Guest, speakers: tuple[Guest, ...], guests: list[Guest]) -> None:
    """In turn they speak as a party; the bringer, with their back turned, reads the party and no name, and marks a line."""
    heard, spoke = len(bringer.frames), []
    for party, words in VOICES:
        speaker = _has_floor(speakers)
        speaker.say(words, persona=party)
        spoke.append(speaker)
        everybody(guests, lambda guest, words=words: guest.reads(words))
        for reader in guests:
            said = reader.page.locator("[data-part=said] li.thread").filter(has_text=words)
            expect(said).to_contain_text(party)
    _has_floor(speakers).passes()
    assert len(set(spoke)) == 2
    spoke[0].shows("lens-voices")
    for frame in bringer.frames[heard:]:
        assert {op[1]["by"] for op in json.loads(frame).get("o", ()) if op[0] == "item"} <= {None}
    said = bringer.page.locator("[data-part=said]").inner_html()
    assert not [guest.name for guest in speakers if guest.name in said]
    bringer.marks(TOUCHED)
    bringer.shows("lens-turned")
    assert barriers(bringer.page) == []


def _has_floor(speakers: tuple[Guest, ...]) -> Guest:
    shown = speakers[0].page.locator(".seat--floor .seat__label .visually-hidden")
    expect(shown).to_have_count(1)
    return next(guest for guest in speakers if shown.inner_text().startswith(guest.name))


def _the_harvest(writers: tuple[Guest, ...], guests: list[Guest]) -> None:
    for guest in guests:
        guest.page.locator("a[href$='/opbrengst/']").first.click()
        harvest = guest.page.locator("main")
        for text in (ANEW, "Ik leg het plan eerst", PARTIES[0]["interest"], "Bewonerscommissie"):
            expect(harvest).to_contain_text(text)
        for writer in writers:
            assert (f"Mijn les, {writer.name}" in guest.drawn("opbrengst/")) == (guest is writer)
        assert guest.faults == []
    guests[0].shows("lens-harvest")
