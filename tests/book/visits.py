"""A visit to a page: everything is woken up, then axe and the eyes of a test look at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.book.building import ROOT

AXE = ROOT / "widgets" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"

#: Scrolls to each live element and waits until it is drawn; false when one is not drawn after 20 s.
WAKE = """async () => {
  const drawn = (element) => element.querySelector(".js-plotly-plot .main-svg");
  for (const element of document.querySelectorAll("il6-explorer, il6-figure")) {
    element.scrollIntoView();
    if (element.ready) await element.ready;
    for (let i = 0; !drawn(element) && i < 400; i++) await new Promise((done) => setTimeout(done, 50));
    if (!drawn(element)) return false;
  }
  scrollTo(0, 0);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return true;
}"""

VIOLATIONS = """async () => (await axe.run(document, {preload: location.protocol !== "file:"})).violations
  .flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)}`))"""


@dataclass
class Visit:
    """What was met on one page."""

    #: Addresses on other hosts that the page asked for.
    elsewhere: list[str] = field(default_factory=list)
    #: Errors and warnings in the console, and scripts that failed.
    complaints: list[str] = field(default_factory=list)
    #: What axe found, one line for each element.
    violations: list[str] = field(default_factory=list)
    #: How far the page can be scrolled sideways on a screen of 390 px, in px.
    overhang: int = 0
    #: Whether each explorer and figure was drawn.
    drawn: bool = False


@contextmanager
def opened(
    browser: Browser, address: str, theme: str = "light", width: int = 1280, javascript: bool = True
) -> Iterator[tuple[Page, Visit]]:
    """Open an address as a first-time reader does, with nothing stored."""
    context = browser.new_context(
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": width, "height": 900},
        java_script_enabled=javascript,
    )
    seen = Visit()
    origin = address.split("/", 3)
    home = "file://" if address.startswith("file:") else "/".join(origin[:3]) + "/"
    page = context.new_page()
    page.on(
        "request", lambda ask: None if ask.url.startswith((home, "data:", "blob:")) else seen.elsewhere.append(ask.url)
    )
    page.on("console", lambda line: seen.complaints.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    try:
        page.goto(address)
        page.wait_for_load_state("load")
        yield page, seen
    finally:
        context.close()


def visit(browser: Browser, site: str, path: str, theme: str) -> Visit:
    """Look at a page in one theme, wide and narrow."""
    with opened(browser, site + path, theme) as (page, seen):
        seen.drawn = page.evaluate(WAKE)
        assert page.evaluate("document.documentElement.dataset.theme") == theme
        # As text: a script element would be stopped by the page's policy.
        page.evaluate(Path(AXE).read_text(encoding="utf-8"))
        seen.violations = page.evaluate(VIOLATIONS)
        page.set_viewport_size({"width": 390, "height": 844})
        # The theme makes boxes that now scroll reachable by keyboard 300 ms after a change of width.
        page.wait_for_timeout(600)
        seen.violations += [f"at 390 px, {line}" for line in page.evaluate(VIOLATIONS)]
        seen.overhang = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return seen
