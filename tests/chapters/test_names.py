"""What a chapter tells the reader to press, open or set has that name on the screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.chapters.text import CHAPTERS
from widgets.model import Model, load

FILES = [*sorted(CHAPTERS.glob("[0-9]*.md")), CHAPTERS.parent / "index.md"]
#: Buttons of every explorer.
BUTTONS = {"Reset", "Undo", "Pin run", "Unpin", "Copy link", "Full screen", "Check"}


def shown(text: str) -> list[Model]:
    """Return the models that a chapter shows."""
    return [load(name) for name in dict.fromkeys(re.findall(r'explore\(\s*"(\w+)"', text))]


def without_code(text: str) -> str:
    return re.sub(r"```\{code-cell\}.*?```", " ", text, flags=re.DOTALL)


def listed(text: str, lead: str, mark: str) -> list[str]:
    """Return all that stands in a mark after a lead, also further ones joined by commas and small words."""
    one = rf"{mark}([^*\n]+?){mark}(?!\*)"
    more = rf"(?:,? (?:and|then|or|then press|and then)(?: press)? |, ){mark}[^*\n]+?{mark}(?!\*)"
    found = []
    for match in re.finditer(rf"{lead} ({one}(?:{more})*)", " ".join(text.split())):
        found += re.findall(one, match[1])
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_button_to_press_is_there(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    known = BUTTONS | {one.label for model in shown(text) for one in model.about.scenarios}
    asked = listed(without_code(text), r"[Pp]ress", r"\*\*")
    assert [name for name in asked if name not in known] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_tab_to_open_is_there(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    known = {plot.title for model in shown(text) for plot in model.about.plots}
    known |= {view.title for model in shown(text) for view in model.about.views}
    asked = listed(without_code(text), r"\b[Tt]abs?", r"\*")
    assert [name for name in asked if name not in known] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_slider_to_set_is_there(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    labels = [
        model.parameters[key].label or key for model in shown(text) for key in model.sliders if key in model.parameters
    ]
    filters = [name.strip() for line in re.findall(r"^:filter: (.+)$", text, re.MULTILINE) for name in line.split(",")]
    # "Raf activation, V1" may be called V1.
    known = {"Time shown", *labels, *(label.split(", ")[-1] for label in labels), *filters}
    asked = listed(without_code(text), r"\b(?:[Ss]et|[Mm]ove|[Rr]aise|[Ll]ower|[Cc]hange)", r"\*")
    assert [name for name in asked if name not in known] == []


def test_the_names_are_found() -> None:
    text = "Press **Reset**, then **Undo** and **Pin run**. Set *IL-6* to 3. Open the tab *Phase plane* or *Cells*."
    assert listed(text, "Press", r"\*\*") == ["Reset", "Undo", "Pin run"]
    assert listed(text, "Set", r"\*") == ["IL-6"]
    assert listed(text, "tab", r"\*") == ["Phase plane", "Cells"]
