"""Every chapter has what the reader may count on, and can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pyphen  # type: ignore[import-untyped]
import pytest

from tests.chapters.text import CHAPTERS

FILES = sorted(CHAPTERS.glob("[0-9]*.md"))
MODELLESS = {"12-clinic", "16-trials"}


def ids(file: Path) -> str:
    return file.stem


def source(file: Path) -> str:
    return file.read_text(encoding="utf-8").split("---\n", 2)[2]


def prose(text: str) -> str:
    """The running text: no code, tables, directives' options, formulas, links' addresses or lists of reading."""
    text = text.split("## Check yourself", maxsplit=1)[0]
    text = re.sub(r"```.*?```", " ", text, flags=re.DOTALL)
    text = re.sub(r":::\{table\}.*?:::", " ", text, flags=re.DOTALL)
    text = re.sub(r"\$\$.*?\$\$", " ", text, flags=re.DOTALL)
    text = re.sub(r"\$[^$\n]*\$", "x", text)
    text = re.sub(r"\{cite:t\}`[^`]*`", "Smith", text)
    text = re.sub(r"\s*\{cite:p\}`[^`]*`", "", text)
    text = re.sub(r"\{\w+\}`([^`<]*?)\s*(<[^`]*>)?`", r"\1", text)
    text = re.sub(r"\s*\(\[[^\]]*\]\([^)]*\)\)", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^(#.*|:::.*|:class:.*|\|.*)$", "", text, flags=re.MULTILINE)
    # An item of a list ends like a sentence.
    text = re.sub(r";\s*$", ".", text, flags=re.MULTILINE)
    return re.sub(r"[*_`]", "", text)


def sentences(text: str) -> list[list[str]]:
    found = re.split(r"(?<=[.?!:])\s+(?=[A-Z*\d(])|\n\s*\n|\n\s*[-\d]+\.?\s", text)
    words = [re.findall(r"[A-Za-zα-ωÀ-ÿ0-9][\w'’./–-]*", one) for one in found]
    return [one for one in words if len(one) > 2]


def test_there_are_seventeen_chapters() -> None:
    assert [file.name[:2] for file in FILES] == [f"{k:02}" for k in range(1, 18)]


@pytest.mark.parametrize("file", FILES, ids=ids)
def test_a_chapter_has_all_its_parts(file: Path) -> None:
    text = source(file)
    head = text.split("## ", 1)[0]
    assert "?" in head, "a question on the first screen"
    assert ":class: predict" in head or ":class: predict" in text[: len(head) + 2000]
    objectives = re.search(r":class: objectives\n(.*?)\n:::", text, re.DOTALL)
    assert objectives is not None
    assert 3 <= len(re.findall(r"^- ", objectives[1], re.MULTILINE)) <= 5
    assert text.count(":class: predict") >= 3
    assert ":class: open-question" in text
    assert re.search(r"^## Since the 2010 review", text, re.MULTILINE)
    assert re.search(r"^## What .*(leaves?|leave) out", text, re.MULTILINE) or file.stem in MODELLESS
    assert re.search(r"```\{drawing\} figures/[\w-]+\.svg\n:name: .+\n:alt: .+\n", text)
    assert "explore(" in text


@pytest.mark.parametrize("file", FILES, ids=ids)
def test_a_chapter_can_be_worked_with(file: Path) -> None:
    text = source(file)
    checks = re.findall(r"```\{self-check\}(.*?)```", text, re.DOTALL)
    assert 4 <= len(checks) <= 6
    assert any(":answer:" in check for check in checks), "one is answered with the live model"
    exercises = re.search(r"^## Exercises\n(.*?)^## ", text, re.MULTILINE | re.DOTALL)
    assert exercises is not None
    assert 2 <= len(re.findall(r"^\d+\. ", exercises[1], re.MULTILINE)) <= 4
    reading = text.split("## Further reading")[1]
    assert len(re.findall(r"^- .{30,}", reading, re.MULTILINE)) >= 3


@pytest.mark.parametrize("file", FILES, ids=ids)
def test_a_chapter_is_long_enough_and_cites_enough(file: Path) -> None:
    text = source(file)
    assert len(prose(text).split()) >= 1800
    keys = {key.strip() for group in re.findall(r"\{cite:[pt]\}`([^`]+)`", text) for key in group.split(",")}
    assert len(keys) >= 12


@pytest.mark.parametrize("file", FILES, ids=ids)
def test_a_second_year_student_can_read_it(file: Path) -> None:
    """Short sentences, and a Flesch-Kincaid grade below the twelfth school year."""
    said = sentences(prose(source(file)))
    words = [word for sentence in said for word in sentence]
    assert len(words) / len(said) <= 17
    dictionary = pyphen.Pyphen(lang="en_GB")
    syllables = sum(len(dictionary.positions(word)) + 1 for word in words)
    grade = 0.39 * len(words) / len(said) + 11.8 * syllables / len(words) - 15.59
    assert grade <= 12


@pytest.mark.parametrize("file", FILES, ids=ids)
def test_a_chapter_leads_to_others(file: Path) -> None:
    text = source(file)
    chapters = set(re.findall(r"\]\((\d\d-[\w-]+\.md)(?:#[\w-]+)?\)", text))
    assert len(chapters - {file.name}) >= 2
    assert "{term}`" in text
    assert re.search(r"\]\(\.\./models/\w+|\{doc\}`[^`]*</models/\w+>`|\{doc\}`/models/", text)
