"""Chapter 9 says what its model says."""

from __future__ import annotations

import numpy as np

from tests.chapters.text import says
from widgets.model import load
from widgets.simulate import Run

CHAPTER = "09-blood-supply"


def at(run: Run, series: str, day: float) -> float:
    """Read a series at one day."""
    return float(np.interp(day, run.time, run[series]))


def passes(run: Run, volume: float, after: float = 0) -> float:
    """Return the first day after a day at which the tumour is larger than a volume."""
    return float(run.time[(run.time > after) & (run["tumour"] > volume)][0])


def constants() -> dict[str, float]:
    """Return the rate constants of the model."""
    model = load("angiogenesis")
    return {key: model.parameters[key].value for key in ("b", "d", "e", "clr", "VEGF_gain")}


def limit(fold: float = 1, dose: float = 0) -> float:
    """Return the limit of the tumour by the formula of the chapter."""
    k = constants()
    call = k["b"] * (1 + k["VEGF_gain"] * (fold - 1))
    return float(max((call - k["e"] * dose / k["clr"]) / k["d"], 0) ** 1.5)


def threshold(fold: float) -> float:
    """Return the dose above which there is no limit."""
    k = constants()
    return k["b"] * (1 + k["VEGF_gain"] * (fold - 1)) * k["clr"] / k["e"]


def test_more_and_less_stat3() -> None:
    model = load("angiogenesis")
    limits = {fold: model.simulate(pSTAT3=fold, end=400)["tumour"][-1] for fold in (0, 1, 2)}
    for fold, value in limits.items():
        assert abs(value / limit(fold) - 1) < 1e-5
    says(CHAPTER, "the tumour measures {:,.0f} mm³ after 60 days", model.simulate()["tumour"][-1])
    says(CHAPTER, "Its limit is {:,.0f} mm³", limits[1])
    says(CHAPTER, "the limit is {:,.0f} mm³, which is {:.2f} times as much", limits[2], limits[2] / limits[1])
    says(CHAPTER, "it is {:,.0f} mm³, or {:.0f} % of the untreated limit", limits[0], 100 * limits[0] / limits[1])
    says(CHAPTER, "And 1.5 to the power 1.5 is {:.2f}", 1.5**1.5)
    half = model.simulate(pSTAT3=0.5, end=400)["tumour"][-1]
    says(CHAPTER, ":answer: {:.0f}", half)
    says(CHAPTER, "0.75 to the power 1.5 is {:.2f} of {:,.0f} mm³", half / limits[1], limits[1])


def test_the_constants_in_the_text() -> None:
    k = constants()
    says(CHAPTER, "($b = {}$ per day)", k["b"])
    says(CHAPTER, "($d = {}$ per mm² and day)", k["d"])
    says(CHAPTER, "Our loss of endostatin is {} per day", k["clr"])


def test_the_table() -> None:
    run = load("angiogenesis").simulate(points=6001)
    for day in (0, 2, 5, 10, 15, 30, 60):
        says(CHAPTER, "| {} | {:,.0f} | {:,.0f} |", day, at(run, "tumour", day), at(run, "capacity", day))
    growth = np.gradient(run["tumour"], run.time)
    says(CHAPTER, "by {:.0f} mm³ a day, on day {:.0f}", growth.max(), run.time[growth.argmax()])
    assert 6.5 < at(run, "capacity", 2) / at(run, "tumour", 2) < 7


def test_the_start_does_not_matter() -> None:
    runs = [load("angiogenesis").simulate(tumour_0=start, end=100, points=1001) for start in (10, 2000)]
    says(CHAPTER, "they measure {:,.0f} and {:,.0f} mm³", *(at(run, "tumour", 10) for run in runs))
    for run in runs:
        says(CHAPTER, "On day 100 both measure {:,.0f} mm³", run["tumour"][-1])


def test_endostatin() -> None:
    model = load("angiogenesis")
    run = model.simulate(dose=20, end=20, points=2001)
    says(CHAPTER, "crashed from 625 to {:.0f} mm³", at(run, "capacity", 1))
    says(CHAPTER, "from 200 to {:.0f} mm³", at(run, "tumour", 1))
    shrinking = "{:.1f} mm³ on day 2, {:.1f} on day 5, {:.1f} on day 10, {:.1f} on day 20"
    says(CHAPTER, shrinking, *(at(run, "tumour", day) for day in (2, 5, 10, 20)))
    free = model.simulate(points=6001)
    says(CHAPTER, "Untreated it would be {:,.0f} mm³ by then", at(free, "tumour", 20))
    assert 0.9 < run.time[run["tumour"].argmax()] < 1


def test_stopping() -> None:
    model = load("angiogenesis")
    free = model.simulate(points=6001)
    run = model.simulate(dose=20, dose_days=20, end=80, points=8001)
    back = "On day 40 the tumour is back at {:,.0f} mm³, on day 60 at {:,.0f} mm³"
    says(CHAPTER, back, at(run, "tumour", 40), at(run, "tumour", 60))
    treated, untreated = passes(run, 5000, after=20), passes(free, 5000)
    says(CHAPTER, "a delay of about {:.0f} days", treated - untreated)
    says(CHAPTER, "passes 5,000 mm³ on day {:.1f}, the untreated one on day {:.1f}", treated, untreated)


def test_the_threshold() -> None:
    model = load("angiogenesis")
    held = model.simulate(dose=10, dose_days=400, end=400)["tumour"][-1]
    says(CHAPTER, "With 10 mg/kg/d the limit is {:,.0f} mm³: a fifth", held)
    assert abs(held / limit(dose=10) - 1) < 1e-3
    says(CHAPTER, "With 14 it is {:.0f} mm³ by the formula", limit(dose=14))
    says(CHAPTER, "falls to {:.1f} mm³ by day 400", model.simulate(dose=16, dose_days=400, end=400)["tumour"][-1])
    says(CHAPTER, "which is {:.1f} mg/kg/d for normal pSTAT3", threshold(1))
    says(CHAPTER, "at a threshold: {:.1f}, {:.1f} and {:.1f} mg/kg/d", *(threshold(fold) for fold in (0, 1, 2)))
    k = constants()
    says(CHAPTER, "from {:.1f} to {:.1f} mg/kg/d", threshold(1), k["b"] * 1.3 / k["e"])
    dose = (1 - 0.5 ** (2 / 3)) * threshold(1)
    says(CHAPTER, "You should find {:.1f} mg/kg/d", dose)
    assert abs(limit(dose=dose) / limit() - 0.5) < 1e-9


def test_il6_against_the_drug() -> None:
    model = load("angiogenesis")
    run = model.simulate(dose=20, dose_days=200, end=200, pSTAT3=2, points=2001)
    slow = "from {:.0f} mm³ on day 20 to {:,.0f} mm³ on day 200, because the threshold has moved to {:.1f} mg/kg/d"
    says(CHAPTER, slow, at(run, "tumour", 20), run["tumour"][-1], threshold(2))
    both = model.simulate(dose=10, dose_days=200, end=200, pSTAT3=0, points=2001)
    down = "the threshold of {:.1f} mg/kg/d, and the tumour is down to {:.1f} mm³ by day 60"
    says(CHAPTER, down, threshold(0), at(both, "tumour", 60))
    says(CHAPTER, "the drug left {:,.0f} mm³, the block {:,.0f} mm³", limit(dose=10), limit(0))


def test_the_curve_beside_the_listed_tumours() -> None:
    model = load("angiogenesis")
    free = model.simulate(points=6001)
    says(CHAPTER, "our curve has {:,.0f}, {:,.0f} and {:,.0f}.", *(at(free, "tumour", day) for day in (4, 10, 19)))
    treated = model.simulate(dose=20, end=20, points=2001)
    says(CHAPTER, "down to 76 mm³ on day 10, ours to {:.0f}.", at(treated, "tumour", 10))
