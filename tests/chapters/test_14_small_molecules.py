"""Chapter 14 says what its two models say."""

from __future__ import annotations

import functools
from collections.abc import Callable

import numpy as np
from scipy.optimize import brentq

from tests.chapters.text import says
from widgets.model import Model, load
from widgets.readouts import mean_from
from widgets.simulate import Run

CHAPTER = "14-small-molecules"


@functools.cache
def ruxolitinib() -> Model:
    return load("ruxolitinib")


@functools.cache
def cell() -> Model:
    return load("jak_stat3")


@functools.cache
def tablets(dose: float, hours: float, IL6: float = 10, SOCS3: float = 100) -> Run:
    return ruxolitinib().simulate(
        route=2, dose=dose, interval=hours, IL6=IL6, IL6_time=0, SOCS3_translation=SOCS3, end=2880
    )


@functools.cache
def bare(IL6: float = 10, SOCS3: float = 100) -> Run:
    return ruxolitinib().simulate(route=0, IL6=IL6, IL6_time=0, SOCS3_translation=SOCS3, end=2880)


def at(run: Run, series: str, minute: float) -> float:
    return float(np.interp(minute, run.time, run[series]))


def inhibition(treated: Run, untreated: Run, start: float) -> float:
    return 100 * (1 - mean_from(treated, "pSTAT3", start) / mean_from(untreated, "pSTAT3", start))


def test_one_drug_four_answers() -> None:
    none, drug, less = ruxolitinib().simulate(route=0), ruxolitinib().simulate(), ruxolitinib().simulate(Rux_added=318)
    says(CHAPTER, "promises {:.0f} % inhibition", at(drug, "simple_rule", 75))
    for template, minute in [
        ("At 75 min pSTAT3 is {:.1f} nM instead of {:.1f} nM: {:.0f} % inhibition", 75.0),
        ("At 120 min it is {:.2f} nM instead of {:.2f} nM: {:.0f} %.", 120.0),
    ]:
        treated, untreated = at(drug, "pSTAT3", minute), at(none, "pSTAT3", minute)
        says(CHAPTER, template, treated, untreated, 100 * (1 - treated / untreated))
    says(CHAPTER, "Of 500 nM, {:.0f} nM are left", at(drug, "Rux", 120))
    says(CHAPTER, "peaks at {:.2f} nM. With the drug it peaks at {:.2f} nM", none["SOCS3"].max(), drug["SOCS3"].max())
    says(CHAPTER, "At 120 min pSTAT3 is {:.2f} nM, slightly *above*", at(less, "pSTAT3", 120))
    more = ruxolitinib().simulate(Rux_added=1000)
    peaks = [run["pSTAT3"].max() for run in (more, drug, none)]
    says(CHAPTER, "{:.2f} nM, against {:.2f} nM with 500 nM and {:.2f} nM without", *peaks)


@functools.cache
def dish(dose: float, IL6: float = 40, SOCS3: float = 100) -> Run:
    return ruxolitinib().simulate(Rux_added=dose, IL6=IL6, SOCS3_translation=SOCS3)


def level(minute: float) -> Callable[[Run], float]:
    return lambda run: at(run, "pSTAT3", minute)


def ic50(read: Callable[[Run], float], IL6: float = 40, SOCS3: float = 100) -> float:
    """Return the dose that halves a reading; large values rounded as in the chapter."""
    half = read(dish(0.1, IL6, SOCS3)) / 2

    def gap(power: float) -> float:
        return read(dish(10**power, IL6, SOCS3)) - half

    power = next(step for step in np.arange(1.5, 4.5, 0.5) if gap(step) < 0)
    dose = 10 ** brentq(gap, power - 0.5, power, xtol=1e-5)
    return float(round(dose, -2 if dose > 1000 else -1 if dose > 500 else 0))


def test_ic50_by_time() -> None:
    for minute in (15, 30, 60, 240):
        both = [ic50(level(60 + minute), SOCS3=share) for share in (100, 0)]
        says(CHAPTER, "| {:.0f} min | {:.0f} | {:.0f} |", minute, *both)
    says(CHAPTER, "| Peak of pSTAT3 | {:.0f} |", ic50(lambda run: float(run["pSTAT3"].max())))
    says(CHAPTER, "| Mean over 240 min | {:.0f} |", ic50(lambda run: mean_from(run, "pSTAT3", 60)))


def test_ic50_by_stimulus() -> None:
    for minute, template in [
        (75, "IC50 is {:.0f} nM for 10 ng/mL and {:.0f} nM for"),
        (120, "it is {:.0f} and {:.0f} nM"),
    ]:
        says(CHAPTER, template, *(ic50(level(minute), IL6=x) for x in (10, 100)))


def test_tablets() -> None:
    run = tablets(20, 12)
    second = run.time >= 1440
    says(CHAPTER, "**Patient without drug**: pSTAT3 stands at {:.2f} nM", bare()["pSTAT3"][-1])
    says(CHAPTER, "swings between {:.0f} and {:.0f} nM", run["Rux"].max(), run["Rux"][second].min())
    signal = run["pSTAT3"][second]
    says(CHAPTER, "pSTAT3 swings between {:.2f} and {:.2f} nM", signal.min(), signal.max())
    for dose in (5, 10, 20, 25):
        rule = mean_from(tablets(dose, 12), "simple_rule", 2160)
        network = [inhibition(tablets(dose, 12, IL6), bare(IL6), 2160) for IL6 in (10, 40)]
        says(CHAPTER, "| {:.0f} | {:.0f} | {:.0f} | {:.0f} |", dose, rule, *network)
    says(CHAPTER, "the same tablets inhibit {:.0f} %", inhibition(tablets(20, 12, 10, 0), bare(10, 0), 1440))


def test_split_dose() -> None:
    for dose, hours in [(20, 24), (10, 12), (5, 6)]:
        run = tablets(dose, hours)
        second = run.time >= 1440
        share = 100 * (1 - run["pSTAT3"][second] / bare()["pSTAT3"][second])
        if hours == 24:
            assert (share < 10).mean() * 24 > 12
        row = "| {:.0f} mg every {:.0f} h | {:.1f} | {:.0f} | {:.1f} |"
        says(CHAPTER, row, dose, hours, inhibition(run, bare(), 1440), share.max(), share.min())
        says(CHAPTER, "The mean drug level is the same, {:.0f} nM", mean_from(run, "Rux", 1440))
    exercise = [inhibition(tablets(dose, hours), bare(), 1440) for dose, hours in [(20, 12), (10, 6)]]
    says(CHAPTER, "(You should find {:.0f} and {:.0f} %.)", *exercise)


def test_stattic() -> None:
    model = cell()
    none, most = model.simulate(), model.simulate(Stattic=20)
    loss = 100 * (1 - most["pSTAT3"].max() / none["pSTAT3"].max())
    peaks = [run["pSTAT3"].max() for run in (most, none)]
    says(CHAPTER, "{:.1f} nM, against {:.1f} nM without a drug: {:.0f} % less", *peaks, loss)
    says(CHAPTER, ":answer: {:.1f}", most["pSTAT3"].max())
    slowed, free = (model.simulate(SOCS3_translation=0, Stattic=dose) for dose in (10, 0))
    says(CHAPTER, "only {:.1f} nM STAT3 in the cytoplasm is still free", free["STAT3"][-1])
    says(CHAPTER, "With the drug {:.1f} nM is.", slowed["STAT3"][-1])
    half, whole = slowed["pSTAT3"][-1], free["pSTAT3"][-1]
    says(CHAPTER, "{:.1f} against {:.1f} nM, {:.0f} % less", half, whole, 100 * (1 - half / whole))
    both = model.simulate(Stattic=10, Rux=500)
    levels = [at(run, "pSTAT3", 60) for run in (model.simulate(Stattic=10), model.simulate(Rux=500), both, none)]
    says(CHAPTER, "leaves {:.2f} nM, ruxolitinib alone {:.2f} nM, both together {:.2f} nM, of {:.2f} nM", *levels)
    says(CHAPTER, "together they take {:.0f} %", 100 * (1 - levels[2] / levels[3]))
    says(CHAPTER, "With both drugs SOCS3 peaks at {:.2f} nM", both["SOCS3"].max())
