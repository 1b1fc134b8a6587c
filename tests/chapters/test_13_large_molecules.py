"""Chapter 13 says what its two models say."""

from __future__ import annotations

import functools

import numpy as np

from tests.chapters.text import says
from widgets.model import Model, load
from widgets.readouts import gain
from widgets.simulate import Run

CHAPTER = "13-large-molecules"


@functools.cache
def tocilizumab() -> Model:
    return load("tocilizumab")


@functools.cache
def siltuximab() -> Model:
    return load("siltuximab")


def at(run: Run, series: str, day: float) -> float:
    return float(np.interp(day, run.time, run[series]))


def test_first_interval() -> None:
    run = tocilizumab().simulate()
    says(
        CHAPTER,
        "At day 7 the model has {:.0f} µg/mL of drug. IL-6 is {:.1f} times its old level, sIL-6R {:.1f} times. "
        "CRP is down to {:.0f} % of its reference.",
        *(at(run, series, 7) for series in ("TCZ", "IL6_fold", "sIL6R_fold", "CRP")),
    )
    for day in (1, 2, 7, 14, 28):
        drug = at(run, "TCZ", day)
        shown = f"{drug:.0f}" if drug >= 10 else f"{drug:.1f}"
        row = "| {:.0f} | " + shown + " | {:.1f} | {:.1f} | {:.0f} |"
        says(CHAPTER, row, day, at(run, "sIL6R_fold", day), at(run, "IL6_fold", day), at(run, "CRP", day))
    peak = run["sIL6R_fold"].max()
    start = tocilizumab().parameters["sIL6R_rest"].value * 50
    says(CHAPTER, "starts at {:.0f} ng/mL and peaks {:.1f} times higher, at {:.0f} ng/mL", start, peak, start * peak)


def test_two_exits() -> None:
    model = tocilizumab()
    high, low, plain = model.simulate(), model.simulate(dose=4), model.simulate(dose=4, Vmax=0)
    says(CHAPTER, "stands at {:.2f} µg/mL instead of {:.2f} µg/mL", low["TCZ"][-1], high["TCZ"][-1])
    says(CHAPTER, "Now {:.1f} µg/mL are left", plain["TCZ"][-1])
    more, less = gain(high, "AUC", 140), gain(low, "AUC", 140)
    says(CHAPTER, "{:.0f} % of the exposure: {:,.0f} against {:,.0f} µg/mL·h", 100 * less / more, less, more)
    peaks = [model.simulate(dose=dose, end=140 + 1 / 24)["TCZ"][-1] for dose in (8, 4)]
    says(CHAPTER, "| Peak (µg/mL) | {:.0f} | 183 (85.6) | {:.0f} | 88.3 (41.4) |", *peaks)
    says(CHAPTER, "| Trough (µg/mL) | {:.2f} | 9.74 (10.5) | {:.2f} |", high["TCZ"][-1], low["TCZ"][-1])
    says(CHAPTER, "| Exposure (µg/mL·h) | {:,.0f} | 35,000 (15,500) | {:,.0f} |", more, less)
    value = {key: parameter.value for key, parameter in model.parameters.items()}
    both = [value["CL"] * value["CL_factor"] + value["Vmax"] / (value["Km"] + drug) for drug in (0, 10, 100)]
    says(CHAPTER, "falls from {:.2f} L/d at almost no drug to {:.2f} L/d at 10 µg/mL and {:.2f} L/d", *both)
    says(CHAPTER, ":answer: {:.1f} :tolerance: 0.1", model.simulate(CL_factor=1)["TCZ"][-1])


def test_blocked_is_not_silent() -> None:
    model = tocilizumab()
    high, low, heavy = model.simulate(), model.simulate(dose=4), model.simulate(IL6_production=20)
    says(CHAPTER, "{:.1f} % of the receptors are blocked", 100 - high["receptor_open"][-1])
    says(
        CHAPTER,
        "{:.1f} % of the receptors open, IL-6 {:.1f} times up, CRP {:.1f} %",
        *(high[series][-1] for series in ("receptor_open", "IL6_fold", "CRP")),
    )
    says(
        CHAPTER,
        "{:.1f} % open, IL-6 {:.1f} times up, CRP {:.1f} %",
        *(low[series][-1] for series in ("receptor_open", "IL6_fold", "CRP")),
    )
    says(CHAPTER, "CRP swings up to {:.0f} %", heavy["CRP"][-1])
    says(CHAPTER, "the product is {:.2f}, not 0.018", high["IL6_signal"][-1])
    says(CHAPTER, "In the model CRP is at {:.0f} % by then", low["CRP"][-1])
    blocked = [100 - run["receptor_open"][-1] for run in (high, low)]
    says(CHAPTER, "the model gives {:.1f} and {:.1f} %", *blocked)


def test_interval_exercise() -> None:
    ends = {days: tocilizumab().simulate(dose=4, interval=days, doses=24, end=6 * days)["CRP"][-1] for days in (22, 23)}
    assert ends[22] <= 50 < ends[23]
    says(CHAPTER, "(You should find {} days.)", 22)


def test_total_and_free() -> None:
    model = siltuximab()
    castleman, other = model.simulate(), model.simulate(CL_factor=1)
    says(
        CHAPTER,
        "total IL-6 stands at {:.0f} times its old level after six cycles, and free IL-6 at {:.2f} %",
        other["total_fold"][-1],
        other["free"][-1],
    )
    says(CHAPTER, "it is {:.0f} times and {:.2f} %", castleman["total_fold"][-1], castleman["free"][-1])
    loss = castleman["kloss_complex"][-1]
    says(CHAPTER, "24 per day over {:.4f} per day, or {:.0f}", loss, 24 / loss)
    weak, fast = model.simulate(KD=0.1), model.simulate(kloss_IL6=835)
    says(CHAPTER, "{:.0f} times. Free IL-6 rises from", weak["total_fold"][-1])
    says(CHAPTER, "from {:.2f} to {:.2f} %, thirteen times", castleman["free"][-1], weak["free"][-1])
    says(
        CHAPTER,
        "climbs to {:,.0f} times, and free IL-6 falls only to {:.1f} %",
        fast["total_fold"][-1],
        fast["free"][-1],
    )
    half = model.simulate(dose=5.5)
    says(CHAPTER, ":answer: {:.0f} :tolerance: 2", half["total_fold"][-1])
    says(CHAPTER, "Free IL-6 doubles, from {:.2f} to {:.2f} %", castleman["free"][-1], half["free"][-1])
    loose = model.simulate(KD=1)
    says(CHAPTER, "you should read {:.0f}-fold and {:.0f} %", loose["total_fold"][-1], loose["free"][-1])
    assert 250 * other["kloss_complex"][-1] < 15
    says(CHAPTER, "0.214 L/d times 250 times 12.5 pg/mL is {:.1f} µg a day", 0.214 * 250 * 12.5 / 1000)


def test_washout() -> None:
    run = siltuximab().simulate(doses=1, end=364)
    says(
        CHAPTER,
        "back to {:.0f} % of its old level, while total IL-6 is still {:.0f} times up",
        at(run, "free", 180),
        at(run, "total_fold", 180),
    )


def test_short_cuts() -> None:
    model = siltuximab()
    slow, fast, usual = model.simulate(kon=1), model.simulate(kon=100), model.simulate()
    says(
        CHAPTER,
        "full binding gives {:.2f} %, the short cut with KSS {:.2f} %, and the one with KD {:.3f} %",
        *(slow[series][-1] for series in ("free", "free_KSS", "free_KD")),
    )
    says(CHAPTER, "to 100: {:.3f}, {:.3f} and {:.3f} %", *(fast[name][-1] for name in ("free", "free_KSS", "free_KD")))
    early = [at(usual, name, 0.25) for name in ("free", "free_KSS")]
    says(CHAPTER, "full binding says {:.4f} %, and the KSS short cut says {:.4f} %", *early)
    says(CHAPTER, "come close: {:.3f} and {:.3f} %", at(usual, "free", 7), at(usual, "free_KSS", 7))
