"""The one browser that looks at our pages: Debian's Chromium without a window, which draws for half of what a whole one costs."""

import shutil

from playwright.sync_api import Browser, Playwright

# As root, and without a single look-up outside this machine.
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(playwright: Playwright, *more: str) -> Browser:
    """Starts it, with more flags where they are given; a whole Chromium where only that is there.

    Raises RuntimeError without any.
    """
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        raise RuntimeError("Install chromium-headless-shell or chromium.")
    return playwright.chromium.launch(executable_path=program, args=[*_FLAGS, *more])
