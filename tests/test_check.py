"""Every model holds the numbers of its paper: the "must show" tables."""

from __future__ import annotations

import dataclasses
import math

import pytest

from widgets.check import Result, check
from widgets.model import catalogue, load


@pytest.mark.parametrize("name", catalogue())
def test_a_model_shows_what_it_must_show(name: str) -> None:
    results = check(load(name))
    assert results, f"{name} has no targets"
    wrong = [f"{r.what}: {r.found:g}, not {r.row.value:g}" for r in results if not r.passed]
    assert not wrong


def test_a_target_that_does_not_hold_fails() -> None:
    result = check(load("jak_stat3"))[0]
    off = dataclasses.replace(result.row, value=result.row.value + 1)
    assert not Result(result.target, off, result.found).passed
    none = dataclasses.replace(result.row, value=math.nan)
    assert not Result(result.target, none, result.found).passed
