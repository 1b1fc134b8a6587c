"""Units in settings: ``"10 pg/mL"`` for a parameter that is kept in ng/mL."""

from __future__ import annotations

import functools
import numbers
from typing import TYPE_CHECKING

from widgets.schema import ModelError

if TYPE_CHECKING:
    import pint


@functools.cache
def registry() -> pint.UnitRegistry[float]:
    """Return the unit registry. Loading it takes a third of a second, so it waits for a unit."""
    import pint

    units: pint.UnitRegistry[float] = pint.UnitRegistry()
    units.define("cells = count")
    return units


def plain(unit: str) -> str:
    """Write a unit as the registry reads it: ``per cell`` is a count, ``x start`` a ratio."""
    if unit.startswith("x "):
        return "dimensionless"
    return unit.replace("per cell", "").replace("%", "percent").strip() or "dimensionless"


def in_unit(name: str, value: float | str, unit: str) -> float:
    """Return a setting as a number in the unit of its parameter.

    Parameters
    ----------
    name
        The parameter, for the message.
    value
        A number in ``unit``, or text: a number alone or with a unit of the same dimension.
    unit
        The unit of the parameter; ``""`` for a pure number.

    Raises
    ------
    ModelError
        If the value is no number or its unit is of another kind.
    """
    wanted = f"a number in {unit}" if unit else "a pure number"
    if isinstance(value, bool) or not isinstance(value, (numbers.Real, str)):
        raise ModelError(f"{name} = {value!r}: must be {wanted}")
    try:
        return float(value)
    except ValueError:
        pass  # text with a unit: read below
    import pint

    try:
        quantity: pint.Quantity[float] = registry().Quantity(plain(str(value)))
        return float(quantity.to(registry().Unit(plain(unit))).magnitude)
    except (pint.PintError, ValueError, TypeError, AttributeError, SyntaxError) as error:
        raise ModelError(f"{name} = {value}: must be {wanted}") from error
