"""Looking up in a chapter what its models say."""

from __future__ import annotations

import functools
import os
from pathlib import Path

CHAPTERS = Path(os.environ.get("IL6_CHAPTERS", Path(__file__).parents[2] / "chapters"))


@functools.cache
def text(chapter: str) -> str:
    """Return the text of a chapter with every run of white space as one space."""
    return " ".join((CHAPTERS / f"{chapter}.md").read_text(encoding="utf-8").split())


def says(chapter: str, template: str, *numbers: float) -> None:
    """Assert that a chapter holds a sentence or table row with these numbers, rounded as the template says.

    Parameters
    ----------
    chapter
        Name of the chapter's file, without ``.md``.
    template
        A piece of the text with a place for each number: ``"climbs to {:.1f} nM"``.
    numbers
        As computed; the template rounds them.
    """
    sentence = " ".join(template.format(*numbers).split())
    assert sentence in text(chapter), f"{chapter} does not say: {sentence}"
