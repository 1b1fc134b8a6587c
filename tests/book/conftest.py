"""The built book, built once for all tests of its pages, and a small book with one of everything."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

from tests.book.building import ROOT, site_of
from tests.book.serve import Served, serve
from tests.book.visits import Visit, visit

Visiting = Callable[[str, str], Visit]


@pytest.fixture(scope="session")
def site() -> Iterator[Served]:
    """The book of this repository."""
    with serve(site_of(ROOT)) as served:
        yield served


def copy_sample(folder: Path) -> Path:
    """Copy the small book, with the configuration of the real one."""
    shutil.copytree(Path(__file__).parent / "sample", folder, dirs_exist_ok=True)
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    # The paths in it start at the repository.
    config["logo"] = config["html"]["favicon"] = str(ROOT / config["logo"])
    config["sphinx"]["config"]["bibtex_bibfiles"] = ["references.bib"]
    (folder / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small book, built and served."""
    with serve(site_of(copy_sample(tmp_path_factory.mktemp("sample")))) as served:
        yield served


@pytest.fixture(scope="session")
def visited(site: Served, browser: Browser) -> Visiting:
    """What a reader meets on a page of the book, looked at once and remembered."""
    return _remember(site, browser)


@pytest.fixture(scope="session")
def sampled(sample: Served, browser: Browser) -> Visiting:
    """The same for the small book."""
    return _remember(sample, browser)


def _remember(served: Served, browser: Browser) -> Visiting:
    seen: dict[tuple[str, str], Visit] = {}

    def look(page: str, theme: str) -> Visit:
        if (page, theme) not in seen:
            seen[page, theme] = visit(browser, served.address, page, theme)
        return seen[page, theme]

    return look
