"""Takes every page of the tour in both widths, themes and languages: `make screenshots`, or `ARGS=room` for some names.

Pictures and a sheet of them all come into var/screenshots/; those of the README are made from them.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.e2e.conftest import DESKTOP, PHONE
from tests.support.browser import launch
from tests.support.server import ROOT
from tests.support.tour import DESK, PAPERS, ROOMS, Stop, Tour, demo_at, tour

FOLDER = ROOT / "var" / "screenshots"
LANGUAGES = ("nl", "en")
THEMES = ("light", "dark")
A4 = {"width": 794, "height": 1123}
# Those of the README: from which picture, and as high as it is cut off.
SHOWN = {
    "leerkring": ("leerkring-member-1280-light-nl", 860),
    "room": ("room-inc6-diagnosis-floor-1280-light-nl", 876),
    "start-phone": ("start-375-dark-nl", 772),
}


class Album:
    """The pictures of one language, by whoever is on the tour."""

    def __init__(self, made: Tour, browser: Browser, language: str) -> None:
        self.made, self.browser, self.language = made, browser, language
        self.windows: dict[str, Page] = {}

    def page_of(self, who: str) -> Page:
        """The window of somebody; the same as long as the tour lasts."""
        if who not in self.windows:
            context = self.browser.new_context(
                locale="nl-NL",
                reduced_motion="reduce",
                service_workers="block",  # they would fetch past what is drawn
            )
            cookies = {"language": self.language, self.made.cookie: self.made.keys.get(who, "")}
            context.add_cookies(
                [
                    {"name": name, "value": value, "url": self.made.server.origin}
                    for name, value in cookies.items()
                ]
            )
            self.windows[who] = context.new_page()
            self.made.show_drawn(self.windows[who])
        return self.windows[who]

    def visit(self, stop: Stop) -> Page:
        """Opens a page. Raises RuntimeError where it is not there."""
        page = self.page_of(stop.who)
        page.emulate_media(media="screen", color_scheme="light")
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
        response = page.goto(self.made.address(stop))
        if response is None or response.status != stop.status:
            raise RuntimeError(f"{stop.name}: {page.url} answered {response and response.status}")
        if stop in ROOMS:
            page.locator("#room[data-live]").wait_for(state="attached")
        if stop.act:
            stop.act(page)
        return page

    def take(self, stop: Stop) -> None:
        page = self.visit(stop)
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            for theme in THEMES:
                page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
                # The room is a view that one stays in, with bars that stick to its edges.
                self.keep(page, f"{stop.name}-{size['width']}-{theme}", whole=stop not in ROOMS)

    def take_paper(self, stop: Stop) -> None:
        page = self.visit(stop)
        page.set_viewport_size(A4)  # type: ignore[arg-type]
        page.emulate_media(media="print")
        self.keep(page, f"{stop.name}-{A4['width']}-paper")

    def keep(self, page: Page, name: str, *, whole: bool = True) -> None:
        page.evaluate("document.fonts.ready")
        page.screenshot(path=FOLDER / f"{name}-{self.language}.png", full_page=whole, animations="disabled")


def take_all(demo: Path, scratch: Path, language: str, wanted: list[str]) -> None:
    """Walks the tour in one language. Raises ExceptionGroup with what could not be taken, at the end."""
    faults: list[Exception] = []

    def take(pages: Iterator[Stop], one: Callable[[Stop], None]) -> None:
        for stop in pages:
            try:
                one(stop)
            except (RuntimeError, PlaywrightError) as fault:
                fault.add_note(f"at {stop.name} in {language}")
                faults.append(fault)

    def some(stops: list[Stop]) -> Iterator[Stop]:
        return (stop for stop in stops if not wanted or any(word in stop.name for word in wanted))

    with tour(demo, scratch / language, language) as made, sync_playwright() as playwright:
        browser = launch(playwright)
        album = Album(made, browser, language)
        take(some([*made.pages(), *made.letters(), *DESK]), album.take)
        take(some(PAPERS), album.take_paper)
        if any(some(ROOMS)):
            made.lay_tables()
        take(some(ROOMS), album.take)
        browser.close()
    if faults:
        raise ExceptionGroup("pages were not taken", faults)


def write_sheet() -> None:
    """All pictures under each other, each page in a row, with links to them in full."""
    rows = []
    for name, files in groupby(sorted(FOLDER.glob("*.png")), lambda file: file.stem.rsplit("-", 3)[0]):
        pictures = "".join(
            f'<a href="{file.name}"><img src="{file.name}" alt="{file.stem}" loading="lazy"></a>'
            for file in files
        )
        rows.append(f"<h2>{name}</h2><p>{pictures}</p>")
    style = "body{font:16px sans-serif;margin:2rem}p{display:flex;gap:1rem;align-items:start;overflow:auto}img{width:20rem;max-height:40rem;object-fit:cover;object-position:top;border:1px solid}"
    html = (
        f"<!doctype html><meta charset=utf-8><title>Screenshots</title><style>{style}</style>{''.join(rows)}"
    )
    (FOLDER / "index.html").write_text(html)


def refresh_readme() -> None:
    """The pictures of the README anew: the top of a page, in few enough colours to weigh little."""
    for name, (source, height) in SHOWN.items():
        with Image.open(FOLDER / f"{source}.png") as picture:
            top = picture.convert("RGB").crop((0, 0, picture.width, min(height, picture.height)))
        few = top.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(ROOT / "docs" / "images" / f"{name}.png", optimize=True)


def main(wanted: list[str]) -> None:
    if not wanted:
        shutil.rmtree(FOLDER, ignore_errors=True)  # pages that are gone
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(len(LANGUAGES)) as threads:
        scratch = Path(folder)
        demo = demo_at(scratch / "demo")
        walks = [threads.submit(take_all, demo, scratch, language, wanted) for language in LANGUAGES]
        for walk in walks:
            walk.result()
    write_sheet()
    if not wanted:
        refresh_readme()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER / 'index.html'}")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
