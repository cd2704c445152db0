"""Takes the room at every moment that the tests play, without a server: `python -m tests.room_pictures [words]`.

Pictures come into var/room/, in both widths, themes and languages; only of moments whose names, with "-nl" or "-en"
behind them, hold one of the words.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]

import django  # noqa: E402

django.setup()

from playwright.sync_api import sync_playwright  # noqa: E402

from tests.e2e.conftest import DESKTOP, PHONE  # noqa: E402
from tests.e2e.room_mock import Files, Mock  # noqa: E402
from tests.intervisie import played, played_around  # noqa: E402
from tests.intervisie.staged import stage_moments  # noqa: E402
from tests.support.browser import launch  # noqa: E402

FOLDER = ROOT / "var" / "room"


def main(words: list[str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    shown = played.moments() | played_around.moments() | stage_moments()
    wanted = {
        f"{name}-{language}": (moment, language)
        for name, moment in shown.items()
        for language in ("nl", "en")
        if not words or any(one in f"{name}-{language}" for one in words)
    }
    files = Files()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name, (moment, language) in wanted.items():
            mock = Mock(browser, files, moment, language, reduced_motion="reduce").live()
            for size in (DESKTOP, PHONE):
                mock.page.set_viewport_size(size)  # type: ignore[arg-type]
                for theme in ("light", "dark"):
                    mock.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
                    path = FOLDER / f"{name}-{size['width']}-{theme}.png"
                    mock.page.screenshot(path=path, full_page=True, animations="disabled")
            print(name, mock.faults or "")  # noqa: T201
            mock.close()
        browser.close()
    files.shutdown()


if __name__ == "__main__":
    main(sys.argv[1:])
