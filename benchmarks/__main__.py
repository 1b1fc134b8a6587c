"""Measure everything and print it as tables: ``make bench``."""

from __future__ import annotations

import re

from benchmarks import reading, solving
from benchmarks.machine import describe
from tests.book.building import ROOT, site_of
from tests.book.serve import serve
from tests.browser import chromium
from widgets.model import catalogue


def pages_of_models() -> dict[str, str]:
    """Find the first chapter on which each model is live, or its own page: model to page."""
    pages: dict[str, str] = {}
    for chapter in sorted((ROOT / "chapters").glob("*.md")):
        for name in re.findall(r'explore\(\s*"(\w+)"', chapter.read_text(encoding="utf-8")):
            pages.setdefault(name, f"chapters/{chapter.stem}.html")
    return {name: pages.get(name, f"models/{name}.html") for name in catalogue()}


def table(title: str, head: list[str], rows: list[list[str]]) -> None:
    """Print a Markdown table."""
    print(f"\n{title}\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")


def main() -> None:
    """Build the site, open it in Chromium, measure."""
    with serve(site_of(ROOT)) as site, chromium() as browser:
        print(describe(browser.version))
        solves, redraws = [], []
        pages = pages_of_models()
        for name in catalogue():
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(site.address + pages[name])
            solved = solving.measure(page, name)
            solves.append([name, *(f"{value:.3g}" for value in solved.values())])
            moved = reading.redraw(page, name)
            redraws.append([name, *(f"{value:.1f}" for value in moved.values())])
            page.close()
        starts = [
            [page_name, *(f"{value:.0f}" for value in reading.start(browser, site, page_name).values())]
            for page_name in ("index.html", *dict.fromkeys(pages.values()))
        ]
    table(
        "Solve time (ms), the run to rest included where a setting needs it",
        ["model", "settings", "browser median", "worst", "libRoadRunner median", "worst"],
        solves,
    )
    table(
        "Slider to repaint (ms)",
        ["model", "solve and draw, median", "95 %", "input to repaint, median", "95 %"],
        redraws,
    )
    table(
        "Cold start from a local server (ms) and transfer (kB, gzipped)",
        ["page", "first paint", "model usable", "before the first chart", "with chart"],
        starts,
    )


if __name__ == "__main__":
    main()
