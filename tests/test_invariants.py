"""Sums stay, amounts are not negative; and a model that breaks this is found out."""

from __future__ import annotations

import pytest

from tests.test_model import ANT, TOML, toy
from widgets.invariants import invariants
from widgets.model import catalogue, load

TOTAL = """
[[conserved]]
name = "A"
unit = "nM"
expression = "A"
"""


@pytest.mark.parametrize("name", catalogue())
def test_every_model_keeps_what_it_must(name: str) -> None:
    assert [one.what for one in invariants(load(name)) if not one.passed] == []


def test_a_sum_that_moves_is_found() -> None:
    moved = [one.what for one in invariants(toy(TOML + TOTAL)) if not one.passed]
    assert moved == ["A stays"]


def test_an_amount_below_zero_is_found() -> None:
    falling = ANT.replace("cell * k * A", "cell * k")
    moved = [one.what for one in invariants(toy(ant=falling)) if not one.passed]
    assert moved == ["no amount is negative, no curve has gaps"]
