"""What a first visit transfers, with nothing in the cache and gzip on the wire."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.book.building import ROOT
from tests.book.serve import Served
from tests.book.visits import WAKE, opened

CHAPTERS = [f"chapters/{file.stem}.html" for file in sorted((ROOT / "chapters").glob("[0-9]*.md"))]


def plotly(served: Served) -> bool:
    return any("plotly" in path for path, _ in served.sent)


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_with_all_its_charts_stays_under_650_kb(site: Served, browser: Browser, page: str) -> None:
    site.sent.clear()
    with opened(browser, site.address + page) as (tab, _):
        assert tab.evaluate(WAKE)
        tab.wait_for_load_state("networkidle")
    assert plotly(site)
    assert site.weight <= 650, sorted(site.sent, key=lambda item: -item[1])[:8]


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_stays_under_200_kb_until_its_first_chart_is_needed(
    site: Served, browser: Browser, page: str
) -> None:
    site.sent.clear()
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    # No observer reports an element in view: the reader has not come near a chart yet.
    context.add_init_script("window.IntersectionObserver = class { observe() {} unobserve() {} disconnect() {} }")
    tab = context.new_page()
    tab.goto(site.address + page)
    tab.evaluate("Promise.all([...document.querySelectorAll('il6-explorer')].map((each) => each.ready))")
    tab.wait_for_load_state("networkidle")
    context.close()
    assert not plotly(site)
    assert site.weight <= 200, sorted(site.sent, key=lambda item: -item[1])[:8]


def test_a_page_without_charts_stays_under_200_kb(site: Served, browser: Browser) -> None:
    site.sent.clear()
    with opened(browser, site.address + "chapters/glossary.html") as (tab, _):
        tab.wait_for_load_state("networkidle")
    assert site.weight <= 200, sorted(site.sent, key=lambda item: -item[1])[:8]


def test_nothing_is_shipped_that_no_page_loads(site: Served) -> None:
    static = Path(site.folder, "_static")
    assert list(static.rglob("*.map")) == []
    assert list(static.rglob("*.ttf")) == []
    assert not (static / "scripts" / "fontawesome.js").exists()
