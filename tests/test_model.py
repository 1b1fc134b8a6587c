"""A model loads only when every one of its numbers is accounted for, and says what is wrong."""

from __future__ import annotations

import math

import pytest

import widgets
from widgets.model import FOLDER, Model, ModelError, catalogue, load
from widgets.references import references

ANT = """
model toy
  compartment cell = 1
  species A in cell
  k = 0.5
  A = 2
  loss: A -> ; cell * k * A
  double := 2 * A
end
"""
TOML = """
title = "Toy"
question = "How fast does it fall?"
claims = "A decays."
reference = ["sobotta2017"]
summary = "A ends at {end:A} after {horizon}."
limits = ["everything else"]
[time]
unit = "min"
label = "Time"
end = 10
min = 1
max = 100
[parameters.k]
unit = "1/min"
meaning = "loss of A"
source = "sobotta2017"
slider = { min = 0.1, max = 2, scale = "log" }
[parameters.cell]
unit = "L"
meaning = "volume"
designed = "cancels out"
[species.A]
unit = "nM"
meaning = "A"
designed = "a round number"
[derived.double]
unit = "nM"
meaning = "twice A"
[[plots]]
id = "a"
title = "A"
series = ["A"]
y = "A (nM)"
description = "A over time."
"""


def toy(toml: str = TOML, ant: str = ANT) -> Model:
    return Model("toy", ant, toml)


def test_a_complete_model_loads_and_runs() -> None:
    run = toy().simulate(k=0.5)
    assert run["A"][-1] == pytest.approx(2 * math.exp(-5), rel=1e-8)
    assert run["double"][0] == 4


def test_the_catalogue_names_every_model_file() -> None:
    assert catalogue() == sorted(path.stem for path in FOLDER.glob("*.toml"))
    assert {"jak_stat3", "receptor_binding"} <= set(widgets.catalogue())


@pytest.mark.parametrize("name", catalogue())
def test_every_value_of_the_book_has_a_source_or_is_marked_designed(name: str) -> None:
    model = load(name)
    for parameter in model.parameters.values():
        assert parameter.meaning
        assert parameter.source in references() or parameter.designed, parameter.id


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('source = "sobotta2017"\nslider', "slider", "parameters.k has neither a source nor designed"),
        ('designed = "a round number"', "", "species.A has neither a source nor designed"),
        ('source = "sobotta2017"\nslider', 'source = "sobota2017"\nslider', "Did you mean 'sobotta2017'?"),
        ("[parameters.k]", "[parameters.kk]", "'k' of toy.ant is not described in [parameters]"),
        ('meaning = "loss of A"', 'meaning = "loss of A"\nmeening = "x"', "unknown key 'meening'"),
        ('series = ["A"]', 'series = ["AA"]', "plots.a: no series 'AA'. Did you mean 'A'?"),
        ("end = 10", 'end = "ten"', "time.end must be a number, not 'ten'"),
        ('scale = "log"', 'scale = "cubic"', "must be one of linear, log, not 'cubic'"),
        ('title = "Toy"', "", "'title' is missing"),
        ("{end:A}", "{last:A}", "nothing is meant by '{last:A}'"),
        ("[time]", "[time", "toy.toml:"),
    ],
)  # fmt: skip
def test_an_incomplete_model_says_in_one_line_what_is_wrong(old: str, new: str, message: str) -> None:
    assert old in TOML
    with pytest.raises(ModelError) as caught:
        toy(TOML.replace(old, new, 1))
    text = str(caught.value)
    assert message in text
    assert text.startswith("toy.toml") and "\n" not in text


def test_broken_antimony_says_where() -> None:
    with pytest.raises(ModelError, match=r"toy.ant: Error in model string, line 7"):
        toy(ant=ANT.replace("A -> ;", "A -> -> ;"))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"IL6": 1e9}, "IL6 = 1e+09 ng/mL: must be from 0.01 to 1000 ng/mL"),
        ({"IL6": math.nan}, "must be a finite number in ng/mL"),
        ({"IL6": math.inf}, "must be a finite number in ng/mL"),
        ({"il6": 1}, "has no parameter 'il6'. Did you mean 'IL6'?"),
        ({"IL6": "10 min"}, "IL6 = 10 min: must be a number in ng/mL"),
        ({"IL6": "lots"}, "IL6 = lots: must be a number in ng/mL"),
        ({"kdelay": -1}, "kdelay = -1 1/min: must be at least 0 1/min"),
        ({"end": 1e6}, "end = 1e+06 min: must be from 30 to 1440 min"),
        ({"points": 1}, "points = 1: must be a whole number, at least 2"),
    ],
)
def test_a_wrong_setting_says_what_was_given_and_what_is_allowed(values: dict[str, float], message: str) -> None:
    with pytest.raises(ModelError) as caught:
        load("jak_stat3").simulate(**values)  # type: ignore[arg-type]
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_choice_names_its_choices() -> None:
    with pytest.raises(ModelError, match=r"must be one of 0 \(closed vessel\), 1 \(open"):
        load("receptor_binding").simulate(open_system=0.5)


def test_settings_may_carry_their_own_unit() -> None:
    model = load("jak_stat3")
    assert model.values({"IL6": "500 pg/mL"})["IL6"] == pytest.approx(0.5)
    assert model.values({"Stattic": "2000 nM"})["Stattic"] == pytest.approx(2)
    assert model.values({"end": "2 hours"})["end"] == pytest.approx(120)


def test_an_unknown_model_names_the_nearest() -> None:
    with pytest.raises(ModelError, match=r"there is no model 'jakstat3'. Did you mean 'jak_stat3'?"):
        load("jakstat3")


@pytest.mark.parametrize("name", catalogue())
def test_units_of_the_two_files_agree(name: str) -> None:
    """The unit in the TOML file has the dimension that the Antimony file gives the quantity."""
    import libsbml

    from widgets.units import plain, registry

    model = load(name)
    document = libsbml.readSBMLFromString(model.sbml())  # owns what its model refers to
    sbml = document.getModel()
    units = registry()
    si = {
        libsbml.UNIT_KIND_MOLE: "mole", libsbml.UNIT_KIND_LITRE: "liter",
        libsbml.UNIT_KIND_SECOND: "second", libsbml.UNIT_KIND_KILOGRAM: "kilogram",
        libsbml.UNIT_KIND_DIMENSIONLESS: "dimensionless", libsbml.UNIT_KIND_METRE: "meter",
        libsbml.UNIT_KIND_GRAM: "gram", libsbml.UNIT_KIND_ITEM: "count",
    }  # fmt: skip
    checked = 0
    for parameter in sbml.getListOfParameters():
        key = parameter.getId()
        definition = sbml.getUnitDefinition(parameter.getUnits())
        if definition is None:
            continue
        derived = units.Quantity(1.0)
        for unit in definition.getListOfUnits():
            factor = unit.getMultiplier() * 10.0 ** unit.getScale()
            derived = derived * (factor * units.Unit(si[unit.getKind()])) ** int(unit.getExponent())
        about = {**model.about.parameters, **model.about.derived}[key]
        ratio = (derived / units.Quantity(plain(about.unit))).to_base_units()
        assert ratio.dimensionless, f"{key}: {about.unit}"
        assert ratio.magnitude == pytest.approx(1.0), f"{key}: {about.unit}"
        checked += 1
    assert checked, "no parameter of the Antimony file has a unit"
