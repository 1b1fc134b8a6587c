"""A page asks for one style sheet, made of those of the theme and the extensions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sphinx.errors import ExtensionError

from tests.book.serve import Served
from widgets.book.one_sheet import FOLDER, join_sheets

PAGE = """<head>
<link href="../_static/styles/theme.css?digest=1" rel="stylesheet" />
<link rel="preload" as="script" href="../_static/a.js" />
<link rel="stylesheet" type="text/css" href="../_static/book.css?v=2" />
</head>"""


@pytest.fixture
def static(tmp_path: Path) -> Path:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/theme.css").write_text('@charset "utf-8"; @import "../basic.css";\n.a{color:red}')
    (tmp_path / "basic.css").write_text(".b{background:url(minus.png)}")
    (tmp_path / "book.css").write_text(".c{src:url('fonts/c.woff2'),url(data:font/woff2;base64,AA)}")
    return tmp_path


def test_sheets_are_joined_in_their_order_with_addresses_that_still_lead_there(static: Path) -> None:
    text, sheet = join_sheets(PAGE, static)
    assert sheet is not None
    assert text.count('rel="stylesheet"') == 1
    assert f'href="../_static/{FOLDER}/{sheet.name}"' in text
    assert 'rel="preload"' in text
    css = sheet.read_text()
    assert css.index(".b{") < css.index(".a{") < css.index(".c{")
    assert "@import" not in css and "@charset" not in css
    assert 'url("../minus.png")' in css and 'url("../fonts/c.woff2")' in css and "url(data:font/woff2" in css


def test_a_joined_page_follows_a_change_of_a_sheet(static: Path) -> None:
    text, before = join_sheets(PAGE, static)
    assert join_sheets(text, static) == (text, before)
    (static / "book.css").write_text(".c{color:blue}")
    again, after = join_sheets(text, static)
    assert after is not None and after != before
    assert "color:blue" in after.read_text() and after.name in again


def test_a_sheet_of_another_host_is_refused(static: Path) -> None:
    with pytest.raises(ExtensionError, match=r"not one of the site's own: .*https://fonts\.example"):
        join_sheets('<link rel="stylesheet" href="https://fonts.example/_static/x.css">', static)


def test_every_page_of_the_book_asks_for_one_sheet_and_all_that_it_names_is_there(site: Served) -> None:
    pages = [page for page in site.folder.rglob("*.html") if page.relative_to(site.folder).parts[0] != "_static"]
    assert len(pages) > 40
    for page in pages:
        assert page.read_text(encoding="utf-8").count('rel="stylesheet"') == 1, page
    sheets = list((site.folder / "_static" / FOLDER).glob("*.css"))
    assert 1 <= len(sheets) <= 4
    for sheet in sheets:
        for address in re.findall(r'url\("([^"]+)"\)', sheet.read_text(encoding="utf-8")):
            file = sheet.parent / address.split("?")[0].split("#")[0]
            # The older formats of a font stand behind woff2, which every browser that runs the rest takes.
            if not address.startswith(("data:", "#")) and file.suffix not in (".ttf", ".woff"):
                assert file.is_file(), address
