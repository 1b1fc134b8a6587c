"""A reader without a mouse sees at each step where the focus is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.book.visits import WAKE, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.book.serve import Served

STEPS = 130
# The ring may be on what stands for a hidden input, or on the arrow in a box without height.
RING = """() => {
  const ringed = (element) => {
    if (!element) return false;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const drawn = (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none";
    return drawn && box.height > 1;
  };
  const at = document.activeElement;
  if (at === document.body) return null;
  const name = `${at.tagName} ${at.getAttribute("aria-label") || at.textContent.trim().slice(0, 40) || at.name}`;
  return [name, ringed(at) || ringed(at.nextElementSibling) || ringed(at.querySelector(".toctree-toggle"))];
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_focus_is_always_seen(site: Served, browser: Browser, theme: str) -> None:
    with opened(browser, site.address + "chapters/03-jak-stat3.html", theme) as (page, _):
        page.evaluate(WAKE)
        unseen, reached = [], set()
        for _step in range(STEPS):
            page.keyboard.press("Tab")
            if found := page.evaluate(RING):
                name, ringed = found
                reached.add(name)
                if not ringed:
                    unseen.append(name)
        assert len(reached) > 60
        assert any("IL-6" in name for name in reached), "the model is not reached"
        assert unseen == []


def test_a_dark_page_is_printed_in_light_colours(site: Served, browser: Browser) -> None:
    with opened(browser, site.address + "chapters/03-jak-stat3.html", "dark") as (page, _):
        theme = "document.documentElement.dataset.theme"
        page.evaluate(WAKE)
        page.evaluate(f"addEventListener('beforeprint', () => {{ window.printed = {theme}; }})")
        page.pdf()
        assert page.evaluate("window.printed") == "light"
        assert page.evaluate(theme) == "dark"
