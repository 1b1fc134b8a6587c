"""Holds a model to its targets: the numbers of its paper, read off our own runs."""

from __future__ import annotations

import math
from dataclasses import dataclass

from widgets import analysis
from widgets.model import Model
from widgets.schema import Target, TargetRow


@dataclass(frozen=True)
class Result:
    """One target number: what it should be, what it is."""

    target: Target
    row: TargetRow
    found: float

    @property
    def passed(self) -> bool:
        """Within the tolerance; ``nan`` expected means that no such value may exist."""
        if math.isnan(self.row.value):
            return math.isnan(self.found)
        return abs(self.found - self.row.value) <= self.row.tolerance

    @property
    def what(self) -> str:
        """The number in words, such as ``peak of pSTAT3 (IL6=40)``."""
        row = self.row
        place = f" at {row.at:g}" if row.at is not None else ""
        by = f" by {row.parameter}" if row.parameter else ""
        settings = ", ".join(f"{key}={value:g}" for key, value in row.set.items())
        settings += "" if row.rest else (", " if settings else "") + "from the default start"
        relative = ", ".join(f"{key}={value:g}" for key, value in (row.relative_to or {}).items())
        over = f" relative to {relative}" if relative else ""
        return (
            f"{row.quantity.replace('_', ' ')} of {row.series}{by}{place}"
            + (f" ({settings})" if settings else "")
            + over
        )


def check(model: Model) -> list[Result]:
    """Measure every target of a model.

    Returns
    -------
    list of Result
        In the order of the TOML file.
    """
    return [Result(target, row, measure(model, row)) for target in model.about.targets for row in target.rows]


def measure(model: Model, row: TargetRow) -> float:
    """Read one target number off the model, relative to another setting where the row says so."""
    found = _measure(model, row, row.set)
    if row.relative_to is not None:
        found /= _measure(model, row, {**row.set, **row.relative_to})
    return found


def _measure(model: Model, row: TargetRow, settings: dict[str, float]) -> float:
    if row.quantity == "half_dose":
        assert row.parameter is not None and row.at is not None
        return analysis.half_dose(model, row.parameter, row.series, row.at, rest=row.rest, **settings)
    if row.quantity == "half_inhibition":
        assert row.parameter is not None and row.at is not None
        return analysis.half_inhibition(model, row.parameter, row.series, row.at, **settings)
    end = settings.get("end", model.about.time.end)
    other = {key: value for key, value in settings.items() if key != "end"}
    run = model.simulate(end=end, points=analysis.FINE, rest=row.rest, **other)
    return analysis.readout(run, row.quantity, row.series, row.at)
