"""What holds in every run of a model: sums that stay, amounts that are not negative, curves without gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from widgets.model import Model
from widgets.schema import Conserved
from widgets.simulate import Run, simulate

#: A sum may move by this share; CVODE may undershoot zero by about its absolute tolerance.
KEPT, ZERO = 1e-6, 1e-9


@dataclass(frozen=True)
class Invariant:
    """One thing that must hold, and by how much it fails where it fails most.

    Attributes
    ----------
    what
        In words, such as ``STAT3 in the cell stays``.
    worst, allowed
        As shares: of the sum, or of the largest value of the series.
    """

    what: str
    worst: float
    allowed: float

    @property
    def passed(self) -> bool:
        """Whether it holds; a gap in a curve (nan) never does."""
        return self.worst <= self.allowed


def invariants(model: Model) -> list[Invariant]:
    """Check a model at its defaults, at its scenarios and with each slider at either end.

    Returns
    -------
    list of Invariant
        One for each conserved sum, and one for all amounts together.
    """
    runs = [simulate(model, values, end=end) for values, end in _settings(model)]
    found = [
        Invariant(
            f"{total.name} stays", max((drift(run, total) for run in runs if applies(run, total)), default=0), KEPT
        )
        for total in model.about.conserved
    ]
    return [*found, Invariant("no amount is negative, no curve has gaps", max(map(undershoot, runs)), ZERO)]


def applies(run: Run, total: Conserved) -> bool:
    """Say whether a sum is meant to stay at the settings of this run."""
    return all(run.values[key] == value for key, value in total.when.items())


def drift(run: Run, total: Conserved) -> float:
    """How far a sum moves in a run, as a share of what it should be."""
    along = np.broadcast_to(eval(total.expression, {}, {**run.values, **run.series}), run.time.shape)
    expected = along[0] if total.value is None else total.value
    # An amount below what the solver can see (its absolute tolerance) is nothing.
    return float(np.abs(along - expected).max() / max(abs(expected), ZERO))


def undershoot(run: Run) -> float:
    """How far below zero an amount falls that cannot, as a share of its largest value; nan for a gap."""
    worst = 0.0
    for key, quantity in run.model.series.items():
        values = run[key]
        if not np.isfinite(values).all():
            return float("nan")
        if quantity.nonnegative:
            worst = max(worst, float(-values.min()) / max(1.0, float(values.max())))
    return worst


def _settings(model: Model) -> Iterator[tuple[dict[str, float], float | None]]:
    yield {}, None
    for scenario in model.about.scenarios:
        yield {key: value for key, value in scenario.set.items() if key != "end"}, scenario.set.get("end")
    for key in model.sliders:
        one = model.parameters[key]
        for value in (one.min, one.max):
            if value is not None:
                yield {key: value}, None
    for total in model.about.conserved:
        if total.when:
            yield dict(total.when), None
