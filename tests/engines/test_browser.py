"""The browser's solver agrees with CVODE on every setting that sliders reach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from tests.engines.page import page_of
from tests.engines.settings import corners, deviation, random_settings, reference, scales
from widgets.model import Model, catalogue, load

# Every third point is plenty to compare curves by, and a third of the numbers to pass over.
STRIDE = 3
# One call solves this many settings, so that no answer grows too large.
BATCH = 40
SOLVE = """
async ([settings, stride]) => {
  const element = document.querySelector("il6-explorer");
  await element.ready;
  const thin = (values) => Array.from(values).filter((_, i) => i % stride === 0);
  return settings.map((setting) => {
    const run = element.simulate(setting);
    const series = Object.entries(run.series).map(([id, values]) => [id, thin(values)]);
    return { time: thin(run.time), series: Object.fromEntries(series), rested: run.rested };
  });
}
"""


@pytest.fixture(scope="module", params=catalogue())
def solver(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Model, Page]]:
    """A bare page, opened from disk, with one model on it."""
    page = browser.new_page()
    page.goto(page_of(request.param, tmp_path_factory.mktemp("page")))
    yield load(request.param), page
    page.close()


def solve(page: Page, settings: list[dict[str, float]]) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = []
    for i in range(0, len(settings), BATCH):
        answers += page.evaluate(SOLVE, [settings[i : i + BATCH], STRIDE])
    return answers


@pytest.mark.parametrize("where", ["random", "corners"])
def test_the_browser_agrees_with_cvode(solver: tuple[Model, Page], where: str) -> None:
    model, page = solver
    size = scales(model)
    settings = random_settings(model) if where == "random" else corners(model)
    worst: tuple[float, str, dict[str, float]] = (0.0, "", {})
    for setting, answer in zip(settings, solve(page, settings), strict=True):
        run = reference(model, setting)
        assert answer["rested"] == run.rested
        assert np.allclose(answer["time"], run.time[::STRIDE], rtol=1e-12)
        for key, values in answer["series"].items():
            theirs = np.array(values, dtype=np.float64)
            assert np.isfinite(theirs).all(), (key, setting)
            if model.series[key].nonnegative:
                assert theirs.min() >= 0, (key, setting)
            gap = deviation(run[key][::STRIDE], theirs, size[key])
            worst = max(worst, (gap, key, setting), key=lambda item: item[0])
        _conserved(model, setting, answer)
    assert worst[0] <= 1e-4, worst


def _conserved(model: Model, setting: dict[str, float], answer: dict[str, Any]) -> None:
    values = {key: p.value for key, p in model.parameters.items()} | setting
    names = values | {key: np.array(column) for key, column in answer["series"].items()}
    for total in model.about.conserved:
        if all(values[key] == value for key, value in total.when.items()):
            along = np.broadcast_to(eval(total.expression, {}, names), len(answer["time"]))
            expected = along[0] if total.value is None else total.value
            gap = float(np.abs(along - expected).max())
            assert gap <= 1e-6 * abs(expected), (total.name, setting)


def test_bad_settings_are_refused_in_one_line(solver: tuple[Model, Page]) -> None:
    model, page = solver
    name = model.sliders[0]
    ask = """async (setting) => {
      const element = document.querySelector("il6-explorer");
      await element.ready;
      try { element.simulate(setting); return "solved"; } catch (error) { return error.message; }
    }"""
    for setting in ({name: -1e9}, {f"{name}_": 1}, {name: "many"}, {"end": 1e12}):
        message = page.evaluate(ask, setting)
        assert message != "solved"
        assert next(iter(setting)) in message
        assert "\n" not in message
    assert f'"{name}"' in page.evaluate(ask, {f"{name}_": 1})
