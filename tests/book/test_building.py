"""The build stops for what a reader would stumble over."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

from tests.book.building import build
from tests.book.conftest import copy_sample
from widgets.book.drawing import DrawingError, page_svg


def test_the_book_is_built_by_jupyter_book_1() -> None:
    assert version("jupyter-book").startswith("1.")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built copy of the small book, to be changed and built again."""
    copy = copy_sample(tmp_path_factory.mktemp("changing"))
    assert build(copy).status == 0
    return copy


@pytest.mark.slow
def test_a_partial_build_keeps_definitions_and_sees_a_changed_drawing(book: Path) -> None:
    tips = book / "_build/html/_static/tippy/everything.tips.js"
    before = tips.read_text(encoding="utf-8")
    assert "A messenger between receptor and genes." in before
    drawing = book / "figures" / "drawing.svg"
    drawing.write_text(drawing.read_text(encoding="utf-8").replace('r="30"', 'r="29"'))
    done = build(book)
    assert done.status == 0
    assert "0 added, 1 changed, 0 removed" in done.output
    assert 'r="29"' in (book / "_build/html/everything.html").read_text(encoding="utf-8")
    assert tips.read_text(encoding="utf-8") == before


@pytest.mark.slow
def test_mistakes_of_an_author_fail_the_build(book: Path) -> None:
    page = book / "everything.md"
    text = correct = page.read_text(encoding="utf-8")
    mistakes = {
        'meta={"alt": "A curve that <rises>."}': "meta={}",
        ":alt: A circle with a line.\n": "",
        "- (x) JAK1": "- ( ) JAK1",
        "Inline $K_{": r"Bad $\frac{ $ and $K_{",
    }
    for right, wrong in mistakes.items():
        assert right in text
        text = text.replace(right, wrong)
    page.write_text(text, encoding="utf-8")
    linked = book / "tables.md"
    before = linked.read_text(encoding="utf-8")
    twice = before.replace(":name: tab-few", ":name: fig-trials")
    linked.write_text(twice.replace('ids=trials["id"]', 'ids=trials["id"] + "x"'), encoding="utf-8")
    done = build(book)
    page.write_text(correct, encoding="utf-8")
    linked.write_text(before, encoding="utf-8")
    output = done.output
    assert done.status != 0
    assert "this figure has no text alternative" in output
    assert "the drawing figures/drawing.svg needs :alt:" in output
    assert "KaTeX" in output
    assert "no option of the self-check is marked (x)" in output
    assert 'Duplicate explicit target name: "fig-trials"' in output
    assert 'points of the figure "fig-trials" have no row: breast-1x' in output


@pytest.mark.parametrize(
    ("svg", "message"),
    [
        ("<svg", "not well-formed"),
        ("<html/>", "is not an SVG file"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "has no viewBox"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script/></svg>', "holds a <script>"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" onload="a()"/>', "has a script in onload"),
        (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><use href="other.svg#a"/></svg>',
            "refers to another file: other.svg#a",
        ),
        (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g id="arrow"/></svg>',
            'has the id "arrow", which should start with "pathway-"',
        ),
    ],
)
def test_a_drawing_that_does_not_fit_a_page_is_refused(svg: str, message: str) -> None:
    with pytest.raises(DrawingError, match=message):
        page_svg(svg, "pathway", "A pathway.", "From left to right.")
