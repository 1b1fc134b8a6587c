"""A view loads only when every name and number in it fits its model and its kind."""

from __future__ import annotations

import pytest

import widgets
from tests.test_model import TOML, toy
from widgets.model import ModelError, load

SCAN = """
[[views]]
id = "dose"
title = "Dose"
kind = "scan"
parameter = "k"
series = ["A"]
description = "A against k."
"""


def with_view(view: str) -> None:
    toy(TOML + view)


def test_a_complete_view_loads() -> None:
    with_view(SCAN)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('parameter = "k"', 'parameter = "kk"', "views.dose: parameter: no slider 'kk'. Did you mean 'k'?"),
        ('parameter = "k"', "", "views.dose: a scan view needs 'parameter'"),
        ('series = ["A"]', 'series = ["AA"]', "views.dose: series: no series 'AA'. Did you mean 'A'?"),
        ('id = "dose"', 'id = "a"', "views.a: a plot or view of this id is there already"),
        ('kind = "scan"', 'kind = "scam"', "must be one of scan, phase, bifurcation, surface, panels, not 'scam'"),
        ('kind = "scan"', 'kind = "scan"\nbliss = true', "views.dose: a scan view has no 'bliss'"),
        ('kind = "scan"', 'kind = "scan"\nat = 3.0', "'at' is the time of quantity = \"value\""),
        ('kind = "scan"', 'kind = "scan"\nquantity = "value"\nat = 1e4', "at = 10000: must be from 0 to 100 min"),
        ('kind = "scan"', 'kind = "scan"\nset = { k = 9 }', "k = 9 1/min: must be from 0.1 to 2 1/min"),
        ('kind = "scan"', 'kind = "phase"\nx = "A"\ny = "double"', "a phase view has no 'parameter'"),
    ],
)
def test_a_wrong_view_says_in_one_line_what_is_wrong(old: str, new: str, message: str) -> None:
    assert old in SCAN
    with pytest.raises(ModelError) as caught:
        with_view(SCAN.replace(old, new, 1))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_phase_plane_of_a_derived_series_needs_the_state_under_it() -> None:
    view = '[[views]]\nid = "p"\ntitle = "P"\nkind = "phase"\nx = "A"\ny = "double"\ndescription = "d"\n'
    with pytest.raises(ModelError, match="'double' is derived: name the state under it as y_state"):
        with_view(view)


def test_an_explorer_may_begin_with_a_view() -> None:
    widget = widgets.explore("ultrasensitivity", plots=["dose-response", "switch"])
    assert widget.options["plots"] == ["dose-response", "switch"]
    # Without JavaScript there is a still picture of the run.
    assert "<svg" in widget.element()
    with pytest.raises(ModelError, match="has no plot 'dose'"):
        widgets.explore("ultrasensitivity", plots=["dose"])


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("ultrasensitivity", {"scan"}),
        ("inflammatory_switch", {"bifurcation", "phase"}),
        ("bone_remodelling", {"phase"}),
        ("drug_combination", {"surface"}),
        ("tocilizumab", {"panels"}),
        ("siltuximab", {"panels"}),
        ("ruxolitinib", {"panels"}),
    ],
)
def test_the_subjects_that_ask_for_a_view_have_it(name: str, kinds: set[str]) -> None:
    assert kinds <= {view.kind for view in load(name).about.views}
