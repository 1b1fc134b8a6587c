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

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
#: Figures of a value that the reader has set: 1095 d, not 1100 d.
SET = 6
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
        return amount(run.time[-1], time, SET)
    if kind == "value":
        return amount(run.values[str(name)], run.model.parameters[str(name)].unit, SET)
    series, unit = run[str(name)], run.model.series[str(name)].unit
    if kind == "peak_time":
        # The first time that comes this close, so that a plateau has a time that does not jump.
        peak = series.max()
        return amount(run.time[(series >= peak - 1e-5 * abs(peak)).argmax()], time)
    value = series.max() if kind == "peak" else series[-1]
    nothing = 10 * run.model.about.solver.atol
    return amount(0.0 if abs(value) < nothing else value, unit)


def amount(value: float, unit: str, figures: int = 3) -> str:
    """Write a number and its unit as the page does."""
    number = _figures(value, figures)
    # The letter u of model files stands for micro.
    return f"{number} {re.sub(r'u(?=[MgmL])', 'µ', unit)}" if unit else number


def _figures(value: float, figures: int) -> str:
    if value == 0:
        return "0"
    if 1e-3 <= abs(value) < 99950:
        return f"{float(f'{value:.{figures}g}'):g}"
    mantissa, exponent = f"{value:.{figures - 1}e}".split("e")
    power = str(int(exponent)).translate(_RAISED)
    return f"{float(mantissa):g}×10{power}"
