"""What the book's own building blocks do, on a small page that has one of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.book.links import broken_links
from tests.book.visits import WAKE, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.book.conftest import Visiting
    from tests.book.serve import Served

PAGE = "everything.html"


@pytest.mark.parametrize("page", [PAGE, "tables.html"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_clean(sampled: Visiting, page: str, theme: str) -> None:
    seen = sampled(page, theme)
    assert seen.elsewhere == []
    assert seen.complaints == []
    assert seen.violations == []
    assert seen.overhang == 0
    assert seen.drawn


def test_its_links_work(sample: Served) -> None:
    assert broken_links(sample.folder) == []


def test_authors_of_whom_only_the_first_are_known_are_cited_as_et_al(sample: Served, browser: Browser) -> None:
    with opened(browser, sample.address + PAGE) as (page, _):
        assert page.locator("p", has_text="Nobody knows").inner_text() == (
            "Nobody knows, says Doe [2020], and Roe et al. [2021] agree [Journal of Samples, 2022, Roe et al., 2021]."
        )
    with opened(browser, sample.address + "bibliography.html") as (page, _):
        text = page.locator(".citation-list").inner_text()
        assert "Richard Roe et al. Two of everything." in " ".join(text.split())
        assert "Three of everything. Journal of Samples, 2022." in " ".join(text.split())
        assert "others" not in text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_plotly_figures_share_one_copy_and_have_a_text_alternative(
    sample: Served, browser: Browser, theme: str
) -> None:
    sample.sent.clear()
    with opened(browser, sample.address + PAGE, theme) as (page, seen):
        assert page.evaluate(WAKE)
        assert [path for path, _ in sample.sent if "plotly" in path] == ["/_static/il6/plotly-basic.min.js"]
        figures = page.locator("il6-figure")
        assert figures.count() == 2
        assert page.get_by_role("img", name="A curve that <rises>.").count() == 1
        assert page.get_by_role("img", name="The same curve again.").count() == 1
        # The axis titles follow the page, or they would vanish on one of the two backgrounds.
        colour = "getComputedStyle(document.querySelector('il6-figure .xtitle')).fill"
        assert page.evaluate(colour) != page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert seen.complaints == []


def test_figures_follow_a_change_of_theme(sample: Served, browser: Browser) -> None:
    colour = "getComputedStyle(document.querySelector('il6-figure .xtitle')).fill"
    with opened(browser, sample.address + PAGE, "light") as (page, _):
        page.evaluate(WAKE)
        before = page.evaluate(colour)
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        page.wait_for_function(f"{colour} !== {before!r}", timeout=5000)


def test_a_term_shows_its_definition_on_hover_and_on_focus_and_escape_hides_it(
    sample: Served, browser: Browser
) -> None:
    with opened(browser, sample.address + PAGE) as (page, seen):
        page.evaluate(WAKE)
        term = page.locator("article a", has_text="STAT3").first
        tip = page.locator(".tippy-box", has_text="A messenger between receptor and genes.")
        term.hover()
        tip.wait_for()
        page.keyboard.press("Escape")
        tip.wait_for(state="detached")
        page.mouse.move(0, 0)
        term.focus()
        tip.wait_for()
        assert term.get_attribute("aria-describedby") or term.get_attribute("aria-expanded")
        assert seen.complaints == []


def test_a_choice_is_marked_by_keyboard(sample: Served, browser: Browser) -> None:
    with opened(browser, sample.address + PAGE) as (page, seen):
        check = page.locator("fieldset.il6-check").first
        verdict = check.locator(".il6-verdict")
        assert verdict.get_attribute("aria-live") == "polite"
        check.locator("input[type=radio]").first.focus()
        page.keyboard.press("Space")
        assert verdict.inner_text().startswith("Right.")
        assert "Without it little happens" in verdict.inner_text()
        page.keyboard.press("ArrowDown")
        assert verdict.inner_text().startswith("Not quite.")
        assert "It cannot stand in." in verdict.inner_text()
        assert seen.complaints == []


@pytest.mark.parametrize(("typed", "verdict"), [("15.4", "Right."), ("15.61", "Not quite."), ("", "Type a number")])
def test_a_number_is_marked_by_keyboard(sample: Served, browser: Browser, typed: str, verdict: str) -> None:
    with opened(browser, sample.address + PAGE) as (page, _):
        check = page.locator("fieldset.il6-check[data-kind=number]")
        entry = check.get_by_label("Your answer (nM)")
        entry.fill(typed)
        entry.press("Enter")
        assert check.locator(".il6-verdict").inner_text().startswith(verdict)


def test_answers_can_be_read_without_javascript(sample: Served, browser: Browser) -> None:
    with opened(browser, sample.address + PAGE, javascript=False) as (page, _):
        for answer in page.locator("details.il6-answer").all():
            answer.locator("summary").click()
        assert page.get_by_text("It cannot stand in.").is_visible()
        assert page.get_by_text("It is 15.1 nM.").is_visible()
        assert page.locator("il6-figure noscript").first.inner_text() == "A curve that <rises>."


def test_a_drawing_has_a_name_a_caption_and_a_description(sample: Served, browser: Browser) -> None:
    with opened(browser, sample.address + PAGE) as (page, _):
        drawing = page.get_by_role("img", name="A circle with a line.")
        assert drawing.count() == 1
        box = drawing.bounding_box()
        assert box is not None and box["width"] > 300
        figure = page.get_by_role("figure").filter(has=drawing)
        assert "Fig. 1" in figure.locator("figcaption").inner_text()
        figure.get_by_text("The drawing in words").click()
        assert figure.locator("p", has_text="A line leads from it to the right.").is_visible()


def test_icons_are_still_there_after_their_fonts_were_cut(sample: Served, browser: Browser) -> None:
    fonts = list((sample.folder / "_static" / "vendor").rglob("*.*"))
    assert sum(font.stat().st_size for font in fonts) < 12_000
    with opened(browser, sample.address + PAGE) as (page, _):
        page.evaluate("document.fonts.ready")
        # A letter that the font lacks would be drawn as an empty box of another font.
        icons = page.evaluate(
            """() => [...document.querySelectorAll("i[class*=fa-]")].map((icon) => {
              const letter = getComputedStyle(icon, "::before").content.replaceAll('"', "");
              const font = `${getComputedStyle(icon, "::before").fontWeight} 16px ${getComputedStyle(icon).fontFamily}`;
              return letter.length > 0 && letter !== "none" && document.fonts.check(font, letter);
            })"""
        )
        assert len(icons) > 3
        assert all(icons)
