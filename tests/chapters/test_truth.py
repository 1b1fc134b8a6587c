"""What is cited exists, what is tabled has a source, and one quantity has one value."""

from __future__ import annotations

import csv
import itertools
import re
from pathlib import Path

import pytest
from pybtex.database import Entry, parse_file

from tests.chapters.text import CHAPTERS
from widgets.model import catalogue, load

BIBLIOGRAPHY = parse_file(CHAPTERS / "references.bib").entries
PAGES = [*sorted(CHAPTERS.glob("*.md")), CHAPTERS.parent / "index.md"]
DATA = sorted((CHAPTERS / "data").glob("*.csv"))
# "not read" is for what could not be had: then the row may say nothing of the content.
READ = {"abstract", "full text", "secondary", "registry page", "computed", "not read"}
NEEDED = {
    "article": ("title", "year", "journal"),
    "misc": ("title", "year"),
    "inproceedings": ("title", "year", "booktitle"),
    "book": ("title", "year", "publisher"),
    "techreport": ("title", "year", "institution"),
}


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_citation_has_an_entry(page: Path) -> None:
    groups = re.findall(r"\{cite:[pt]\}`([^`]+)`", page.read_text(encoding="utf-8"))
    keys = {key.strip() for group in groups for key in group.split(",")}
    assert keys - set(BIBLIOGRAPHY) == set()


@pytest.mark.parametrize("key", sorted(BIBLIOGRAPHY))
def test_every_entry_is_complete(key: str) -> None:
    entry: Entry = BIBLIOGRAPHY[key]
    # Where no authors were seen, the work is cited by its journal.
    assert entry.persons.get("author") or entry.fields.get("organization") or entry.type == "article"
    for field in NEEDED[entry.type]:
        assert entry.fields.get(field), field
    found = entry.fields.get("doi") or entry.fields.get("url")
    assert found or entry.fields.get("volume"), "a DOI, an address or a volume"
    assert re.fullmatch(r"(19|20)\d\d", entry.fields["year"])
    doi = entry.fields.get("doi", "10.")
    assert doi.startswith("10."), "a bare DOI"
    for field, value in entry.fields.items():
        assert field not in ("note", "annote", "abstract", "comment")
        assert not re.search(r"recalled|n\.s\.|not seen|unseen|TODO|\?\?|\bcheck\b", value), field


def test_no_paper_is_entered_twice() -> None:
    for field in ("doi", "pmid"):
        seen: dict[str, str] = {}
        for key, entry in BIBLIOGRAPHY.items():
            value = entry.fields.get(field, "").lower()
            assert not value or value not in seen, f"{key} and {seen.get(value)}: {field} {value}"
            seen[value] = key


@pytest.mark.parametrize("file", DATA, ids=lambda file: file.stem)
def test_every_row_names_its_source_and_how_it_was_read(file: Path) -> None:
    table = rows(file)
    assert table
    for number, row in enumerate(table, 2):
        where = f"{file.name}, line {number}"
        assert None not in row and None not in row.values(), f"{where}: ragged"
        assert row["read"] in READ, f"{where}: {row['read']}"
        given = row["source"].strip()
        assert given, f"{where}: no source"
        if row["read"] == "not read":
            assert any("source" in cell or "read" in cell for key, cell in row.items() if key != "read"), where
            continue
        if not re.fullmatch(r"(\[[^\]]+\]\(https?://[^\s]+\)[;,]?\s*)+", given):
            missing = set(re.sub(r"\[[^\]]+\]\([^\s]+\)", "", given).replace(",", " ").replace(";", " ").split())
            assert missing <= set(BIBLIOGRAPHY), f"{where}: {missing - set(BIBLIOGRAPHY)}"
        for cell in row.values():
            keys = {key for group in re.findall(r"\{cite:[pt]\}`([^`]+)`", cell) for key in group.split(",")}
            assert keys <= set(BIBLIOGRAPHY), where
    if "id" in table[0]:
        assert len({row["id"] for row in table}) == len(table)


def test_every_table_is_shown_somewhere() -> None:
    shown = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    ours = {"quantities.csv"}  # for the test of this file alone
    assert [file.name for file in DATA if f"data/{file.name}" not in shown and file.name not in ours] == []


def test_no_two_models_give_one_quantity_two_values() -> None:
    """The same quantity is one with the same source and place in it, or the same name and meaning."""
    found: dict[tuple[str, ...], dict[str, float]] = {}
    for model in map(load, catalogue()):
        for one in model.parameters.values():
            # What a reader sets, such as a dose, is a setting and no quantity of nature.
            keys = [(one.id, one.meaning, one.unit, str(one.source))] if one.min is None else []
            if one.source and one.where:
                keys.append((one.source, one.where, one.meaning, one.unit))
            for key in keys:
                found.setdefault(key, {})[model.name] = one.value
    for key, values in found.items():  # type: ignore[assignment]
        for (a, first), (b, second) in itertools.combinations(values.items(), 2):
            assert first == pytest.approx(second, rel=1e-6), f"{key}: {a} {first}, {b} {second}"


def test_no_two_pages_give_one_quantity_two_values() -> None:
    """Each quantity that more than one page speaks of stands in quantities.csv with what may be said of it."""
    pages = {page.stem: " ".join(page.read_text(encoding="utf-8").split()) for page in PAGES}
    for row in rows(CHAPTERS / "data" / "quantities.csv"):
        allowed = {value.strip() for value in row["Values"].split(";")}
        pattern = re.compile(row["Pattern"])
        said = [
            (page, next(group for group in match.groups() if group))
            for page, text in pages.items()
            for match in pattern.finditer(text)
        ]
        assert len({page for page, _ in said}) > 1, f"fewer than two pages say: {row['Quantity']}"
        for page, value in said:
            assert value in allowed, f"{page}: {row['Quantity']} is {value}, elsewhere {row['Values']}"
