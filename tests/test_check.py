"""Every model holds the numbers of its paper: the "must show" tables."""

from __future__ import annotations

import dataclasses
import math

import pytest

from widgets.check import Result, check, measured
from widgets.model import catalogue, load


@pytest.mark.parametrize("name", catalogue())
def test_a_model_shows_what_it_must_show(name: str) -> None:
    results = check(load(name))
    assert results, f"{name} has no targets"
    wrong = [f"{r.what}: {r.found:g}, not {r.row.value:g}" for r in results if not r.passed]
    assert not wrong
    # The pages of the models print what was measured: `python -m widgets check --record` renews it.
    for result, kept in zip(results, measured()[name], strict=True):
        noise = 2e-5 * abs(kept or 0) + 0.01 * result.row.tolerance
        same = math.isnan(result.found) if kept is None else abs(result.found - kept) <= noise
        assert same, f"{result.what}: {result.found:g}, but the page says {kept}"


def test_a_target_that_does_not_hold_fails() -> None:
    result = check(load("jak_stat3"))[0]
    assert (result.what, result.unit) == ("peak of pSTAT3 (IL6 = 0.1 ng/mL)", "nM")
    off = dataclasses.replace(result.row, value=result.row.value + 1)
    assert not Result(result.model, result.target, off, result.found).passed
    none = dataclasses.replace(result.row, value=math.nan)
    assert not Result(result.model, result.target, none, result.found).passed
