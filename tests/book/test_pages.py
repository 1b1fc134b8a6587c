"""Every page, in light and dark, as a first-time reader meets it over the web."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

from tests.book.building import ROOT
from tests.book.conftest import Visiting
from tests.book.links import broken_links
from tests.book.serve import Served
from tests.book.visits import WAKE, opened
from widgets import catalogue


def listed() -> list[str]:
    """Pages of the table of contents, read before the book is built."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    files = [toc["root"]]
    for chapter in (chapter for part in toc["parts"] for chapter in part["chapters"]):
        files.append(chapter["file"])
        if {"glob": "models/*"} in chapter.get("sections", []):
            # The pages of the models, which are written when the book is built.
            files += [f"models/{name}" for name in catalogue()]
    return [*(f"{file}.html" for file in files), "genindex.html", "search.html", "search.html?q=STAT3"]


THEMES = ("light", "dark")
pages = pytest.mark.parametrize("page", listed())
themes = pytest.mark.parametrize("theme", THEMES)


@pages
@themes
def test_a_page_asks_no_other_host(visited: Visiting, page: str, theme: str) -> None:
    assert visited(page, theme).elsewhere == []


@pages
@themes
def test_a_page_leaves_the_console_quiet(visited: Visiting, page: str, theme: str) -> None:
    assert visited(page, theme).complaints == []


@pages
@themes
def test_a_page_has_no_barrier_that_axe_can_find(visited: Visiting, page: str, theme: str) -> None:
    assert visited(page, theme).violations == []


@pages
@themes
def test_a_page_fits_a_phone(visited: Visiting, page: str, theme: str) -> None:
    assert visited(page, theme).overhang == 0


@pages
@themes
def test_every_model_and_figure_of_a_page_is_drawn(visited: Visiting, page: str, theme: str) -> None:
    assert visited(page, theme).drawn


def test_every_page_says_that_it_is_no_medical_advice(site: Served) -> None:
    for page in site.folder.rglob("*.html"):
        if page.relative_to(site.folder).parts[0] not in ("_static", "_sources"):
            assert "It is not medical advice." in page.read_text(encoding="utf-8"), page


def test_chapters_carry_their_own_numbers_and_models_none(site: Served) -> None:
    for page in [*site.folder.glob("chapters/[0-9]*.html"), *site.folder.glob("models/*.html")]:
        number = re.search(r'<h1><span class="section-number">(\d+)\. ', page.read_text(encoding="utf-8"))
        expected = page.stem[:2].lstrip("0") if page.parent.name == "chapters" else None
        assert (number and number[1]) == expected, page.stem


def test_no_internal_link_is_dead(site: Served) -> None:
    assert broken_links(site.folder) == []


@pytest.mark.parametrize("page", [page for page in listed() if page.startswith(("index", "chapters/", "models/"))])
def test_a_page_works_opened_from_disk(site: Served, browser: Browser, page: str) -> None:
    with opened(browser, (site.folder / page).as_uri()) as (tab, seen):
        assert tab.evaluate(WAKE)
        assert seen.elsewhere == []
        assert seen.complaints == []


def test_search_works_opened_from_disk(site: Served, browser: Browser) -> None:
    with opened(browser, (site.folder / "search.html").as_uri() + "?q=STAT3") as (tab, seen):
        tab.locator("#search-results li").first.wait_for()
        assert seen.complaints == []


def test_without_javascript_a_still_figure_stands_in_for_each_model(site: Served, browser: Browser) -> None:
    live = [page for page in site.folder.glob("*/*.html") if "<il6-explorer" in page.read_text(encoding="utf-8")]
    assert live, "no chapter has a live model"
    for path in live:
        with opened(browser, site.address + path.relative_to(site.folder).as_posix(), javascript=False) as (tab, _):
            still = tab.locator("il6-explorer svg")
            assert still.count() == tab.locator("il6-explorer").count()
            for index in range(still.count()):
                box = still.nth(index).bounding_box()
                assert box is not None
                assert box["width"] > 200 and box["height"] > 100
            assert tab.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_pages_hold_no_inline_script_and_no_widget_state(site: Served) -> None:
    for page in site.folder.rglob("*.html"):
        if Path(page).relative_to(site.folder).parts[0] in ("_static", "_sources"):
            continue
        text = page.read_text(encoding="utf-8")
        inline = [
            attributes
            for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.DOTALL)
            if body.strip() and "application/json" not in attributes
        ]
        assert inline == [], page
        assert not re.search(r"<[^>]+\son[a-z]+=", text), page
        assert "vnd.jupyter.widget" not in text, page


def test_shipped_scripts_make_no_code_from_text(site: Served) -> None:
    scripts = [*(site.folder / "_static" / "il6").rglob("*.js"), site.folder / "_static" / "book.js"]
    assert len(scripts) > 3
    for script in scripts:
        assert not re.search(r"\beval\(|new Function\b|\bFunction\(\"", script.read_text(encoding="utf-8")), script


@pytest.mark.parametrize("width", [1280, 390])
def test_a_link_to_a_section_far_down_opens_there(site: Served, browser: Browser, width: int) -> None:
    # The sections between are laid out after the first paint, which moves this one.
    with opened(browser, site.address + "chapters/05-pi3k-akt.html#exercises", width=width) as (page, _):
        page.wait_for_selector("html[data-painted]", state="attached")
        page.wait_for_timeout(500)
        top = page.evaluate("document.querySelector('#exercises h2, h2#exercises').getBoundingClientRect().top")
        assert -1 <= top < 200, top
