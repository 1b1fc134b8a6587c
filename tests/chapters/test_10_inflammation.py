"""Chapter 10 says what its models say."""

from __future__ import annotations

import functools
import math

import numpy as np

from tests.chapters.text import says
from widgets.model import load
from widgets.simulate import Run

CHAPTER = "10-inflammation"
LATE = 2000  # h, when nothing moves any more
DWIVEDI = {"max_signal": 5.5, "steepness": 2.5, "episode": 240}


def at(run: Run, series: str, hour: float) -> float:
    """Read a series at one hour."""
    return float(np.interp(hour, run.time, run[series]))


def switch(end: float = 240, **settings: float) -> Run:
    """Solve the switch on a fine grid."""
    return load("inflammatory_switch").simulate(end=end, points=4801, times=None, rest=True, **settings)


def flips(**settings: float) -> bool:
    """Whether the cell ends in the inflamed state."""
    run = load("inflammatory_switch").simulate(end=LATE, points=2, times=None, rest=True, **settings)
    return bool(run["IL6"][-1] > 0.5)


def crp(end: float = 240, **settings: float) -> Run:
    """Solve the acute-phase model on a fine grid."""
    return load("acute_phase").simulate(end=end, points=2401, times=None, rest=True, **settings)


def resting(nfkb: float, blocked: float = 0) -> tuple[float, float, float]:
    """Return the IL-6, the let-7 and the Src of the resting state that has this NF-kB."""
    p = {key: parameter.value for key, parameter in load("inflammatory_switch").parameters.items()}
    lin28 = p["gain_Lin28"] * nfkb
    let7 = p["let7_synthesis"] / (1 + (lin28 / p["K_Lin28"]) ** p["hill_Lin28"])
    il6 = (p["IL6_basal"] + p["gain_IL6"] * nfkb) / (1 + (let7 / p["K_let7"]) ** p["hill_let7"])
    heard = ((1 - blocked) * il6) ** p["hill_IL6"]
    return il6, let7, nfkb / (1 - nfkb) - heard / (p["K_IL6"] ** p["hill_IL6"] + heard)


@functools.cache
def knife_edge() -> tuple[list[float], float]:
    """Return the IL-6 of the three resting states without Src, and the Src at which the healthy state ends."""
    nfkb = np.geomspace(1e-5, 0.6, 40001)
    states = [resting(n) for n in nfkb]
    src = np.array([state[2] for state in states])
    roots = [states[i][0] for i in np.flatnonzero(src[1:] * src[:-1] < 0)]
    return roots, float(src[int(np.flatnonzero(np.diff(src) < 0)[0])])


def test_two_pulses() -> None:
    long, short = switch(), switch(pulse=24)
    after = long.time > 36
    dip = int(np.argmin(np.where(after, long["IL6"], math.inf)))
    says(CHAPTER, "After 36 hours of Src, IL-6 stands at {:.2f}", at(long, "IL6", 36))
    says(CHAPTER, "it sags to {:.2f} by hour {:.0f}", long["IL6"][dip], long.time[dip])
    end = "it is at {:.3f}, and let-7 has dropped to {:.0f} % of normal"
    says(CHAPTER, end, long["IL6"][-1], 100 * long["let7"][-1])
    says(CHAPTER, "After 24 hours of Src, IL-6 has reached {:.2f}", at(short, "IL6", 24))
    says(CHAPTER, "It falls to {:.3f}, and let-7 is back at {:.0f} %", short["IL6"][-1], 100 * short["let7"][-1])


def test_the_edge() -> None:
    run = switch(end=400, pulse=29)
    lowest = int(np.argmin(np.where(run.time > 29, run["IL6"], math.inf)))
    says(CHAPTER, "IL-6 sinks to {:.3f}", run["IL6"][lowest])
    says(CHAPTER, "At 240 hours it is at {:.3f}", at(run, "IL6", 240))
    assert switch(end=400, pulse=28)["IL6"][-1] < 0.01
    # It dips below the knife edge, with less let-7 than the knife edge has.
    edge = min((resting(n) for n in np.geomspace(0.05, 0.3, 2001)), key=lambda state: abs(state[2]))
    assert run["IL6"][lowest] < edge[0]
    assert run["let7"][lowest] < edge[1]


def test_the_resting_states() -> None:
    roots, fold = knife_edge()
    says(CHAPTER, "There are three answers: {:.4f}, {:.3f} and {:.3f}", *roots)
    says(CHAPTER, "At Src = {:.3f} it meets the knife edge", fold)
    says(CHAPTER, "Below {:.3f} no pulse is long enough", fold)


def test_the_shortest_pulse() -> None:
    for strength, hours in ((0.25, 50.1), (0.5, 34.6), (1, 28.8), (2, 26.1)):
        assert not flips(Src=strength, pulse=hours - 0.05)
        assert flips(Src=strength, pulse=hours + 0.05)
    says(CHAPTER, "It falls only from {} to {} hours", 28.8, 26.1)
    says(CHAPTER, "At half strength it is {} hours, and at 0.25 it is {} hours", 34.6, 50.1)
    for half_effect, hours in ((0.1, 12.2), (0.4, 53.6)):
        assert not flips(K_IL6=half_effect, pulse=hours - 0.05)
        assert flips(K_IL6=half_effect, pulse=hours + 0.05)
    says(CHAPTER, "to 0.1 and {} hours are enough; at 0.4 it takes {} hours", 12.2, 53.6)
    says(CHAPTER, ":answer: {}", 13)
    assert switch(K_IL6=0.1, pulse=12)["IL6"][-1] < 0.01
    assert switch(K_IL6=0.1, pulse=13)["IL6"][-1] > 0.9
    assert not flips(let7_synthesis=3, pulse=72)


def test_blockade() -> None:
    short = switch(blockade=90, blockade_duration=8)
    says(CHAPTER, "Eight hours take IL-6 from {:.2f} to {:.3f}", at(short, "IL6", 120), at(short, "IL6", 128))
    back = "Yet at hour 240 it is back at {:.3f}. let-7 was still at {:.0f} %"
    says(CHAPTER, back, short["IL6"][-1], 100 * at(short, "let7", 128))
    long = switch(blockade=90, blockade_duration=24)
    ends = "After 24 hours let-7 has recovered to {:.0f} %. IL-6 ends at {:.3f}"
    says(CHAPTER, ends, 100 * at(long, "let7", 144), long["IL6"][-1])
    weak = switch(end=LATE, blockade=50, blockade_duration=240)
    lowest = weak["IL6"][weak.time > 120].min()
    back = "lowers IL-6 to {:.2f} and achieves nothing: afterwards it returns to {:.3f}"
    says(CHAPTER, back, lowest, weak["IL6"][-1])


def test_how_long_and_how_strong() -> None:
    settled = {"pulse": 48, "blockade_start": 240}
    for share, hours in ((65, 71.6), (70, 31.0), (80, 13.2), (90, 10.5)):
        assert flips(blockade=share, blockade_duration=hours - 0.05, **settled)
        assert not flips(blockade=share, blockade_duration=hours + 0.05, **settled)
        says(CHAPTER, "| {} | {:.1f} |", share, hours)
    assert flips(blockade=90, blockade_duration=9.2)
    assert not flips(blockade=90, blockade_duration=9.3)
    cured = switch(blockade=90, blockade_duration=9.3)
    recovered = "From hour 120 you should need {} hours, so 10 on the slider; by then let-7 is back at {:.0f} %."
    says(CHAPTER, recovered, 9.3, 100 * at(cured, "let7", 129.3))
    last = 100 * _last_blockade()
    says(CHAPTER, "Below {:.1f} % the inflamed state survives any blockade", last)
    says(CHAPTER, "The inflamed state disappears at {:.1f} % blockade", last)


def _last_blockade() -> float:
    """Return the share of IL-6 blocked at which no inflamed state is left: only Src could hold it."""
    low, high = 0.5, 0.7
    nfkb = np.linspace(0.3, 0.6, 3001)
    while high - low > 1e-5:
        middle = (low + high) / 2
        holds = min(resting(n, middle)[2] for n in nfkb) < 0
        low, high = (middle, high) if holds else (low, middle)
    return low


def test_crp_steep_then_blind() -> None:
    full = {1: 4.6, 2: 13.5, 3: 18.3, 10: 24.3, 50: 26.1}  # BIOMD0000000534, see acute_phase.toml
    level = {fold: crp(IL6_fold=fold, **DWIVEDI)["CRP"][-1] for fold in full}
    for fold, value in level.items():
        says(CHAPTER, "| {} | {:.1f} | {} |", fold, value, full[fold])
    says(CHAPTER, "it moves by {:.1f} mg/L", level[50] - level[10])
    says(CHAPTER, "CRP climbs from {:.1f} to {:.1f} mg/L", level[1], level[10])
    assert level[3] / level[1] > 4
    far = crp(max_signal=50, steepness=2.5, IL6_fold=100)["CRP"].max()
    says(CHAPTER, "for {:.0f} mg/L, a {:.0f}-fold rise", far, far / level[1])


def test_crp_runs_behind() -> None:
    run = crp()
    rest, top = run["CRP"][0], run["CRP"].max()
    later = at(run, "CRP", 96)
    says(CHAPTER, "CRP climbs for the whole three days, to {:.2f} mg/L", top)
    left = "at hour 96, it is at {:.2f} mg/L, so {:.0f} % of the rise is left"
    says(CHAPTER, left, later, 100 * (later - rest) / (top - rest))
    short = crp(episode=12)["CRP"].max()
    says(CHAPTER, "it reaches only {:.2f} mg/L, about a third", short)
    says(CHAPTER, "to its target of {:.2f}", run["CRP_target"].max())
    assert 0.3 < (short - rest) / (run["CRP_target"].max() - rest) < 0.4
    early = (at(crp(half_life=hours, max_signal=5.5, steepness=2.5), "CRP", 24) for hours in (2, 19, 36))
    says(CHAPTER, "CRP is at {:.1f}, {:.1f} or {:.1f} mg/L for a half-life of 2, 19 or 36 hours", *early)


def test_crp_under_blockade() -> None:
    half, most = crp(blockade=50, **DWIVEDI), crp(blockade=95, **DWIVEDI)
    says(CHAPTER, "At half blockade CRP still reaches {:.1f} mg/L", half["CRP"][-1])
    says(CHAPTER, ":answer: {:.1f}", half["CRP"][-1])
    fall = "it falls from {:.1f} mg/L on day 2 to {:.2f} mg/L on day 10, below its resting {:.1f} mg/L"
    says(CHAPTER, fall, at(most, "CRP", 48), most["CRP"][-1], most["CRP"][0])
    says(CHAPTER, "it stays at {:.0f} pg/mL", at(most, "IL6", 239))


def test_the_half_lives() -> None:
    days, drug, file = (math.log(2) / rate for rate in (0.457, 0.0238, 0.36))
    says(CHAPTER, "0.457 per day, which is {:.0f} hours", 24 * days)
    says(CHAPTER, "0.0238 per hour, or {:.0f} hours", drug)
    says(CHAPTER, "0.36 per hour: {:.1f} hours", file)
