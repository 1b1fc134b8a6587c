"""Whatever Chromium the machine has, started the same way for every test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_chromium() -> str:
    """Return the path of a Chromium, or say how to get one."""
    named = os.environ.get("CHROMIUM")
    for name in (named, *NAMES):
        path = shutil.which(name) if name else None
        if path:
            return path
    raise RuntimeError("no Chromium found: install one, or name it in the environment variable CHROMIUM")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a headless Chromium and stop it again."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
