"""Reads and validates a mini-model: ``models/NAME.ant`` (mechanism) and ``models/NAME.toml`` (teaching).

The values live in the Antimony file; their meaning, unit and source in the TOML file. A model
whose values are not all accounted for does not load.
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import antimony
import libsbml

from widgets.references import references
from widgets.schema import Description, ModelError, Quantity, nearest, read
from widgets.summary import check_template
from widgets.units import in_unit
from widgets.views import check_views

if TYPE_CHECKING:
    from widgets.simulate import Run

FOLDER = Path(__file__).parent / "models"
_NOTHING = 1e-200

__all__ = ["Model", "ModelError", "Parameter", "catalogue", "load"]


@dataclass(frozen=True)
class Parameter:
    """A constant of a model, with its range where it has a slider."""

    id: str
    label: str
    value: float
    unit: str
    meaning: str
    source: str | None
    where: str | None
    designed: str | None
    min: float | None = None
    max: float | None = None
    step: float | None = None
    scale: str = "linear"
    choices: tuple[tuple[str, float], ...] = ()

    def check(self, value: float | str) -> float:
        """Return the value in the parameter's unit, or say in one line why it cannot be used.

        Parameters
        ----------
        value
            A number in :attr:`unit`, or text with a unit of the same kind ("10 pg/mL").

        Raises
        ------
        ModelError
            For a value that is no number, not finite, out of range or of another unit.
        """
        number = in_unit(self.id, value, self.unit)
        unit = f" {self.unit}" if self.unit else ""
        if not math.isfinite(number):
            raise ModelError(f"{self.id} = {value}: must be a finite number in{unit or ' its range'}")
        if self.choices and number not in [choice for _, choice in self.choices]:
            allowed = ", ".join(f"{choice:g} ({label})" for label, choice in self.choices)
            raise ModelError(f"{self.id} = {number:g}: must be one of {allowed}")
        low = self.min if self.min is not None else 0.0
        high = self.max if self.max is not None else math.inf
        if not low <= number <= high:
            span = f"from {low:g} to {high:g}" if high < math.inf else f"at least {low:g}"
            raise ModelError(f"{self.id} = {number:g}{unit}: must be {span}{unit}")
        # Far below one molecule; CVODE's tolerances would underflow there.
        return 0.0 if abs(number) < _NOTHING else number


class Model:
    """A mini-model. Make one with :func:`load`.

    Attributes
    ----------
    name : str
        Name of its two files.
    antimony : str
        The mechanism, as Antimony text.
    about : Description
        Everything of the TOML file.
    parameters : dict of str to Parameter
        Every constant, sliders first.
    """

    def __init__(self, name: str, antimony_text: str, toml_text: str) -> None:
        self.name = name
        self.antimony = antimony_text
        try:
            table = tomllib.loads(toml_text)
        except tomllib.TOMLDecodeError as error:
            raise ModelError(f"{name}.toml: {error}") from error
        self.about = read(Description, table, f"{name}.toml")
        self._sbml = _to_sbml(name, antimony_text)
        document = libsbml.readSBMLFromString(self._sbml)
        self._document = document  # owns the memory behind every libsbml object
        constants, self.states, self.derived = _inventory(document.getModel())
        self._check_described(constants, document.getModel())
        sliders = [key for key in self.about.parameters if self.about.parameters[key].slider]
        order = sliders + [key for key in constants if key not in sliders]
        self.sliders = sliders
        self.parameters = {key: _parameter(key, self.about.parameters[key], constants[key]) for key in order}
        self._check_references()
        check_template(self)
        check_views(self)

    def __repr__(self) -> str:
        return f"<Model {self.name}: {self.about.title}>"

    @property
    def series(self) -> dict[str, Quantity]:
        """What a run returns besides time: states first, then derived quantities."""
        shown = {key: self.about.species[key] for key in self.states}
        return shown | {key: self.about.derived[key] for key in self.derived}

    def values(self, given: Mapping[str, float | str]) -> dict[str, float]:
        """Check settings: every name and value, or a one-line :class:`ModelError`.

        Returns
        -------
        dict
            The settings in the units of the model; ``end`` may be among them.
        """
        checked = {}
        for key, value in given.items():
            if key == "end":
                checked[key] = self.horizon.check(value)
            elif key in self.parameters:
                checked[key] = self.parameters[key].check(value)
            else:
                known = [*self.parameters, "end"]
                raise ModelError(
                    f"{self.name} has no parameter '{key}'.{nearest(key, known)} Sliders: {', '.join(self.sliders)}"
                )
        return checked

    @functools.cached_property
    def horizon(self) -> Parameter:
        """The time shown, as a parameter named ``end``."""
        time = self.about.time
        return Parameter(
            "end", "Time shown", time.end, time.unit, "end of the run", None, None,
            "chosen to show the whole response", time.min, time.max,
        )  # fmt: skip

    def simulate(
        self,
        *,
        end: float | str | None = None,
        points: int | None = None,
        times: Sequence[float] | None = None,
        rest: bool = True,
        **values: float | str,
    ) -> Run:
        """Solve the model with libRoadRunner (CVODE). See :func:`widgets.simulate.simulate`."""
        from widgets.simulate import simulate

        return simulate(self, values, end=end, points=points, times=times, rest=rest)

    def sbml(self, **values: float | str) -> str:
        """Return the model as SBML, with these values set in it.

        The initial state is the one of the file; where a setting moves the resting state, the
        resting state that belongs to it is written instead.
        """
        from widgets.simulate import sbml_at

        return sbml_at(self, values) if values else self._sbml

    def equations(self) -> str:
        """Return the differential equations as LaTeX (an ``aligned`` block)."""
        from widgets.equations import latex

        return latex(self)

    def _check_described(self, constants: dict[str, float], sbml: libsbml.Model) -> None:
        """Every quantity of the mechanism is described, every description is of a quantity."""
        about = self.about
        for kind, found, described in (
            ("parameters", constants, about.parameters),
            ("species", self.states, about.species),
            ("derived", [*self.derived, *_computed(sbml)], about.derived),
        ):
            for key in found:
                if key not in described:
                    raise ModelError(f"{self.name}.toml: '{key}' of {self.name}.ant is not described in [{kind}]")
            for key, quantity in described.items():
                where = f"{self.name}.toml: {kind}.{key}"
                if key not in found:
                    raise ModelError(f"{where}: {self.name}.ant has no such quantity.{nearest(key, found)}")
                given = kind == "parameters" or (kind == "species" and sbml.getInitialAssignment(key) is None)
                if given and not quantity.source and not quantity.designed:
                    raise ModelError(
                        f"{where} has neither a source nor designed: say where "
                        "its value comes from, or why it was chosen"
                    )

    def _check_references(self) -> None:
        """Every name and every source that the TOML file uses exists."""
        about, known = self.about, references()
        sources = [q.source for q in (*about.parameters.values(), *about.species.values())]
        for key in {*about.reference, *(t.source for t in about.targets), *sources} - {None}:
            if key not in known:
                raise ModelError(
                    f"{self.name}.toml: source '{key}' is not in references.bib.{nearest(str(key), known)}"
                )
        for plot in about.plots:
            for key in plot.series:
                if key not in self.series:
                    raise ModelError(
                        f"{self.name}.toml: plots.{plot.id}: no series '{key}'.{nearest(key, self.series)}"
                    )
        for scenario in about.scenarios:
            self.values(scenario.set)
        for target in about.targets:
            for row in target.rows:
                self.values({**row.set, **(row.relative_to or {})})
                if row.series not in self.series:
                    raise ModelError(
                        f"{self.name}.toml: targets.{target.id}: no series '{row.series}'."
                        f"{nearest(row.series, self.series)}"
                    )


def catalogue() -> list[str]:
    """Return the names of all mini-models, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.ant"))


@functools.cache
def load(name: str) -> Model:
    """Read a mini-model.

    Parameters
    ----------
    name
        One of :func:`catalogue`.

    Raises
    ------
    ModelError
        For an unknown name, or a model file that is not complete.
    """
    if name not in catalogue():
        raise ModelError(f"there is no model '{name}'.{nearest(name, catalogue())} Models: {', '.join(catalogue())}")
    text = (FOLDER / f"{name}.ant").read_text(encoding="utf-8")
    return Model(name, text, (FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _to_sbml(name: str, text: str) -> str:
    """Translate Antimony to SBML."""
    antimony.clearPreviousLoads()
    if antimony.loadAntimonyString(text) < 0:
        raise ModelError(f"{name}.ant: {' '.join(antimony.getLastError().split())}")
    return str(antimony.getSBMLString(name))


def _computed(sbml: libsbml.Model) -> list[str]:
    """Parameters that the file computes once from others, or that events change."""
    return [p.getId() for p in sbml.getListOfParameters() if sbml.getInitialAssignment(p.getId()) is not None]


def _inventory(sbml: libsbml.Model) -> tuple[dict[str, float], list[str], list[str]]:
    """Sort the quantities of an SBML model into constants with values, states and derived ones."""
    derived = [rule.getVariable() for rule in sbml.getListOfRules() if rule.isAssignment()]
    skip = {*derived, *_computed(sbml)}
    constants = {p.getId(): p.getValue() for p in sbml.getListOfParameters() if p.getId() not in skip}
    constants |= {c.getId(): c.getSize() for c in sbml.getListOfCompartments()}
    return constants, [s.getId() for s in sbml.getListOfSpecies()], derived


def _parameter(key: str, about: Quantity, value: float) -> Parameter:
    slider = about.slider
    low = high = step = None
    choices: tuple[tuple[str, float], ...] = ()
    if slider and slider.choices:
        choices = tuple(slider.choices.items())
        low, high = min(slider.choices.values()), max(slider.choices.values())
    elif slider:
        low, high, step = slider.min, slider.max, slider.step
    return Parameter(
        key, about.label or key, value, about.unit, about.meaning, about.source, about.where,
        about.designed, low, high, step, slider.scale if slider else "linear", choices,
    )  # fmt: skip
