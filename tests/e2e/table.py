"""People at a table in Chromium: what a person does with hands and eyes, by name."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import DESKTOP, PATIENCE, PHONE
from tests.support.server import Server


class Guest:
    """One person with a browser window at the table of one session."""

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
        self.page.click("[data-part=tools] button[value=say]")

    def answer(self, question: str, text: str) -> None:
        thread = self.page.locator("[data-part=said] li.thread", has_text=question)
        field = thread.locator("form.tool textarea[name=text]")
        expect(field).to_be_attached()
        if not field.is_visible():
            thread.locator("details[data-key^=fold] > summary").click()
        field.fill(text)
        thread.locator("form.tool button[value=say]").click()
        self.reads(text)

    def give_dots(self, pitch: str, dots: int) -> None:
        thread = self.page.locator("[data-part=said] li.thread", has_text=pitch)
        choice = thread.locator(f".votes button[value='{dots}']")
        choice.click()
        expect(choice).to_have_attribute("aria-pressed", "true")

    def reads(self, text: str) -> None:
        """Waits until a text stands on the screen."""
        expect(self.page.locator(".item__text", has_text=text).first).to_be_attached()

    def goes_on(self) -> None:
        """The facilitator takes the next step, through the question whether it is not too early where that comes up."""
        step = self.title()
        self.press_on()
        expect(self.page.locator("#stage-title")).not_to_have_text(step)

    def press_on(self) -> None:
        """The one button with which the facilitator starts, goes on or ends; says yes where the page asks."""
        early = self.page.locator("[data-part=lead] a[data-dialog=go-dialog]")
        straight = self.page.locator("[data-part=lead] form[data-key=go] button")
        expect(early.or_(straight).first).to_be_visible()
        if early.count():
            early.click()
            self.page.click("#go-dialog button[name=do]")
        else:
            straight.click()

    def title(self) -> str:
        return self.page.locator("#stage-title").inner_text()

    def at_step(self, number: int) -> None:
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


def _is_fault(message: Any) -> bool:
    """Errors on the console, but for the network's: lines cut and posts refused on purpose are told there too."""
    expected = ("net::", "WebSocket connection", "Failed to load resource")
    return message.type == "error" and not any(words in message.text for words in expected)


def everybody(guests: list[Guest], act: Callable[[Guest], None]) -> None:
    for guest in guests:
        act(guest)
