"""Charts on a phone: nothing that is written on them runs off their edge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.book.building import ROOT
from tests.book.visits import WAKE
from widgets import catalogue, load

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.book.serve import Served

# Texts that lie outside the box of their chart by more than a pixel.
CUT = """() => [...document.querySelectorAll(".il6-plot")].flatMap((plot) => {
  const box = plot.getBoundingClientRect();
  const texts = plot.querySelectorAll(".infolayer text, .xaxislayer-above text, .yaxislayer-above text");
  return [...texts].filter((text) => {
    const { left, right, top, bottom, width } = text.getBoundingClientRect();
    return width > 0 && (left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1);
  }).map((text) => text.textContent);
})"""
CHAPTERS = [
    file.stem
    for file in sorted((ROOT / "chapters").glob("*.md"))
    if re.search(r"go\.Figure|make_subplots", file.read_text(encoding="utf-8"))
]


def phone(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    page.goto(address)
    assert page.evaluate(WAKE)
    return page


@pytest.mark.parametrize("name", catalogue())
def test_every_tab_of_a_model_fits(site: Served, browser: Browser, name: str) -> None:
    page = phone(browser, f"{site.address}models/{name}.html")
    about = load(name).about
    tabs = [*(plot.id for plot in about.plots), *(view.id for view in about.views)]
    assert tabs
    cut: dict[str, list[str]] = {}
    for tab in tabs:
        page.evaluate(f"""document.querySelector('.il6-tabs input[value="{tab}"]')?.click()""")
        page.wait_for_selector('.il6-chart[aria-busy="false"] .il6-plot:not([hidden]) svg')
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        if found := page.evaluate(CUT):
            cut[tab] = found
    page.context.close()
    assert cut == {}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_figure_of_a_chapter_fits(site: Served, browser: Browser, chapter: str) -> None:
    page = phone(browser, f"{site.address}chapters/{chapter}.html")
    cut = page.evaluate(CUT)
    page.context.close()
    assert cut == []
