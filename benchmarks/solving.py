"""Solve time of each model at the same settings, in the browser and in libRoadRunner."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from playwright.sync_api import Page

from tests.engines.settings import corners, random_settings, reference
from widgets.model import load

# Solved once without a clock, so that no engine is charged for its own warming up.
RUN = """
async ([name, settings]) => {
  const element = document.querySelector(`il6-explorer[model="${name}"]`);
  await element.ready;
  for (const setting of settings.slice(0, 20)) element.simulate(setting);
  return settings.map((setting) => {
    const start = performance.now();
    element.simulate(setting);
    return performance.now() - start;
  });
}
"""


def measure(page: Page, name: str) -> dict[str, Any]:
    """Time every setting once.

    Parameters
    ----------
    page
        A page with an explorer of the model.
    name
        The model.

    Returns
    -------
    dict
        Milliseconds: median and worst of each engine. A setting that moves the resting state
        includes the run to rest.
    """
    model = load(name)
    settings = [*random_settings(model), *corners(model)]
    browser = np.array(page.evaluate(RUN, [name, settings]))
    reference(model, settings[0])
    python = []
    for setting in settings:
        start = time.perf_counter()
        reference(model, setting)
        python.append(1000 * (time.perf_counter() - start))
    return {
        "settings": len(settings),
        "browser median": float(np.median(browser)),
        "browser worst": float(browser.max()),
        "libRoadRunner median": float(np.median(python)),
        "libRoadRunner worst": float(np.max(python)),
    }
