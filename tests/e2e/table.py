"""People at a table in Chromium: what a person does with hands and eyes, by name."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, TimeoutError, expect

from tests.e2e.conftest import DESKTOP, PATIENCE, PHONE
from tests.support.server import ROOT, Server

PICTURES = Path(ROOT) / "var" / "journeys"
MOMENT = 5_000  # ms
TABS = 200  # more than any page has places to tab to


class Guest:
    """One person with a browser window at the table of one session."""

    script = True

    def __init__(
        self, browser: Browser, server: Server, scene: dict[str, Any], seat: int, *, phone: bool = False
    ) -> None:
        self.person = next(person for person in scene["people"] if person["seat"] == seat)
        self.name = self.person["name"]
        self.path = f"/intervisie/{scene['session']}/"
        self.origin = server.origin
        self.context = browser.new_context(
            viewport=PHONE if phone else DESKTOP,
            reduced_motion="reduce",
            locale="nl-NL",  # type: ignore[arg-type]
            java_script_enabled=self.script,
        )
        self.context.add_cookies(
            [{"name": scene["cookie"], "value": self.person["key"], "url": server.origin}]
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.faults: list[str] = []
        self.frames: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console", lambda message: self.faults.append(message.text) if _is_fault(message) else None
        )
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._heard))

    def _heard(self, frame: Any) -> None:
        self.frames.append(frame if isinstance(frame, str) else frame.decode())

    def enter(self) -> None:
        self.page.goto(f"{self.origin}{self.path}tafel/")
        self.live()

    def live(self) -> None:
        """Waits until the line is up."""
        expect(self.page.locator("#room[data-live]")).to_be_attached()

    def looks(self) -> None:
        """Makes sure that what is on the screen is of now: it comes by itself."""

    def press(self, button: Locator) -> None:
        """Presses what sends a form."""
        button.click()

    def agree(self) -> None:
        self.page.check("input[name=kept]")
        self.page.click("button[value=agree]")
        expect(self.page.locator("button[value=agree]")).to_have_count(0)

    @property
    def field(self) -> Any:
        return self.page.locator("[data-part=tools] form.tool textarea[name=text]")

    def say(self, text: str, **extra: str) -> None:
        """Writes in the one field of this step and shares it."""
        expect(self.field).to_be_editable()
        self.field.fill(text)
        for name, value in extra.items():
            self.page.fill(f"[data-part=tools] [name={name}]", value)
        self.press(self.page.locator("[data-part=tools] button[value=say]"))

    def answer(self, question: str, text: str) -> None:
        self.looks()
        thread = self.page.locator("[data-part=said] li.thread", has_text=question)
        field = thread.locator("form.tool textarea[name=text]")
        expect(field).to_be_attached()
        if not field.is_visible():
            thread.locator("details[data-key^=fold] > summary").click()
        field.fill(text)
        self.press(thread.locator("form.tool button[value=say]"))
        self.reads(text)

    def give_dots(self, pitch: str, dots: int) -> None:
        thread = self.page.locator("[data-part=said] li.thread", has_text=pitch)
        choice = thread.locator(f".votes button[value='{dots}']")
        choice.click()
        expect(choice).to_have_attribute("aria-pressed", "true")

    def place_of(self, option: str) -> Locator:
        """Where something stands that is judged: a contribution, a person, a field of a canvas."""
        said = self.page.locator("[data-part=said]")
        return said.locator("li.thread, li.ballot__option").filter(has_text=option)

    def judges(self, option: str, value: int, among: Locator | None = None) -> None:
        """Gives this value; what is chosen can be taken back with the same button, which then stands for 0."""
        place = self.place_of(option) if among is None else among.locator("li").filter(has_text=option)
        self.press(place.locator(f".votes button[value='{value}']"))
        expect(place.locator(".votes button[aria-pressed=true]")).to_have_attribute("value", "0")
        expect(place.locator(f".votes button[value='{value}']")).to_have_count(0)

    def casts(self, role: str, name: str) -> None:
        """Votes for somebody in a role, named by the question above those who could have it."""
        self.judges(name, 1, self.page.locator("section.ballot").filter(has_text=role))

    @property
    def form(self) -> Locator:
        return self.page.locator("[data-part=tools] form.tool").first

    def fills(self, **fields: str) -> None:
        """Writes in the fields of a canvas, or chooses in them, by their ids; and shares it."""
        for name, value in fields.items():
            field = self.form.locator(f"[name='f:{name}']")
            if field.evaluate("node => node.localName") == "select":
                field.select_option(value)
            else:
                field.fill(value)
        self.press(self.form.locator("button[value=say]"))

    def passes(self) -> None:
        self.press(self.page.locator("[data-part=tools] button[value=pass]"))

    def marks(self, line: str) -> None:
        """Marks a line that touches, with the back turned."""
        heart = (
            self.page.locator("[data-part=said] li.thread")
            .filter(has_text=line)
            .locator("button[value=mark]")
        )
        heart.click()
        expect(heart).to_have_attribute("aria-pressed", "true")

    def brings(self, name: str) -> None:
        """Who leads says in the lobby who brings the case."""
        menu = self.page.locator("[data-part=lead] details[data-key=brings]")
        menu.locator("summary").click()
        menu.locator("button[name=to]", has_text=name).click()
        expect(self.page.locator(".seat--bringer")).to_contain_text(name)

    def pauses(self) -> None:
        """Who leads stops the clock of this step."""
        self.page.click("[data-part=lead] button[value=pause]")
        expect(self.page.locator("[data-part=lead] button[value=resume]")).to_be_visible()

    def chooses_way(self, how: str) -> None:
        """Goes on in another way than to the next step: one of those under “more”."""
        menu = self.page.locator("[data-part=lead] details[data-key=more]")
        menu.locator("summary").click()
        menu.locator(f"button[name=how][value={how}]").click()

    def seated(self) -> set[str]:
        """Full names of who sits at one's own table."""
        names = self.page.locator(".seat__label .visually-hidden").all_text_contents()
        return {re.sub(r"(, .*)? *(\(.*\))?$", "", name.strip()) for name in names}

    def tabs_to(self, target: Locator) -> None:
        """Gets there with the Tab key alone, as who has no mouse."""
        expect(target).to_be_visible()
        for _ in range(TABS):
            if target.evaluate("node => node === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError("this cannot be reached with Tab")

    def types(self, text: str) -> None:
        """Writes in the one field of this step and shares it, without a mouse."""
        self.tabs_to(self.field.first)
        self.page.keyboard.type(text)
        self.tabs_to(self.form.locator("button[value=say]"))
        self.page.keyboard.press("Enter")
        self.reads(text)

    def got(self, text: str) -> bool:
        """Whether this ever came over the line, or stands in the page as the server draws it now."""
        return any(text in frame for frame in self.frames) or text in self.drawn()

    def drawn(self, path: str = "tafel/") -> str:
        """The HTML that the server gives this person, script or not."""
        answer = self.page.request.get(f"{self.origin}{self.path}{path}")
        assert answer.status == 200, answer.status
        return answer.text()

    def shows(self, name: str) -> None:
        """A picture of this moment at both widths, for whoever wants to look at it (JOURNEY_PICTURES=1)."""
        if not os.environ.get("JOURNEY_PICTURES"):
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        mine = self.page.viewport_size
        for size in (DESKTOP, PHONE):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            height = self.page.evaluate(
                "document.documentElement.scrollHeight"
            )  # what sticks belongs at the end
            self.page.set_viewport_size({**size, "height": max(height, size["height"])})  # type: ignore[typeddict-item]
            path = PICTURES / f"{name}-{size['width']}.png"
            self.page.screenshot(path=path, animations="disabled")
        self.page.set_viewport_size(mine)  # type: ignore[arg-type]

    def reads(self, text: str) -> None:
        """Waits until a text stands on the screen."""
        self.looks()
        expect(self.page.locator(".item", has_text=text).first).to_be_attached()

    def goes_on(self) -> None:
        """The facilitator takes the next step, through the question whether it is not too early where that comes up."""
        step = self.title()
        self.press_on()
        expect(self.page.locator("#stage-title")).not_to_have_text(step)

    def press_on(self) -> None:
        """The one button with which who leads starts, goes on or ends; says yes where the page asks.

        Whether it asks may change while one reaches for it: when the last one had their turn, the question goes away.
        """
        early = self.page.locator("[data-part=lead] a[data-dialog=go-dialog]")
        straight = self.page.locator("[data-part=lead] form[data-key=go] button")
        yes = self.page.locator("#go-dialog[open] button[name=do]")
        expect(early.or_(straight)).to_be_visible()
        if early.is_visible():
            with suppress(TimeoutError):  # the question went away
                early.click(timeout=MOMENT)
            yes.or_(straight).first.click()
        else:
            straight.click()

    def title(self) -> str:
        return self.page.locator("#stage-title").inner_text()

    def at_step(self, number: int) -> None:
        self.looks()
        expect(self.page.locator("[data-part=head] .kicker")).to_contain_text(
            re.compile(rf"\b{number} (van|of)\b")
        )

    def texts(self) -> list[str]:
        """All contributions on the screen, folded away or not."""
        return self.page.locator(".item__text").all_text_contents()

    def post(self, **fields: str) -> int:
        """Posts a form by hand, past all that the screen offers. Returns the status."""
        return self.page.evaluate(
            """async (fields) => {
                const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
                const visit = document.querySelector("[name=visit]")?.value ?? "";
                const body = new URLSearchParams({ csrfmiddlewaretoken: token, id: crypto.randomUUID(), visit, ...fields });
                return (await fetch(location.href, { method: "POST", body })).status;
            }""",
            fields,
        )

    def send(self, command: dict[str, Any]) -> dict[str, Any]:
        """Sends a command on a socket of one's own making. Returns the answer."""
        return self.page.evaluate(
            """(command) => new Promise((done, fail) => {
                const address = JSON.parse(document.getElementById("room-script").textContent).socket;
                const socket = new WebSocket(new URL(address, location.href.replace(/^http/, "ws")));
                const id = crypto.randomUUID();
                socket.onopen = () => socket.send(JSON.stringify({ t: "hi", v: 1, since: null }));
                socket.onmessage = ({ data }) => {
                    const frame = JSON.parse(data);
                    if (frame.t === "hello") socket.send(JSON.stringify({ t: "do", id, ...command }));
                    if (frame.id === id || frame.ack?.includes(id)) { socket.close(); done(frame); }
                };
                setTimeout(() => fail(new Error("no answer")), 20000);
            })""",
            command,
        )


class PlainGuest(Guest):
    """Somebody whose browser runs no script: forms are posted, and the page is asked for anew to see more."""

    script = False

    def live(self) -> None:
        expect(self.page.locator("#room")).to_be_attached()

    def looks(self) -> None:
        self.page.goto(f"{self.origin}{self.path}tafel/")

    def press(self, button: Locator) -> None:
        with self.page.expect_navigation():
            button.click()


def _is_fault(message: Any) -> bool:
    """Errors on the console, but for the network's: lines cut and posts refused on purpose are told there too."""
    expected = ("net::", "WebSocket connection", "Failed to load resource")
    return message.type == "error" and not any(words in message.text for words in expected)


def at_table(browser: Browser, server: Server, method: str, people: int = 5) -> list[Guest]:
    """So many people who sit down for this method and have accepted the agreement, the last one on a phone."""
    scene = server.scene(people=people, method=method, agree=True)
    guests = [Guest(browser, server, scene, seat, phone=seat == people) for seat in range(1, people + 1)]
    everybody(guests, Guest.enter)
    return guests


def everybody(guests: list[Guest], act: Callable[[Guest], None]) -> None:
    for guest in guests:
        act(guest)
