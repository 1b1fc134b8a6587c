"""Holds a model to its targets: the numbers of its paper, read off our own runs."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from widgets import analysis
from widgets.dose import DOSE_READOUTS
from widgets.model import Model
from widgets.readouts import READOUT_UNITS
from widgets.schema import Target, TargetRow
from widgets.simulate import simulate
from widgets.synergy import PAIR_READOUTS

# What was measured last, for the pages of the models; a test holds it to a fresh measurement.
MEASURED = Path(__file__).parent / "models" / "measured.json"

#: Readouts whose ``at`` is a level of the series and not a time, and what the series does there.
LEVELS = {"time_above": "reaches", "time_below": "falls to"}


@dataclass(frozen=True)
class Result:
    """One target number of a model: what it should be, what it is."""

    model: Model
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
    def unit(self) -> str:
        """The unit of the number."""
        row, model = self.row, self.model
        if row.relative_to is not None:
            return ""
        if row.parameter is not None and row.quantity not in READOUT_UNITS:
            return model.parameters[row.parameter].unit
        names = {"series": model.series[row.series].unit, "time": model.about.time.unit}
        return " ".join(names[part] for part in READOUT_UNITS[row.quantity].split())

    @property
    def what(self) -> str:
        """The number in words, such as ``peak of pSTAT3 (IL6 = 40 ng/mL)``."""
        row, time = self.row, self.model.about.time.unit
        if row.quantity in LEVELS and row.at is not None:
            level = f"{row.at:g} {self.model.series[row.series].unit}".rstrip()
            text = f"time at which {row.series} first {LEVELS[row.quantity]} {level}"
        else:
            text = f"{row.quantity.replace('_', ' ')} of {row.series}"
            text += f" by {row.parameter}" if row.parameter else ""
            text += f" at {row.at:g} {time}" if row.at is not None else ""
        settings = self._settings(row.set) + ([] if row.rest else ["from the default start"])
        text += f" ({', '.join(settings)})" if settings else ""
        other = ", ".join(self._settings(row.relative_to or {}))
        return text + (f", relative to {other}" if other else "")

    def _settings(self, values: dict[str, float]) -> list[str]:
        known = {**self.model.parameters, "end": self.model.horizon}
        return [f"{key} = {value:g} {known[key].unit}".rstrip() for key, value in values.items()]


def check(model: Model) -> list[Result]:
    """Measure every target of a model.

    Returns
    -------
    list of Result
        In the order of the TOML file.
    """
    return [Result(model, target, row, measure(model, row)) for target in model.about.targets for row in target.rows]


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
    run = simulate(model, other, end=end, points=analysis.FINE, rest=row.rest)
    if row.quantity in PAIR_READOUTS:
        assert row.drugs is not None
        return PAIR_READOUTS[row.quantity](run, (row.drugs[0], row.drugs[1]), row.series, row.at)
    if row.quantity in DOSE_READOUTS:
        assert row.parameter is not None
        return DOSE_READOUTS[row.quantity](run, row.parameter, row.series, row.at)
    return analysis.readout(run, row.quantity, row.series, row.at)


def record(models: Iterable[Model]) -> None:
    """Measure models and keep what was found in :data:`MEASURED`, beside the other models."""
    kept = measured()
    for model in models:
        kept[model.name] = [round_off(result) for result in check(model)]
    text = json.dumps(dict(sorted(kept.items())), indent=1)
    MEASURED.write_text(text + "\n", encoding="utf-8")


def measured() -> dict[str, list[float | None]]:
    """Return what was found last, for each model in the order of its targets; None is nan."""
    if not MEASURED.exists():
        return {}
    kept: dict[str, list[float | None]] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return kept


def round_off(result: Result) -> float | None:
    """Keep six figures, which do not differ between machines; JSON has no nan."""
    if math.isnan(result.found):
        return None
    noise = abs(result.found) < 1e-6 * result.row.tolerance
    return 0.0 if noise else float(f"{result.found:.6g}")
