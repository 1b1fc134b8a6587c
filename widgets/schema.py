"""What a model's TOML file may say, as typed records, and how a record is read with clear errors."""

from __future__ import annotations

import dataclasses
import difflib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


class ModelError(ValueError):
    """A model file, a name or a value that cannot be used. The message is one line for the user."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``" Did you mean 'x'?"`` for the closest known word, or an empty string."""
    names = list(known)
    lowered = {name.lower(): name for name in names}
    match = difflib.get_close_matches(word.lower(), lowered, n=1, cutoff=0.5)
    return f" Did you mean '{lowered[match[0]]}'?" if match else ""


@dataclass(frozen=True)
class Slider:
    """A native control: a range, or a few named choices."""

    min: float | None = None
    max: float | None = None
    step: float | None = None
    scale: Literal["linear", "log"] = "linear"
    choices: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Quantity:
    """A named quantity of the Antimony file: what it means and where its value comes from."""

    unit: str
    meaning: str
    label: str = ""
    source: str | None = None
    where: str | None = None
    designed: str | None = None
    nonnegative: bool = True
    slider: Slider | None = None


@dataclass(frozen=True)
class Time:
    """Unit, label and horizon of the time course."""

    unit: str
    label: str
    end: float
    min: float
    max: float
    points: int = 241


@dataclass(frozen=True)
class Solver:
    """Method and tolerances of the browser's solver, and the tolerance of the run it is held to."""

    method: Literal["dopri", "rodas"] = "dopri"
    rtol: float = 1e-6
    atol: float = 1e-9
    reference_rtol: float = 1e-10


@dataclass(frozen=True)
class Rest:
    """How the resting state is found again when a parameter moves it: ``set`` is the quiet setting."""

    set: dict[str, float]
    duration: float
    note: str


@dataclass(frozen=True)
class Plot:
    """One chart."""

    id: str
    title: str
    series: list[str]
    y: str
    description: str
    log: bool = False


@dataclass(frozen=True)
class View:
    """A picture beside the plots that is no time course. Which keys belong to which kind: :mod:`widgets.views`.

    Attributes
    ----------
    parameter
        Slider on the x axis of a scan or a bifurcation diagram.
    series
        What is drawn; one for a bifurcation diagram or a surface.
    quantity, at
        How a scan or a surface reads a run; ``at`` is the time of ``value``.
    normalise, hill
        Each curve in per cent of its highest value; its effective Hill coefficient in the summary.
    x, y
        Two series of a phase plane, or two sliders of a surface.
    x_state, y_state
        The states under ``x`` and ``y`` where those are derived (a cell number kept as its logarithm).
    x_range, y_range, x_log, y_log
        Axes, where the run and the sliders do not say enough.
    nullclines, directions
        States whose nullclines are drawn, both by default; whether arrows are.
    others
        States off the plane: held at the ``start``, or each at rest for the point (``quasi``).
    inputs
        Inputs that events change: as at the ``start``, as at the ``end`` of the run, or as in ``[rest]``.
    starts
        Further states from which steady states are looked for.
    reference, levels
        What 100 % of a surface is, and its isoboles in per cent of it.
    additivity, bliss
        The line of Loewe additivity at 50 %; a choice to colour by the excess over Bliss independence.
    plots
        Plots that are stacked over one time axis.
    set
        Settings that the view keeps, whatever the sliders say.
    """

    id: str
    title: str
    kind: Literal["scan", "phase", "bifurcation", "surface", "panels"]
    description: str
    parameter: str | None = None
    series: list[str] = field(default_factory=list)
    quantity: Literal["end", "peak", "value"] = "end"
    at: float | None = None
    normalise: bool = False
    hill: bool = False
    x: str | None = None
    y: str | None = None
    x_state: str | None = None
    y_state: str | None = None
    x_range: list[float] | None = None
    y_range: list[float] | None = None
    x_log: bool = False
    y_log: bool = False
    nullclines: list[str] | None = None
    directions: bool = False
    others: Literal["start", "quasi"] = "start"
    inputs: Literal["start", "rest", "end"] = "start"
    starts: list[dict[str, float]] = field(default_factory=list)
    reference: Literal["maximum", "origin"] = "maximum"
    levels: list[float] = field(default_factory=lambda: [10.0, 25.0, 50.0, 75.0, 90.0])
    additivity: Literal["none", "loewe"] = "none"
    bliss: bool = False
    plots: list[str] = field(default_factory=list)
    set: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Scenario:
    """A named setting; everything that it does not set goes to its default."""

    id: str
    label: str
    set: dict[str, float]
    note: str


@dataclass(frozen=True)
class Conserved:
    """A sum that the mechanism keeps constant (at ``value`` where that is known)."""

    name: str
    unit: str
    expression: str
    value: float | None = None
    when: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class TargetRow:
    """One published or computed number and how it is read off a run."""

    quantity: str
    series: str
    value: float
    tolerance: float
    set: dict[str, float] = field(default_factory=dict)
    relative_to: dict[str, float] | None = None
    at: float | None = None
    parameter: str | None = None
    drugs: list[str] | None = None
    rest: bool = True


@dataclass(frozen=True)
class Target:
    """A claim that the model must reproduce, with its numbers."""

    id: str
    claim: str
    source: str
    origin: str
    rows: list[TargetRow]


@dataclass(frozen=True)
class Description:
    """The whole TOML file."""

    title: str
    question: str
    claims: str
    reference: list[str]
    summary: str
    limits: list[str]
    time: Time
    plots: list[Plot]
    parameters: dict[str, Quantity]
    species: dict[str, Quantity]
    derived: dict[str, Quantity] = field(default_factory=dict)
    solver: Solver = field(default_factory=Solver)
    rest: Rest | None = None
    designed: str | None = None
    views: list[View] = field(default_factory=list)
    scenarios: list[Scenario] = field(default_factory=list)
    conserved: list[Conserved] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)


def read(kind: type[T], table: object, where: str) -> T:
    """Turn a TOML table into a record, or say in one line what is wrong with it.

    Parameters
    ----------
    kind
        The record to make.
    table
        What the TOML parser gave.
    where
        File and path of the table, for the message.

    Raises
    ------
    ModelError
        For a missing or unknown key, or a value of the wrong type.
    """
    if not isinstance(table, Mapping):
        raise ModelError(f"{where} must be a table, not {table!r}")
    hints = get_type_hints(kind)
    known = {f.name: f for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    for key in table:
        if key not in known:
            raise ModelError(f"{where}: unknown key '{key}'.{nearest(key, known)}")
    for name, one in known.items():
        required = one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
        if required and name not in table:
            raise ModelError(f"{where}: '{name}' is missing")
    values = {key: _value(hints[key], value, f"{where}.{key}") for key, value in table.items()}
    return kind(**values)


def _value(hint: Any, value: Any, where: str) -> Any:
    """Check and convert one value against its type hint."""
    options = [option for option in get_args(hint) if option is not type(None)]
    if type(None) in get_args(hint):
        return _value(options[0], value, where)
    origin = get_origin(hint)
    if origin is list and isinstance(value, list):
        return [_value(options[0], item, f"{where}[{i}]") for i, item in enumerate(value)]
    if origin is dict and isinstance(value, Mapping):
        return {key: _value(options[1], item, f"{where}.{key}") for key, item in value.items()}
    if origin is Literal and value in options:
        return value
    if dataclasses.is_dataclass(hint):
        return read(type(hint) if not isinstance(hint, type) else hint, value, where)
    if hint is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        if math.isinf(value):
            raise ModelError(f"{where} must be finite")
        return float(value)
    if hint in (str, int, bool) and type(value) is hint:
        return value
    allowed = f"one of {', '.join(map(str, options))}" if origin is Literal else _name(hint)
    raise ModelError(f"{where} must be {allowed}, not {value!r}")


def _name(hint: Any) -> str:
    """Name a type as a writer of TOML would."""
    names = {str: "a text", float: "a number", int: "a whole number", bool: "true or false"}
    return names.get(hint, "a list" if get_origin(hint) is list else "a table")
