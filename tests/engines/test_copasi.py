"""libRoadRunner and COPASI agree to a millionth of the peak on every setting that sliders reach."""

from __future__ import annotations

import pytest

from tests.engines import copasi
from tests.engines.settings import corners, deviation, random_settings, reference, scales
from widgets.model import catalogue, load


@pytest.mark.parametrize("where", ["random", "corners"])
@pytest.mark.parametrize("name", catalogue())
def test_copasi_agrees(name: str, where: str) -> None:
    model = load(name)
    size = scales(model)
    settings = random_settings(model) if where == "random" else corners(model)
    worst: tuple[float, str, dict[str, float]] = (0.0, "", {})
    for setting in settings:
        run = reference(model, setting)
        other = copasi.solve(model, setting, len(run.time))
        for key in model.states:
            worst = max(
                worst, (deviation(run[key], other[key], size[key]), key, setting),
                key=lambda item: item[0],
            )  # fmt: skip
    assert worst[0] <= 1e-6, worst
