"""The room's page with its script, against a socket that the test plays: what it draws, keeps, says and sends again."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

import pytest
from playwright.sync_api import Browser, expect

from intervisie.engine import commands as c
from intervisie.room import Kept
from tests.e2e.room_mock import Files, Mock
from tests.e2e.test_pages import barriers
from tests.intervisie import played_around
from tests.intervisie.played import (
    FATMA,
    JORIS,
    RUBEN,
    SASKIA,
    TOM,
    Moment,
    at_step,
    diagnosis,
    gossip,
    moments,
)
from tests.intervisie.staged import Staged, stage_moments

pytestmark = pytest.mark.e2e

MOMENTS = moments() | played_around.moments() | stage_moments()

# What both hands draw differently on purpose: ids of posts, the running clock, marks of the script itself.
STRUCTURE = """() => {
  const skip = new Set(['data-kept', 'stroke-dasharray', 'data-new']);
  const line = (node) => {
    if (node.nodeType === 3) return node.data.replace(/\\s+/g, ' ').trim();
    if (node.matches('[data-clock], [data-clock-label], [data-turn]')) return '';
    const names = [...node.attributes].filter(({ name }) => !skip.has(name));
    const secret = ['id', 'csrfmiddlewaretoken'].includes(node.getAttribute('name'));
    const said = names.map(({ name, value }) => (secret && name === 'value' ? name : `${name}=${value}`)).sort();
    const inner = [...node.childNodes].map(line).filter(Boolean).join('\\n');
    return `<${node.localName} ${said.join(' ')}>${inner}</${node.localName}>`;
  };
  const parts = [...document.querySelectorAll('[data-part]')].filter((part) => part.dataset.part !== 'line');
  return Object.fromEntries(parts.map((part) => [part.dataset.part, line(part)]));
}"""


# The server gives every form an id of its own; the script makes them when something is sent.
TAKEN_OVER = """() => [...document.querySelectorAll('.leadbar [name=id], .stage__tools [name=id], [data-part=said] [name=id]')]
    .every(({ value }) => !value)"""


@pytest.fixture(scope="module")
def files() -> Iterator[Files]:
    files = Files()
    yield files
    files.shutdown()
    files.server_close()


@pytest.fixture
def room(browser: Browser, files: Files) -> Iterator[Callable[..., Mock]]:
    """Opens a page at a moment: `room(moment, language="nl")`. Faults on the page fail the test."""
    opened: list[Mock] = []

    def open_room(moment: Moment, language: str = "nl", **context: object) -> Mock:
        opened.append(Mock(browser, files, moment, language, **context))
        return opened[-1]

    yield open_room
    for mock in opened:
        assert mock.faults == []
        mock.close()


@pytest.mark.parametrize(
    ("name", "language"),
    [
        *((name, "nl") for name in MOMENTS),
        *((name, "en") for name in ("diagnosis-lead", "closing", "score-outcome")),
    ],
)
def test_script_draws_what_the_server_drew(room: Callable[..., Mock], name: str, language: str) -> None:
    mock = room(MOMENTS[name], language)
    mock.greets = False
    mock.open()
    drawn = mock.page.evaluate(STRUCTURE)
    mock.until(lambda: bool(mock.lines))
    mock.greet()
    mock.page.wait_for_selector("#room[data-live]")
    mock.page.wait_for_function(TAKEN_OVER)
    assert mock.page.evaluate(STRUCTURE) == drawn


def say(by: int, text: str, key: int = 1, **more: object) -> list[object]:
    """An op that brings a contribution to the step of diagnosis."""
    item = {
        "id": f"n{key}",
        "kind": "text",
        "step": "diagnosis",
        "visit": 5,
        "by": by,
        "text": text,
        "parent": None,
    }
    return ["item", {**item, "edited": False, "o": [5, f"9{key:03}"], **more}]


FIELD = "#say-text-5"
SAID = '[data-part="said"] .item__text'
LINE = '[data-part="line"]'


def test_text_is_kept_until_the_server_has_it(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["diagnosis-floor"]).live()
    mock.page.fill(FIELD, "De kern is tempo.")
    mock.page.keyboard.press("Control+Enter")
    command = mock.wait_for("say")
    assert (command["text"], command["visit"]) == ("De kern is tempo.", 5)
    expect(mock.page.locator(FIELD)).to_have_value("De kern is tempo.")
    mock.delta(say(FATMA, "De kern is tempo."), ack=[command["id"]])
    expect(mock.page.locator(FIELD)).to_have_value("")
    expect(mock.page.locator(SAID).last).to_have_text("De kern is tempo.")


def test_what_was_not_answered_is_sent_again_with_the_same_id(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["diagnosis-floor"]).live()
    mock.page.fill(FIELD, "Blijft staan.")
    mock.page.click(f".tool:has({FIELD}) .button")
    first = mock.wait_for("say")
    mock.lines[-1].close(code=4012)
    again = mock.wait_for("say", 2)
    assert again["id"] == first["id"]
    assert mock.frames[-2] == {"t": "hi", "v": 1, "since": 1, "e": "e1"}
    mock.page.reload()
    third = mock.wait_for("say", 3)
    assert third["id"] == first["id"]
    mock.send(t="ack", id=third["id"], c=1)
    expect(mock.page.locator(FIELD)).to_have_value("")
    assert len({frame["id"] for frame in mock.sent("say")}) == 1


def test_a_silent_server_shows_within_seconds_and_a_new_line_is_tried(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["diagnosis-floor"]).without_time().live()
    mock.greets = False
    mock.page.click(".tool__actions [value=pass]")
    mock.wait_for("pass")
    mock.page.clock.run_for(9_000)
    expect(mock.page.locator(LINE)).to_contain_text("verbinding is weg")
    mock.greets = True
    mock.page.clock.resume()
    mock.wait_for("pass", 2)
    expect(mock.page.locator(LINE)).to_be_empty()


def test_a_gap_makes_the_page_ask_for_what_it_missed(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["diagnosis-floor"]).live()
    mock.cursor = 7
    mock.delta(say(JORIS, "Na een gat."))
    mock.until(lambda: len(mock.lines) > 1)
    mock.page.wait_for_selector("#room[data-live]")
    assert mock.frames[-1]["since"] == 1


def test_arrivals_leave_focus_and_caret_alone(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["diagnosis-floor"]).live()
    mock.page.fill(FIELD, "half een zin")
    mock.page.evaluate(f"() => document.querySelector('{FIELD}').setSelectionRange(3, 5)")
    mock.delta(
        say(JORIS, "Nog iets."),
        ["set", "stops", [{"id": "s1", "by": None, "text": "Wacht even.", "kind": "stop"}]],
    )
    expect(mock.page.locator(SAID).last).to_have_text("Nog iets.")
    caret = "() => [document.activeElement.id, document.activeElement.selectionStart, document.activeElement.value]"
    assert mock.page.evaluate(caret) == [FIELD[1:], 3, "half een zin"]


def test_a_draft_of_a_step_that_ended_is_offered_back(room: Callable[..., Mock]) -> None:
    play = diagnosis()
    mock = room(play.see(FATMA)).live()
    mock.page.fill(FIELD, "Dit wilde ik nog zeggen.")
    play.next()
    mock.become(play.see(FATMA))
    kept = mock.page.locator(".kept")
    expect(kept).to_contain_text("Dit wilde ik nog zeggen.")
    expect(mock.page.locator("#say-text-6")).to_have_value("")
    assert mock.page.evaluate("() => document.activeElement.id") == "stage-title"
    kept.get_by_role("button").first.click()
    expect(mock.page.locator("#say-text-6")).to_have_value("Dit wilde ik nog zeggen.")
    expect(kept).to_have_count(0)


def test_a_refusal_stands_at_its_field_with_the_text(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["diagnosis-floor"]).live()
    mock.page.fill(FIELD, "Te vroeg.")
    mock.page.click(f".tool:has({FIELD}) .button")
    mock.send(
        t="no", id=mock.wait_for("say")["id"], code="not_your_turn", text="Je bent nog niet aan de beurt."
    )
    expect(mock.page.locator(f"{FIELD}-error")).to_contain_text("Je bent nog niet aan de beurt.")
    expect(mock.page.locator(FIELD)).to_have_value("Te vroeg.")
    expect(mock.page.locator(FIELD)).to_be_editable()


def test_many_arrivals_are_told_as_a_number(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["diagnosis-waiting"]).without_time().live()
    heard = "() => { window.heard = []; new MutationObserver(() => heard.push(voice.textContent)).observe(voice, {childList: true}); }"
    mock.page.evaluate(f"() => {{ window.voice = document.getElementById('voice'); ({heard})(); }}")
    for number in range(6):
        mock.delta(say(JORIS, f"Nummer {number}", number))
    expect(mock.page.locator(SAID).last).to_have_text("Nummer 5")
    mock.page.clock.run_for(1500)
    mock.delta(say(SASKIA, "Nog een", 8))
    expect(mock.page.locator(SAID).last).to_have_text("Nog een")
    mock.page.clock.run_for(3000)
    assert mock.page.evaluate("() => heard") == ["6 nieuwe bijdragen.", "Nieuw van Saskia de Vries."]


def test_my_own_words_are_not_read_out_to_me(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["diagnosis-waiting"]).live()
    mock.delta(say(RUBEN, "Van mijzelf"))
    expect(mock.page.locator(SAID).last).to_have_text("Van mijzelf")
    mock.page.wait_for_timeout(500)
    assert mock.page.locator("#voice").text_content() == ""


def test_another_log_in_finds_no_drafts(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["diagnosis-floor"]).live()
    mock.page.fill(FIELD, "Geheim.")
    mock.page.evaluate("() => sessionStorage.setItem('visitor', 'somebody else')")
    mock.page.reload()
    mock.page.wait_for_selector("#room[data-live]")
    expect(mock.page.locator(FIELD)).to_have_value("")
    assert "Geheim." not in mock.page.evaluate("() => JSON.stringify(sessionStorage)")


def test_a_lost_log_in_wipes_what_was_typed(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["diagnosis-floor"]).live()
    mock.page.fill(FIELD, "Geheim.")
    mock.lines[-1].close(code=4401)
    expect(mock.page.locator(LINE)).to_contain_text("uitgelogd")
    assert "Geheim." not in mock.page.evaluate("() => JSON.stringify(sessionStorage)")
    mock.page.wait_for_timeout(2500)
    assert len(mock.lines) == 1


def test_without_a_line_a_form_is_posted_as_on_a_plain_page(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["diagnosis-floor"])
    mock.greets = False
    mock.open()
    mock.page.fill(FIELD, "Zonder lijn.")
    with mock.page.expect_request(lambda request: request.method == "POST") as post:
        mock.page.click(f".tool:has({FIELD}) .button")
    assert "do=say" in (post.value.post_data or "")
    mock.faults.clear()  # the test's own file server takes no posts


def test_the_turned_bringer_gets_a_quieter_room_and_marks_a_line(room: Callable[..., Mock]) -> None:
    play = gossip()
    mock = room(play.see(SASKIA)).live()
    assert "room-page--turned" in (mock.page.locator("body").get_attribute("class") or "")
    expect(mock.page.locator(".item__by")).to_have_count(0)
    hearts = mock.page.get_by_role("button", name="Raakt me")
    assert [heart.get_attribute("aria-pressed") for heart in hearts.all()] == ["true", "false", "true"]
    hearts.nth(1).click()
    assert mock.wait_for("mark")["on"] is True
    play.next()
    mock.become(play.see(SASKIA))
    expect(mock.page.locator("body")).not_to_have_class("room-page--turned")
    expect(mock.page.locator(".mine__lines li")).to_have_count(3)


def test_the_facilitator_is_asked_before_somebody_is_passed_by(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["diagnosis-lead"]).live()
    mock.page.click("[data-dialog=go-dialog]")
    expect(mock.page.locator("#go-dialog")).to_contain_text("Fatma")
    mock.page.click("#go-dialog [data-close]")
    expect(mock.page.locator("#go-dialog")).to_be_hidden()
    mock.page.click("[data-dialog=go-dialog]")
    mock.page.click("#go-dialog .button[value=advance]")
    assert mock.wait_for("advance")["visit"] == 5


def test_a_tie_is_settled_where_it_shows(room: Callable[..., Mock]) -> None:
    play = at_step(1)
    mock = room(play.see(play.lead)).live()
    mock.page.click("[data-dialog=go-dialog]")
    mock.page.click("#go-dialog .button[value=advance]")
    mock.send(t="no", id=mock.wait_for("advance")["id"], code="tie", text="Kies er samen één.")
    expect(mock.page.locator("#lead-error")).to_contain_text("Kies er samen één.")
    mock.page.click(".leadbar__choice >> nth=1")
    assert mock.wait_for("choose")["item"] == play.item(SASKIA)


def test_roles_are_settled_where_the_vote_left_them_open(room: Callable[..., Mock]) -> None:
    moment = MOMENTS["casting-lead"]
    mock = room(moment).live()
    mock.page.click("[data-dialog=go-dialog]")
    mock.page.click("#go-dialog .button[value=advance]")
    mock.send(t="no", id=mock.wait_for("advance")["id"], code="tie", text="Kies er samen één.")
    expect(mock.page.locator("#lead-error")).to_contain_text("Kies er samen één.")
    drawn = mock.page.evaluate(STRUCTURE)["lead"]
    mock.page.select_option("#role-B", label="Tom Dekker")
    mock.page.click("[data-key=role-B] button")
    assert mock.wait_for("choose")["item"] == f"B:{TOM}"
    mock.page.click("[data-key=choices] [name=by][value=lot]")
    assert mock.wait_for("choose", 2)["by"] == "lot"
    mock.greets, mock.kept = False, Kept("lead", {}, "Kies er samen één.")
    mock.open()
    assert mock.page.evaluate(STRUCTURE)["lead"] == drawn


def test_people_get_tasks_and_the_lead_from_one_menu(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["duties-lead"]).live()
    mock.page.click("[data-key=people] summary")
    mock.page.click("[data-key=people] [value=timekeeper]")
    assert mock.sent("appoint") == [], "nobody was picked yet"
    mock.page.select_option("#lead-who", str(TOM))
    mock.page.click("[data-key=people] [value=timekeeper]")
    command = mock.wait_for("appoint")
    assert (command["to"], command["what"]) == (TOM, "timekeeper")
    mock.page.click("[data-key=people] [value=hand_over]")
    assert mock.wait_for("hand_over")["to"] == TOM


def test_the_lobby_draws_lots_for_who_brings(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["brings-lead"]).live()
    mock.page.click("[data-key=brings] summary")
    mock.page.click("[data-key=brings] [value=lot]")
    command = mock.wait_for("appoint")
    assert (command["what"], command["by"], "to" in command) == ("bringer", "lot", False)
    mock.become(MOMENTS["brought-lead"], ack=[command["id"]])
    expect(mock.page.locator(".round__question")).to_have_text("Fatma Bakker")


def test_running_late_is_mended_by_a_choice(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["late-lead"]).live()
    mock.page.click("[data-key=late] summary")
    mock.page.click("[data-key=late] [value=shorten]")
    assert mock.wait_for("replan")["choice"] == "shorten"


def test_another_step_can_be_skipped_by_name(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["skip-lead"]).live()
    mock.page.click("[data-key=more] summary")
    mock.page.get_by_role("button", name="Sla ‘Tweede ronde’ over").click()
    command = mock.wait_for("advance")
    assert (command["how"], command["visit"]) == ("skip", MOMENTS["skip-lead"].view["step"]["visit"])


def test_each_signal_has_its_own_dialog(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["gate-group"]).live()
    for kind in ("stop", "meta"):
        mock.page.click(f"[data-dialog={kind}-dialog]")
        mock.page.check(f"#{kind}-dialog [name=anonymous]")
        mock.page.click(f"#{kind}-dialog button[value=stop]")
        command = mock.wait_for("stop", 1 if kind == "stop" else 2)
        assert (command["kind"], command["anonymous"]) == (kind, True)
        mock.send(t="ack", id=command["id"], c=1)
        expect(mock.page.locator(f"#{kind}-dialog")).to_be_hidden()


NEWS = '[data-part="news"]'


def test_parting_and_coming_back_are_told(room: Callable[..., Mock]) -> None:
    play = played_around.Play("TRO")
    play.start()
    mock = room(play.see(TOM)).live()
    play.next()
    mock.become(play.see(TOM))
    expect(mock.page.locator(NEWS)).to_contain_text("Je zit nu aan een kleine tafel, met Ilse, Noor.")
    expect(mock.page.locator("#voice")).to_contain_text("kleine tafel")
    expect(mock.page.locator(".leadbar__bar")).to_be_visible()
    expect(mock.page.locator(".seat")).to_have_count(3)
    play.next()
    mock.become(play.see(TOM))
    expect(mock.page.locator(NEWS)).to_have_text("Iedereen is terug aan de grote tafel.")
    expect(mock.page.locator(".leadbar__bar")).to_have_count(0)


def test_the_next_bringer_is_told_to_all(room: Callable[..., Mock]) -> None:
    play = played_around.wise()
    mock = room(play.see(TOM)).live()
    expect(mock.page.locator(NEWS)).to_be_empty()
    play.next()
    mock.become(play.see(TOM))
    expect(mock.page.locator(NEWS)).to_have_text("Nu de vraag van Saskia (3 van 7).")
    play.next()
    mock.become(play.see(TOM))
    expect(mock.page.locator(NEWS)).to_be_empty()


def test_who_stands_in_for_a_facilitator_without_a_line_is_told(room: Callable[..., Mock]) -> None:
    play = diagnosis()
    mock = room(play.see(FATMA)).live()
    mock.send(t="here", seats=[seat for seat in range(1, 9) if seat != play.lead])
    play.do(c.Lend(play.lead, frozenset({JORIS})))
    mock.become(play.see(FATMA))
    expect(mock.page.locator(NEWS)).to_have_text("Joris Kok neemt het begeleiden even over.")
    mock.send(t="here", seats=list(range(1, 9)))
    play.do(c.Restore(8))
    mock.become(play.see(FATMA))
    expect(mock.page.locator(NEWS)).to_have_text("Erik Smit begeleidt nu.")


def test_a_turn_has_a_clock_that_never_falls_below_zero(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["clinic-floor"]).live()
    expect(mock.page.locator(".round__mine [data-turn]")).to_have_text(re.compile(r"1:1\d"))
    mock.moment = mock.moment._replace(now=mock.moment.now + 120_000)
    mock.greet()
    expect(mock.page.locator(".seat__turn")).to_have_text("tijd om af te ronden")


def test_who_lets_the_turn_go_by_keeps_what_was_typed(room: Callable[..., Mock]) -> None:
    play = diagnosis()
    mock = room(play.see(FATMA)).live()
    mock.page.fill(FIELD, "Toch maar niet.")
    mock.page.click(".tool__actions [value=pass]")
    command = mock.wait_for("pass")
    assert "text" not in command
    play.do(c.Pass(FATMA))
    mock.become(play.see(FATMA), ack=[command["id"]])
    expect(mock.page.locator(".kept")).to_contain_text("Toch maar niet.")


def test_changed_words_are_what_can_be_changed_again(room: Callable[..., Mock]) -> None:
    play = at_step(3).ask()
    mock = room(play.see(FATMA)).live()
    item = play.item(FATMA, "question")
    mock.page.click(".edit summary")
    mock.page.fill(f"#edit-{item}", "Wie maakte de planning precies?")
    mock.page.click(".edit [value=edit]")
    command = mock.wait_for("edit")
    play.do(c.Edit(FATMA, item, "Wie maakte de planning precies?"))
    mock.become(play.see(FATMA), ack=[command["id"]])
    expect(mock.page.locator(".edit[open]")).to_have_count(0)
    expect(mock.page.locator(f"#edit-{item}")).to_have_value("Wie maakte de planning precies?")


def test_what_the_server_gave_back_stays_when_the_script_takes_over(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["diagnosis-floor"])
    mock.kept = Kept("say-question-4", {"text": "Nog een vraag"}, "De tafel is intussen verder.")
    mock.live()
    expect(mock.page.locator(".kept")).to_contain_text("Nog een vraag")
    expect(mock.page.locator(".kept")).to_contain_text("De tafel is intussen verder.")
    mock.kept = Kept("say-text-5", {"text": "Half af"}, "Probeer het zo nog eens.")
    mock.page.evaluate("() => sessionStorage.clear()")
    mock.live()
    expect(mock.page.locator(FIELD)).to_have_value("Half af")


def test_a_new_facilitator_gets_the_bar(room: Callable[..., Mock]) -> None:
    play = diagnosis()
    mock = room(play.see(RUBEN)).live()
    expect(mock.page.locator(".leadbar__bar")).to_have_count(0)
    play.do(c.HandOver(play.lead, RUBEN))
    mock.become(play.see(RUBEN))
    expect(mock.page.locator(".leadbar__bar")).to_be_visible()
    play.do(c.HandOver(RUBEN, FATMA))
    mock.become(play.see(RUBEN))
    expect(mock.page.locator(".leadbar__bar")).to_have_count(0)


def test_who_was_removed_sees_nothing_any_more(room: Callable[..., Mock]) -> None:
    play = diagnosis()
    mock = room(play.see(FATMA)).live()
    play.do(c.Remove(FATMA))
    mock.become(play.see(FATMA))
    expect(mock.page.locator(LINE)).to_contain_text("geen plaats meer")
    expect(mock.page.locator(".thread, .tool, .seat")).to_have_count(0)


# The stage: judging, canvases, speaking as somebody, writing beside the step, what was written in silence


def test_a_label_is_given_and_taken_back(room: Callable[..., Mock]) -> None:
    moment = MOMENTS["label-bringer"]
    mock = room(moment).live()
    last = mock.page.locator("[data-part=said] .thread").last
    last.get_by_role("button", name="Lauw").click()
    command = mock.wait_for("vote")
    assert (command["item"], command["value"]) == (moment.view["judge"]["options"][-1], 2)
    mock.page.locator("[data-part=said] .thread").first.get_by_role(
        "button", name="Warm", pressed=True
    ).press("Enter")
    assert mock.wait_for("vote", 2)["value"] == 0


def test_a_person_is_picked_for_a_role(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["cast-vote"]).live()
    mock.page.locator(".ballot").first.get_by_role("button", name="Joris Kok").click()
    command = mock.wait_for("vote")
    assert (command["item"], command["value"]) == (f"B:{JORIS}", 1)


def test_a_canvas_is_filled_in_and_kept_until_the_server_has_it(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["field-empty"]).live()
    form = mock.page.locator("[data-part=tools] form.tool")
    form.locator("[value=say]").click()
    assert mock.sent("say") == [], "there is nothing in it yet"
    form.get_by_label("Partij").fill("De provincie")
    form.get_by_label("Belang").fill("Rust")
    form.get_by_label("Invloed").select_option(label="Veel invloed")
    mock.page.reload()
    mock.page.wait_for_selector("#room[data-live]")
    expect(form.get_by_label("Belang")).to_have_value("Rust")
    form.get_by_label("Invloed").select_option(label="Veel invloed")
    form.locator("[value=say]").click()
    command = mock.wait_for("say")
    assert command["fields"] == {"party": "De provincie", "interest": "Rust", "influence": "much"}
    assert "text" not in command
    expect(form.get_by_label("Partij")).not_to_be_editable()
    mock.send(t="ack", id=command["id"], c=1)
    expect(form.get_by_label("Partij")).to_be_editable()
    expect(form.get_by_label("Belang")).to_have_value("")
    expect(form.get_by_label("Invloed")).to_have_value("")


def test_a_cell_of_a_canvas_is_chosen_and_written_in(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["cells-talk"]).live()
    form = mock.page.locator("[data-part=tools] form.tool")
    form.get_by_label("Waar hoort het bij?").select_option(label="Van de omgeving")
    form.locator("textarea").fill("De griffier hielp.")
    form.locator("[value=say]").click()
    assert mock.wait_for("say")["fields"] == {"context": "De griffier hielp."}


def test_own_fields_of_a_canvas_can_be_changed(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["weigh-own"]).live()
    mock.page.click(".edit summary")
    mock.page.locator(".edit").get_by_label("Want").fill("Het kan beter")
    mock.page.click(".edit [value=edit]")
    command = mock.wait_for("edit")
    assert command["fields"]["because"] == "Het kan beter"
    assert command["fields"]["right"] == "Een maand te wachten"


def test_as_whom_one_speaks_is_sent_along_and_stays(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["persona-floor"]).live()
    form = mock.page.locator("[data-part=tools] form.tool")
    form.get_by_label("Ik spreek als").fill("de provincie")
    form.locator("textarea").fill("Wij willen rust.")
    form.locator("[value=say]").click()
    command = mock.wait_for("say")
    assert (command["persona"], command["text"]) == ("de provincie", "Wij willen rust.")
    mock.send(t="ack", id=command["id"], c=1)
    expect(form.locator("textarea")).to_have_value("")
    expect(form.get_by_label("Ik spreek als")).to_have_value("de provincie")


def test_writing_beside_the_step_is_folded_away(room: Callable[..., Mock]) -> None:
    mock = room(MOMENTS["aside-own"]).live()
    field = mock.page.locator(".aside textarea")
    expect(field).to_be_hidden()
    mock.page.click(".aside summary")
    field.fill("Waarom nu?")
    mock.page.click(".aside [value=aside]")
    command = mock.wait_for("aside")
    assert command["text"] == "Waarom nu?"
    mock.send(t="ack", id=command["id"], c=1)
    expect(field).to_be_hidden()


def test_what_was_written_in_silence_is_told_as_it_comes_on_the_table(room: Callable[..., Mock]) -> None:
    play = Staged("TIEN").to("questions")
    play.write({FATMA: "Wat wil jij?", RUBEN: "Wie mist er?"})
    mock = room(play.see(FATMA)).live()
    expect(mock.page.locator("[data-part=said] .thread--sealed")).to_have_count(1)
    play.next()
    mock.become(play.see(FATMA))
    expect(mock.page.locator("#voice")).to_contain_text(
        "Wat er is geschreven, ligt nu op tafel: 2 bijdragen."
    )
    expect(mock.page.locator("[data-part=said] .thread--sealed")).to_have_count(0)


def test_a_vote_that_begins_is_drawn_as_soon_as_its_script_is_there(room: Callable[..., Mock]) -> None:
    play = Staged("TIEN").to("questions")
    play.write({FATMA: "Wat wil jij?"})
    mock = room(play.see(SASKIA)).live()
    play.next()
    mock.become(play.see(SASKIA))
    expect(mock.page.get_by_role("group", name="Hoe is dit voor jou?")).to_be_visible()
    expect(mock.page.locator("#voice")).to_contain_text("Vragen waarderen")


OPENED = {
    "duties-lead": "[data-key=people] summary",
    "late-lead": "[data-key=late] summary",
    "turns-lead": "[data-key=more] summary",
    "brings-lead": "[data-key=brings] summary",
    "gate-group": "[data-dialog=meta-dialog]",
    "through-lead": "[data-dialog=go-dialog]",
}


@pytest.mark.parametrize("name", OPENED)
def test_what_opens_has_no_barrier(room: Callable[..., Mock], name: str) -> None:
    mock = room(MOMENTS[name], reduced_motion="reduce").live()
    mock.page.click(OPENED[name])
    # At the end of the page: on the way there what opened from the bar may cover half of a link.
    mock.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    assert barriers(mock.page) == []


DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def in_turn(
    room: Callable[..., Mock], names: Iterable[str], width: int, **context: object
) -> Iterator[tuple[str, Mock]]:
    """Moments on a screen of this width, in one window for each method."""
    by_method = sorted(names, key=lambda name: MOMENTS[name].method["id"])
    for _, same in groupby(by_method, lambda name: MOMENTS[name].method["id"]):
        mock: Mock | None = None
        for name in same:
            mock = mock or room(MOMENTS[name], **context).live()
            mock.page.set_viewport_size({"width": width, "height": 900})
            mock.moment = MOMENTS[name]
            mock.greet()
            mock.page.evaluate(DRAWN)
            yield name, mock
        if mock is not None:
            mock.close()


def test_nothing_is_wider_than_a_phone(room: Callable[..., Mock]) -> None:
    wide = []
    for name, mock in in_turn(room, MOMENTS, 375):
        for width in (375, 320):
            mock.page.set_viewport_size({"width": width, "height": 700})
            if mock.page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((name, width))
    assert wide == []


LOOKS = [("light", 1280), ("dark", 375)]


@pytest.mark.parametrize("half", [0, 1])
def test_no_moment_has_a_barrier(room: Callable[..., Mock], half: int) -> None:
    """Half of the moments on a wide light screen, half on a phone in the dark."""
    theme, width = LOOKS[half]
    trouble: dict[str, list[str]] = {}
    for name, mock in in_turn(
        room, list(MOMENTS)[half::2], width, color_scheme=theme, reduced_motion="reduce"
    ):
        # At the end of the page: on the way there the bar that sticks may cover half of a link.
        mock.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        trouble[name] = barriers(mock.page)
    assert {name: found for name, found in trouble.items() if found} == {}
