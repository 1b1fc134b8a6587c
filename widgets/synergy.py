"""Readouts of a pair of drugs: inhibition, Bliss excess, Loewe index.

Each has the signature ``NAME(run, drugs, series, at) -> float`` and solves the run again without drugs,
with each alone, and at scaled doses. ``drugs`` names the two parameters; all else is kept.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np
from scipy.optimize import brentq

from widgets.readouts import need
from widgets.simulate import Run, simulate

Drugs = tuple[str, str]


def inhibition(run: Run, drugs: Drugs, series: str, at: float | None) -> float:
    """Return the share of a series that the drugs of the run take away at one time.

    Parameters
    ----------
    run
        The run with the drugs.
    drugs
        The parameters that are the two drugs.
    series
        What is inhibited.
    at
        Time of reading, in the model's time unit.

    Returns
    -------
    float
        1 minus the ratio to the untreated run, without a background taken off; negative where the
        drugs raise the series.

    Raises
    ------
    ModelError
        Without a time.
    """
    return 1 - _left(run, drugs, series, need(at))(1, 1)


def bliss_excess(run: Run, drugs: Drugs, series: str, at: float | None) -> float:
    """Return by how much the inhibition exceeds what Bliss expects from the two drugs alone.

    Parameters
    ----------
    run
        The run with both drugs.
    drugs
        The parameters that are the two drugs.
    series
        What is inhibited.
    at
        Time of reading, in the model's time unit.

    Returns
    -------
    float
        Observed inhibition minus f1 + f2 - f1 f2; above 0 is synergy by Bliss.

    Raises
    ------
    ModelError
        Without a time.
    """
    left = _left(run, drugs, series, need(at))
    return left(1, 0) * left(0, 1) - left(1, 1)


def loewe_index(run: Run, drugs: Drugs, series: str, at: float | None) -> float:
    """Return the Loewe index at half inhibition, along the mixture of the run.

    Both doses of the run are scaled together until they halve the series, and so is each drug
    alone. The first crossing from low doses is taken, up to the top of the sliders.

    Parameters
    ----------
    run
        The run with both drugs; only the ratio of the two doses matters.
    drugs
        The parameters that are the two drugs.
    series
        What is inhibited.
    at
        Time of reading, in the model's time unit.

    Returns
    -------
    float
        Sum of dose over equally effective dose alone; ``nan`` where half is not reached.

    Raises
    ------
    ModelError
        Without a time.
    """
    left = _left(run, drugs, series, need(at))
    largest = min(
        (run.model.parameters[drug].max or math.inf) / run.values[drug] for drug in drugs if run.values[drug] > 0
    )
    both = _half_factor(lambda factor: left(factor, factor), largest)
    index = 0.0
    for drug, first, second in ((drugs[0], 1, 0), (drugs[1], 0, 1)):
        if run.values[drug] > 0:
            own = (run.model.parameters[drug].max or math.inf) / run.values[drug]
            index += both / _half_factor(partial(_alone, left, first, second), own)
    return index


def _alone(left: Callable[[float, float], float], first: int, second: int, factor: float) -> float:
    """Say what one drug leaves, at a factor of its dose."""
    return left(factor * first, factor * second)


def _left(run: Run, drugs: Drugs, series: str, at: float) -> Callable[[float, float], float]:
    """Return what is left of a series at a time, as a function of two factors on the doses."""
    end, points = float(run.time[-1]), run.time.size

    def value(first: float, second: float) -> float:
        doses = {drug: run.values[drug] * factor for drug, factor in zip(drugs, (first, second), strict=True)}
        one = simulate(run.model, {**run.values, **doses}, end=end, points=points)
        return float(np.interp(at, one.time, one[series]))

    untreated = value(0, 0)
    return lambda first, second: value(first, second) / untreated


def _half_factor(left: Callable[[float], float], largest: float) -> float:
    """Find the factor at which half is left, by bracketing between 41 factors."""
    factors = np.geomspace(largest * 1e-4, largest * (1 - 1e-12), 41)
    below = np.flatnonzero(np.array([left(float(factor)) for factor in factors]) < 0.5)
    if below.size == 0 or below[0] == 0:
        return math.nan
    i = int(below[0])
    return float(brentq(lambda factor: left(factor) - 0.5, factors[i - 1], factors[i], rtol=1e-8))


PAIR_READOUTS: dict[str, Callable[[Run, Drugs, str, float | None], float]] = {
    "inhibition": inhibition,
    "bliss_excess": bliss_excess,
    "loewe_index": loewe_index,
}
"""Every one of them by name."""
