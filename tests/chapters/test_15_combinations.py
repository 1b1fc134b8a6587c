"""Chapter 15 says what its models say."""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt
from scipy.stats import multivariate_normal, norm

from tests.chapters.text import says
from widgets.analysis import half_inhibition
from widgets.model import load
from widgets.simulate import Run
from widgets.synergy import bliss_excess, loewe_index

CHAPTER = "15-combinations"
DRUGS = ("TCZ", "Rux")
PAIR = {"TCZ": 10.0, "Rux": 300.0}


def solve(model: str, values: dict[str, float]) -> Run:
    return load(model).simulate(**values)  # type: ignore[arg-type]


@functools.cache
def _run(model: str, items: tuple[tuple[str, float], ...]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    run = solve(model, dict(items))
    return run.time, run["pSTAT3"]


def level(at: float, model: str = "combination_stat3", /, **values: float) -> float:
    time, signal = _run(model, tuple(values.items()))
    return float(np.interp(at, time, signal))


def inhibited(at: float, doses: dict[str, float], **values: float) -> float:
    """Return the inhibition in per cent."""
    return 100 * (1 - level(at, **doses, **values) / level(at, **values))


def excess(at: float, **values: float) -> float:
    one, other = (1 - inhibited(at, {drug: PAIR[drug]}, **values) / 100 for drug in DRUGS)
    return 100 * one * other - (100 - inhibited(at, PAIR, **values))


def settled(series: str, **values: float) -> float:
    return float(solve("drug_combination", values)[series][-1])


def test_first_screen() -> None:
    one, other, both = (100 - inhibited(15, doses) for doses in ({"TCZ": 10.0}, {"Rux": 300.0}, PAIR))
    says(CHAPTER, "leaves {:.0f} % of {{term}}`pSTAT3`. Ruxolitinib at 300 nM leaves {:.0f} %.", one, other)
    says(CHAPTER, "{:.0f} % should be left. The model leaves {:.0f} %", one * other / 100, both)
    says(CHAPTER, "{:.2f} of {:.2f} nM", level(15, **PAIR), level(15))
    one, other, both = 1 - one / 100, 1 - other / 100, 1 - both / 100
    says(
        CHAPTER, r"${:.3f} + {:.3f} - {:.3f} \cdot {:.3f} = {:.3f}$", one, other, one, other, one + other - one * other
    )
    says(CHAPTER, "Found is {:.3f}. The difference, {:.1f} percentage points", both, excess(15))
    run = solve("combination_stat3", PAIR)
    assert np.isclose(100 * bliss_excess(run, DRUGS, "pSTAT3", 15), excess(15))


def test_loewe() -> None:
    model = load("combination_stat3")
    alone = [half_inhibition(model, drug, "pSTAT3", 15) for drug in DRUGS]
    says(CHAPTER, "takes {:.1f} nM tocilizumab or {:.0f} nM ruxolitinib.", *alone)
    index = loewe_index(solve("combination_stat3", dict(zip(DRUGS, alone, strict=True))), DRUGS, "pSTAT3", 15)
    says(CHAPTER, "in that proportion, the index is {:.2f}.", index)
    part = np.sqrt(2) - 1
    says(CHAPTER, "${:.2f}$ of each half-dose, and the index is {:.2f}.", part, 2 * part)


def test_sham_and_slopes() -> None:
    sham = {"E1": 30.0, "E2": 30.0, "E12": 30.0, "alpha12": 0.0, "alpha21": 0.0}
    assert np.isclose(settled("loewe_index", **sham, d1=0.5, d2=60), 1)
    says(
        CHAPTER,
        "at 10 nM of each: {:.1f} %. Bliss expects {:.0f} %.",
        settled("settled", **sham),
        settled("bliss", **sham),
    )
    says(CHAPTER, "antagonistic, by {:.1f} points", -settled("bliss_excess", **sham))
    says(CHAPTER, "The Loewe index is {:.3f}, strong synergy", settled("loewe_index", E12=12))
    steep = {"h": 3.0, "d1": 8.0, "d2": 8.0, "E1": 0.0, "E2": 0.0, "E12": 0.0}
    assert abs(settled("bliss_excess", **steep)) < 1e-9
    says(CHAPTER, "The index is {:.2f}, antagonism.", settled("loewe_index", **steep))
    indices = {h: settled("loewe_index", h=h, E1=0, E2=0, E12=0) for h in (0.5, 1.55, 1.6, 4)}
    says(CHAPTER, "rises from {:.1f} at a slope of 0.5 through 1 near 1.6 to {:.1f} at", indices[0.5], indices[4])
    assert indices[1.55] < 1 < indices[1.6]
    says(CHAPTER, ":answer: {:.2f} :tolerance: 0.02", settled("loewe_index", **sham, h=2))


def test_stimulus() -> None:
    for dose in (4, 10, 40, 100, 400):
        says(
            CHAPTER,
            "| {} | {:.1f} | {:.1f} | {:.1f} | {:.1f} |",
            dose,
            inhibited(15, {"TCZ": 10.0}, IL6=dose),
            inhibited(15, {"Rux": 300.0}, IL6=dose),
            inhibited(15, PAIR, IL6=dose),
            excess(15, IL6=dose),
        )
    says(CHAPTER, "is {:.1f} points at 10 ng/mL IL-6 and {:.1f} at 100 ng/mL", excess(15, IL6=10), excess(15, IL6=100))
    assert 3 < excess(15, IL6=18) < 4 < excess(15, IL6=22) < 5  # exercise 2


def test_the_trap() -> None:
    says(
        CHAPTER,
        "Untreated {:.2f} nM; tocilizumab {:.2f}; ruxolitinib {:.2f}; both {:.2f} nM.",
        level(60),
        level(60, TCZ=10.0),
        level(60, Rux=300.0),
        level(60, **PAIR),
    )
    one, other, both = (inhibited(60, doses) for doses in ({"TCZ": 10.0}, {"Rux": 300.0}, PAIR))
    says(
        CHAPTER,
        "inhibit {:.1f} and {:.1f} %. Bliss expects {:.1f} %. Found are {:.1f} %: an excess of {:.1f} points",
        one,
        other,
        both - excess(60),
        both,
        excess(60),
    )
    pair = solve("combination_stat3", PAIR)
    says(CHAPTER, "and an index of {:.2f}.", loewe_index(pair, DRUGS, "pSTAT3", 60))
    says(CHAPTER, "*raises* pSTAT3, from {:.2f} to {:.2f} nM", level(50), level(50, Rux=300.0))


def test_without_socs3() -> None:
    bare = {"SOCS3_translation": 0.0}
    says(
        CHAPTER,
        "then inhibit {:.1f} and {:.1f} %, both {:.1f} %, an excess of {:.1f} points. "
        "At 15 minutes the excess is {:.1f}",
        inhibited(60, {"TCZ": 10.0}, **bare),
        inhibited(60, {"Rux": 300.0}, **bare),
        inhibited(60, PAIR, **bare),
        excess(60, **bare),
        excess(15, **bare),
    )


def test_chapter_14() -> None:
    free, stattic, rux, both = (
        level(60, "jak_stat3", **doses)
        for doses in ({}, {"Stattic": 10.0}, {"Rux": 500.0}, {"Stattic": 10.0, "Rux": 500.0})
    )
    says(CHAPTER, "and {:.0f} % together. By Bliss", 100 * (1 - both / free))
    says(CHAPTER, "By Bliss it is synergy, {:.1f} points.", 100 * (stattic / free * rux / free - both / free))


def test_potency_and_efficacy() -> None:
    help_ = {"alpha12": 5.0, "alpha21": 5.0}
    low = {"d1": 3.0, "d2": 3.0}
    high = {"d1": 100.0, "d2": 100.0}
    goal = settled("settled", **low, **help_)
    says(CHAPTER, "{:.1f} % is left, where Bliss expects {:.1f} %.", goal, settled("bliss", **low, **help_))
    assert settled("settled", d1=5.15, d2=5.15) < goal < settled("settled", d1=5.05, d2=5.05)
    says(CHAPTER, "takes 5.1 nM of each")
    says(
        CHAPTER,
        "to 100 nM: {:.1f} %, against {:.1f} %",
        settled("settled", **high, **help_),
        settled("settled", **high),
    )
    deep = {"E1": 60.0, "E2": 60.0, "E12": 5.0}
    faint = {"d1": 1.0, "d2": 1.0}
    says(
        CHAPTER,
        "1, then 100 nM: {:.1f} and {:.1f} %. Bliss expects {:.1f} and {:.1f} %.",
        *(settled(series, **deep, **doses) for series in ("settled", "bliss") for doses in (faint, high)),
    )
    assert settled("loewe_index", **deep) == 0
    inert = {"E2": 100.0, "E12": 30.0, "alpha21": 5.0}
    says(
        CHAPTER,
        "Drug 2 leaves {:.0f} %, and yet with it drug 1 leaves {:.1f} instead of {:.1f} %.",
        *(settled(series, **inert) for series in ("alone2", "settled", "alone1")),
    )


def test_patients() -> None:
    def pair(first: float, second: float, rho: float) -> float:
        corner = [norm.ppf(first), norm.ppf(second)]
        both = multivariate_normal.cdf(corner, cov=[[1, rho], [rho, 1]]) if rho < 1 else min(first, second)
        return 100 * float(first + second - both)

    says(CHAPTER, "Unrelated, the pair helps {:.0f} %.", pair(0.3, 0.3, 0))
    says(
        CHAPTER,
        "At a correlation of 0.5 it is {:.0f} %, at 1 it is {:.0f} %",
        pair(0.3, 0.3, 0.5),
        pair(0.3, 0.3, 1),
    )
    says(CHAPTER, "raises 30 to {:.1f} %.", pair(0.3, 0.05, 0))
    says(CHAPTER, "{:.0f} % of the patients answer to exactly one drug, {:.0f} % to both", 100 * 2 * 0.3 * 0.7, 9)
