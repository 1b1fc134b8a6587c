"""The one-sentence summary of a run: the same template and grammar as in the browser.

``{peak:SERIES}``, ``{peak_time:SERIES}``, ``{end:SERIES}``, ``{value:PARAMETER}`` and
``{horizon}`` stand for numbers with their units.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import TYPE_CHECKING

from widgets.schema import ModelError

if TYPE_CHECKING:
    from widgets.model import Model
    from widgets.simulate import Run

_TOKEN = re.compile(r"\{(\w+)(?::(\w+))?\}")


def sentence(run: Run) -> str:
    """Fill in the summary of the run's model."""
    return _TOKEN.sub(lambda found: _fill(run, found[1], found[2]), run.model.about.summary)


def check_template(model: Model) -> None:
    """Raise :class:`ModelError` for a token that names nothing."""
    for kind, name in _TOKEN.findall(model.about.summary):
        known: dict[str, Container[str]] = {
            "peak": model.series, "peak_time": model.series, "end": model.series,
            "value": model.parameters, "horizon": [""],
        }  # fmt: skip
        if kind not in known or name not in known[kind]:
            token = f"{kind}:{name}" if name else kind
            raise ModelError(f"{model.name}.toml: summary: nothing is meant by '{{{token}}}'")


def _fill(run: Run, kind: str, name: str | None) -> str:
    time = run.model.about.time.unit
    if kind == "horizon":
        return amount(run.time[-1], time)
    if kind == "value":
        return amount(run.values[str(name)], run.model.parameters[str(name)].unit)
    series, unit = run[str(name)], run.model.series[str(name)].unit
    if kind == "peak":
        return amount(series.max(), unit)
    if kind == "peak_time":
        return amount(run.time[series.argmax()], time)
    return amount(series[-1], unit)


def amount(value: float, unit: str) -> str:
    """Write a number with three significant figures and its unit."""
    return f"{value:#.3g}".rstrip("0").rstrip(".") + (f" {unit}" if unit else "")
