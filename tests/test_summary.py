"""The summary sentence reads the same in Python and on the page."""

from __future__ import annotations

import pytest

from widgets.model import load
from widgets.summary import amount, sentence


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (15.0813, "nM", "15.1 nM"),
        (240.0, "min", "240 min"),
        (0.0, "nM", "0 nM"),
        (45.62, "%", "45.6 %"),
        (2000.0, "uM", "2000 µM"),
        (1.234e-5, "nM", "1.23×10⁻⁵ nM"),
        (3.0, "", "3"),
    ],
)
def test_amounts_have_three_figures_and_a_unit(value: float, unit: str, text: str) -> None:
    assert amount(value, unit) == text


def test_the_sentence_names_peak_time_and_end() -> None:
    assert sentence(load("jak_stat3").simulate()) == (
        "pSTAT3 peaks at 15.1 nM after 16 min and stands at 5.71 nM after 240 min; SOCS3 peaks at 2.83 nM."
    )


def test_a_plateau_and_nothing_are_said_plainly() -> None:
    text = sentence(load("jak_stat3").simulate(SOCS3_translation=0))
    assert "stands at 17.6 nM after 240 min; SOCS3 peaks at 0 nM" in text
