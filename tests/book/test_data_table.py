"""Data tables: what is refused, what stands on the page, and what the browser adds."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sphinx.application import Sphinx
from sphinx.util.console import strip_colors
from sphinx.util.docutils import docutils_namespace, patch_docutils

from tests.book.building import ROOT
from tests.book.visits import WAKE, opened
from widgets.book.data_file import DataError, choose, is_numeric, read_data, source_markdown
from widgets.book.outputs import unpacked

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

    from tests.book.serve import Served

PAGE = "tables.html"
SHOWN = """(id) => [...document.querySelectorAll(`#${id} tbody tr`)].filter((row) => !row.hidden)
  .map((row) => row.dataset.id)"""
POINTS = "document.querySelectorAll('il6-figure .scatterlayer .point').length"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "needs a row of column names"),
        ("id,A\n", "needs a row of column names"),
        ('A,B\n1,"2\n', "is not valid CSV at line 2"),
        ("A,,C\n1,2,3\n", 'has no name for column 2; the names are "A", "", "C"'),
        ("A,B,A\n1,2,3\n", 'has two columns named "A"'),
        ("A,B,C\n1,2,3\n\n4,5\n", 'has at line 4, which starts with "4", "5", 2 cells where 3 are needed (A, B, C)'),
        ("id,A\nx,1\ny,2\nx,3\n", 'has the id "x" at line 2 and again at line 4; each row needs its own'),
        ("id,A\nx,1\n,2\n", "has no id at line 3"),
    ],
)
def test_a_file_that_is_no_table_is_refused(text: str, message: str) -> None:
    with pytest.raises(DataError, match=re.escape(message)):
        read_data(text)


def test_columns_are_chosen_by_name_with_commas_in_quotes() -> None:
    allowed = ["Cancer", "HR (95% CI, adjusted)", "id"]
    assert choose("columns", 'id,\n "HR (95% CI, adjusted)"', allowed) == ["id", "HR (95% CI, adjusted)"]
    with pytest.raises(DataError, match=r'has no column "Drug" for :filter:; allowed are "Cancer", "HR'):
        choose("filter", "Cancer, Drug", allowed)
    with pytest.raises(DataError, match="twice in :columns:"):
        choose("columns", "Cancer, id, Cancer", allowed)
    with pytest.raises(DataError, match="empty :filter:"):
        choose("filter", "", allowed)


@pytest.mark.parametrize(
    ("cells", "numeric"),
    [
        (["1.74 (1.3-2.2)", "<0.001", "n.r.", ""], True),
        (["1,020", "−3", "63 %", "2.1e-3", "1.2×10⁻³", "10 to 24"], True),
        (["12", "phase 2"], False),
        (["2 of 3"], False),
        (["", "–"], False),
    ],
)
def test_a_column_is_numeric_when_nothing_else_is_in_it(cells: list[str], numeric: bool) -> None:
    assert is_numeric(cells) is numeric


def test_sources_are_keys_or_links() -> None:
    assert source_markdown("doe2020 roe:2021") == "{cite:t}`doe2020,roe:2021`"
    assert source_markdown("[A trial](https://example.org/a) doe2020") == (
        "{cite:t}`doe2020`, [A trial](https://example.org/a)"
    )
    assert source_markdown("") == ""
    with pytest.raises(DataError, match=r'has the source "10\.1/x"'):
        source_markdown("10.1/x")


def test_packed_arrays_of_a_figure_become_lists() -> None:
    def packed(array: np.ndarray) -> dict[str, str]:
        return {
            "dtype": array.dtype.str.lstrip("<|"),
            "bdata": base64.b64encode(array.tobytes()).decode(),
            **({"shape": ", ".join(map(str, array.shape))} if array.ndim > 1 else {}),
        }

    trace = {
        "ids": ["a", "b"],
        "x": packed(np.array([1.5, np.nan])),
        "marker": {"size": packed(np.array([3, 4], dtype="i1")), "color": "red"},
        "customdata": packed(np.array([[1, 2], [3, 4]], dtype="i2")),
    }
    assert json.loads(json.dumps(unpacked(trace), allow_nan=False)) == {
        "ids": ["a", "b"],
        "x": [1.5, None],
        "marker": {"size": [3, 4], "color": "red"},
        "customdata": [[1, 2], [3, 4]],
    }


CONF = """
from widgets.book import data_table

extensions = ["myst_parser", "sphinxcontrib.bibtex"]
bibtex_bibfiles = ["references.bib"]
numfig = True

def setup(app):
    data_table.register(app)
"""


def built(folder: Path, directive: str, builder: str) -> tuple[Path, str]:
    """Build one page with one table; return the folder of the outcome and the warnings."""
    shutil.copytree(ROOT / "tests" / "book" / "sample" / "data", folder / "data")
    shutil.copy(ROOT / "tests" / "book" / "sample" / "references.bib", folder)
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    rest = "```{glossary}\nSTAT3\n  A messenger.\n```\n\n```{bibliography}\n```\n"
    page = f"# Page\n\n(everything.md)=\n\n{directive}\n\n{rest}"
    (folder / "index.md").write_text(page, encoding="utf-8")
    out, warnings = folder / builder, io.StringIO()
    with docutils_namespace(), patch_docutils():
        Sphinx(folder, folder, out, out / "doctrees", builder, status=None, warning=warnings).build()
    return out, strip_colors(warnings.getvalue())


TABLE = "```{data-table} data/trials.csv\n:name: tab-trials\n:filter: Cancer\n\nThe caption.\n```"


@pytest.mark.parametrize(("builder", "file"), [("text", "index.txt"), ("latex", "projectnamenotset.tex")])
def test_without_html_it_is_a_plain_table(tmp_path: Path, builder: str, file: str) -> None:
    out, warnings = built(tmp_path, TABLE.replace("Cancer\n", "Cancer\n:columns: Cancer, Patients, source\n"), builder)
    text = (out / file).read_text(encoding="utf-8")
    assert warnings == ""
    for part in ("The caption.", "Patients", "1,020", "Source", "NCT00433446"):
        assert part in text


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (":filter: Cancer", ":filter: Drug", 'has no column "Drug" for :filter:; allowed are "Cancer", "Evidence"'),
        (":filter: Cancer", ":columns: source, Drug", 'has no column "Drug" for :columns:; allowed are "id", "Cancer"'),
        (":filter: Cancer", ":figure: fig-a", 'no figure here has the meta name "fig-a"; named are: none'),
        (":name: tab-trials\n", "", "needs :name:"),
        ("The caption.", "", "needs a caption of one paragraph"),
        ("data/trials.csv", "data/lost.csv", "the data table data/lost.csv cannot be read: No such file"),
    ],
)
def test_a_mistake_is_named_in_one_line(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    _, warnings = built(tmp_path, TABLE.replace(right, wrong), "html")
    (line,) = [line for line in warnings.splitlines() if message in line]
    assert re.match(r".*index\.md:5: (ERROR|WARNING): ", line)


def test_the_whole_table_is_there_without_javascript(sample: Served, browser: Browser) -> None:
    with opened(browser, sample.address + PAGE, javascript=False) as (page, _):
        table = page.get_by_role("table", name="Table 1 Studies of the sample [Doe, 2020].")
        assert table.get_by_role("columnheader").all_inner_texts() == [
            "Cancer", "Evidence", "Patients", "HR (95% CI, adjusted)", "Notes", "Source", "Read as",
        ]  # fmt: skip
        assert table.get_by_role("row").count() == 6
        assert table.get_by_role("rowheader").first.inner_text() == "Lung"
        assert table.get_by_role("link", name="STAT3").is_visible()
        assert table.get_by_role("link", name="NCT00433446").is_visible()
        assert table.get_by_text("Doe [2020], Roe et al. [2021]").is_visible()
        assert page.get_by_role("searchbox").count() == 0


def test_the_file_can_be_downloaded(sample: Served, browser: Browser) -> None:
    with opened(browser, sample.address + PAGE) as (page, _):
        with page.expect_download() as download:
            page.get_by_role("link", name="Download the 5 rows as CSV").first.click()
        source = ROOT / "tests" / "book" / "sample" / "data" / "trials.csv"
        assert Path(download.value.path()).read_bytes() == source.read_bytes()


def trials(page: Page) -> list[str]:
    found: list[str] = page.evaluate(SHOWN, "tab-trials")
    return found


def test_the_chart_follows_the_filters(sample: Served, browser: Browser) -> None:
    with opened(browser, sample.address + PAGE) as (page, seen):
        assert page.evaluate(WAKE)
        assert page.evaluate(POINTS) == 4
        table = page.locator("#tab-trials")
        table.get_by_label("Cancer").select_option("Lung")
        assert trials(page) == ["lung-1", "lung-2"]
        assert table.locator("[aria-live=polite]").inner_text() == "2 of 5 rows"
        assert page.evaluate(POINTS) == 2
        assert page.locator("#fig-trials .xerror").count() == 2
        # The line of all studies has no ids.
        assert page.locator("#fig-trials .scatterlayer .js-line").count() == 1
        chart = page.get_by_role("img", name="Four hazard ratios, the highest in myeloma.")
        assert chart.get_attribute("aria-label") == (
            "Four hazard ratios, the highest in myeloma. Now 2 of 4 points are shown."
        )
        table.get_by_role("button", name="Reset").click()
        assert page.evaluate(POINTS) == 4
        assert chart.get_attribute("aria-label") == "Four hazard ratios, the highest in myeloma."
        # The other table, without a figure, is left alone.
        assert len(page.evaluate(SHOWN, "tab-few")) == 5
        assert seen.complaints == []


def test_a_filter_set_before_the_chart_is_drawn_holds(sample: Served, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/plotly-basic.min.js*", hold)
        # The page is loaded only when the script that is held here has come.
        page.goto(sample.address + PAGE, wait_until="domcontentloaded")
        page.locator("#tab-trials").get_by_label("Search the rows").fill("MULLER")
        page.locator("#fig-trials").scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        assert page.evaluate(POINTS) == 0
        for route in held:
            route.continue_()
        page.locator("#fig-trials .scatterlayer .point").first.wait_for()
        assert page.evaluate(POINTS) == 1


def test_columns_are_sorted_by_keyboard(sample: Served, browser: Browser) -> None:
    with opened(browser, sample.address + PAGE, width=390) as (page, _):
        header = page.locator("#tab-trials").get_by_role("columnheader", name="HR (95% CI, adjusted)")
        header.get_by_role("button").focus()
        page.keyboard.press("Enter")
        assert header.get_attribute("aria-sort") == "ascending"
        ascending = ["lung-2", "breast-1", "lung-1", "myeloma-1", "prostate-1"]
        assert trials(page) == ascending
        page.keyboard.press("Space")
        assert header.get_attribute("aria-sort") == "descending"
        assert trials(page) == ["myeloma-1", "lung-1", "breast-1", "lung-2", "prostate-1"]


def test_a_click_on_a_point_shows_its_row_and_leaves_the_focus(sample: Served, browser: Browser) -> None:
    with opened(browser, sample.address + PAGE) as (page, _):
        assert page.evaluate(WAKE)
        search = page.locator("#tab-trials").get_by_label("Search the rows")
        search.fill("roe cohort")
        point = page.locator("#fig-trials .scatterlayer .point")
        assert point.count() == 1
        page.emulate_media(reduced_motion="reduce")
        point.scroll_into_view_if_needed()
        box = point.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        row = page.locator("tr.il6-marked")
        row.wait_for()
        assert row.get_attribute("data-id") == "breast-1"
        assert page.evaluate("document.activeElement.closest('tr')") is None


def test_print_shows_the_whole_table_without_controls(sample: Served, browser: Browser) -> None:
    with opened(browser, sample.address + PAGE) as (page, _):
        page.locator("#tab-trials").get_by_label("Cancer").select_option("Lung")
        page.emulate_media(media="print")
        rows = page.locator("#tab-trials tbody tr")
        assert [row.is_visible() for row in rows.all()] == [True] * 5
        assert not page.locator("#tab-trials").get_by_label("Cancer").is_visible()
