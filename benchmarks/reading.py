"""What a reader waits for: first paint, a live model, a redraw; and what travels over the wire."""

from __future__ import annotations

from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page

from tests.book.serve import Served

# From the moment an input event reaches the page to the end of the frame in which the chart is drawn: a
# message sent while that frame is prepared arrives when it is painted. Events come at any phase of a
# frame, as they do from a hand.
MOVE = """
async ([name, count]) => {
  const element = document.querySelector(`il6-explorer[model="${name}"]`);
  element.scrollIntoView();
  await element.ready;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  for (let i = 0; i < 200 && !element.querySelector(".js-plotly-plot"); i++) await pause(50);
  await pause(500);
  const sliders = [...element.querySelectorAll("input[type=range]")].filter((one) => one.name !== "end");
  const total = [], work = [];
  for (let i = 0; i < count; i++) {
    const slider = sliders[i % sliders.length];
    const low = Number(slider.min), high = Number(slider.max);
    await pause(25 + 17 * ((i * 0.618) % 1));
    const painted = new Promise((done) =>
      element.addEventListener("il6:change", ({ detail }) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done([performance.now(), detail]);
        channel.port2.postMessage(0);
      }, { once: true }));
    const start = performance.now();
    slider.value = String(low + (high - low) * ((i * 0.382 + 0.1) % 1));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    const [end, detail] = await painted;
    total.push(end - start);
    work.push(detail.solveTime + detail.drawTime);
  }
  return { total, work };
}
"""
START = """
async () => {
  const element = document.querySelector("il6-explorer");
  await element.ready;
  const ready = performance.now();
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return { paint: paint ? paint.startTime : NaN, ready };
}
"""


def redraw(page: Page, name: str, count: int = 120) -> dict[str, float]:
    """Move sliders and time each redraw, in milliseconds."""
    found = page.evaluate(MOVE, [name, count])
    total, work = np.array(found["total"]), np.array(found["work"])
    return {
        "work median": float(np.median(work)),
        "work 95 %": float(np.percentile(work, 95)),
        "to repaint median": float(np.median(total)),
        "to repaint 95 %": float(np.percentile(total, 95)),
    }


def start(browser: Browser, site: Served, page_name: str) -> dict[str, Any]:
    """Open a page with an empty cache; time it and weigh it before and after its first chart."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    site.sent.clear()
    page.goto(site.address + page_name)
    times = page.evaluate(START)
    page.wait_for_load_state("networkidle")
    with_chart = site.weight
    plotly = sum(size for path, size in site.sent if "plotly" in path) / 1000
    context.close()
    return {
        "first paint": times["paint"],
        "model usable": times["ready"],
        "before chart": with_chart - plotly,
        "with chart": with_chart,
    }
