"""Pictures beside the time courses: each is drawn in Chromium, and what it finds is found in Python as well."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pytest
import sympy as sp
from playwright.sync_api import Browser, Page
from scipy.optimize import brentq, fsolve

from tests.engines.page import page_of
from widgets.model import catalogue, load
from widgets.system import system

WITH_VIEWS = [name for name in catalogue() if load(name).about.views]
SHOW = """
(id) => new Promise((done) => {
  const element = document.querySelector("il6-explorer");
  element.addEventListener("il6:view", (event) => { if (event.detail.view === id) done(event.detail); });
  element.querySelector(`.il6-tabs input[value="${id}"]`).click();
})
"""
Array = npt.NDArray[np.float64]


@pytest.fixture(scope="module", params=WITH_VIEWS)
def viewed(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, dict[str, str], list[str]]]:
    """A model, what is said of each of its views, and what went wrong on the page."""
    page = browser.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(page_of(request.param, tmp_path_factory.mktemp("page")))
    page.evaluate("() => document.querySelector('il6-explorer').ready")
    said = {view.id: _shown(page, view.id) for view in load(request.param).about.views}
    page.close()
    yield request.param, said, problems


def _shown(page: Page, view: str) -> str:
    page.evaluate(SHOW, view)
    page.wait_for_selector('.il6-chart[aria-busy="false"] .il6-plot:not([hidden]) svg')
    # The sentence follows a moment later, so that a moving slider is not talked over.
    page.wait_for_timeout(600)
    assert page.locator(".il6-error").is_hidden(), page.locator(".il6-error").inner_text()
    return page.locator(".il6-sentence").inner_text()


def test_every_view_is_drawn_and_put_into_words(viewed: tuple[str, dict[str, str], list[str]]) -> None:
    name, said, problems = viewed
    assert problems == []
    for view in load(name).about.views:
        assert len(said[view.id]) > 20, view.id
        assert "NaN" not in said[view.id]
        if view.kind == "bifurcation":
            assert "rests at" in said[view.id]


@pytest.fixture(scope="module")
def told(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], str]:
    """What the page says of one view."""

    def tell(name: str, view: str) -> str:
        page = browser.new_page()
        page.goto(page_of(name, tmp_path_factory.mktemp("page")))
        page.evaluate("() => document.querySelector('il6-explorer').ready")
        said = _shown(page, view)
        page.close()
        return said

    return tell


def field(name: str, free: str, **settings: float) -> tuple[list[str], Callable[..., Array], Callable[..., Array]]:
    """Rates and Jacobian as functions of (states, value of ``free``), from the model's own equations."""
    model = load(name)
    one = system(model)
    numbers: dict[str, float] = {key: parameter.value for key, parameter in model.parameters.items()} | settings
    given = {sp.Symbol(key, real=True): value for key, value in numbers.items() if key != free}
    states = [sp.Symbol(key, real=True) for key in one.states]
    rates = sp.Matrix([rate.subs(given) for rate in one.rates.values()])
    p = sp.Symbol(free, real=True)
    unknown = rates.free_symbols - {p, *states}
    assert not unknown, unknown
    f = sp.lambdify([states, p], list(rates))
    j = sp.lambdify([states, p], rates.jacobian(states))
    return one.states, lambda y, x: np.array(f(y, x), dtype=float), lambda y, x: np.array(j(y, x), dtype=float)


def solved(residual: Callable[[Array], Array | list[float]], guess: Array | list[float]) -> Array:
    """A root near a guess, judged by what is left: at the limit of rounding, fsolve complains of no progress."""
    root: Array = fsolve(residual, guess, xtol=1e-13, full_output=True)[0]
    left = float(np.abs(residual(root)).max())
    assert left < 1e-9, f"no root near {guess}: {left} is left at {root}"
    return root


def fold(rates: Callable[..., Array], jacobian: Callable[..., Array], y: list[float], x: float) -> tuple[Array, float]:
    """The setting at which a steady state meets its saddle: no rate, and a Jacobian that has lost its rank."""
    root = solved(lambda z: [*rates(z[:-1], z[-1]), float(np.linalg.det(jacobian(z[:-1], z[-1])))], [*y, x])
    return root[:-1], float(root[-1])


def test_the_switch_folds_where_the_page_says(told: Callable[[str, str], str]) -> None:
    """Without trigger the OFF state is lost at 0.1026; the ON state at a blockade of 58.6 %."""
    _, rates, jacobian = field("inflammatory_switch", "Src_now", blocked=0)
    near, trigger = fold(rates, jacobian, [0.1, 0.2, 0.7, 0.04], 0.1)
    assert trigger == pytest.approx(0.1026, abs=5e-5)
    assert f"fold at Src activity {trigger:.3f}" in told("inflammatory_switch", "steady-trigger")
    assert 0.001 < near[3] < 0.107

    _, rates, jacobian = field("inflammatory_switch", "blocked", Src_now=0)
    _, blockade = fold(rates, jacobian, [0.3, 0.6, 0.2, 0.4], 0.58)
    assert blockade == pytest.approx(0.586, abs=5e-4)
    assert f"fold at IL-6R blockade {100 * blockade:.1f} %" in told("inflammatory_switch", "steady-blockade")


def test_the_threshold_of_the_switch(told: Callable[[str, str], str]) -> None:
    """Between off and on lies a saddle at an IL-6 of 0.107."""
    _, rates, jacobian = field("inflammatory_switch", "Src_now", blocked=0)
    saddle = solved(lambda y: rates(y, 0.0), [0.2, 0.4, 0.4, 0.1])
    assert saddle[3] == pytest.approx(0.107, abs=5e-4)
    assert np.linalg.eigvals(jacobian(saddle, 0.0)).real.max() > 0
    said = told("inflammatory_switch", "plane")
    assert re.search(rf"IL-6 {saddle[3]:.3f}, let-7 {saddle[2]:.3f} \(unstable\)", said), said


def test_the_cascade_oscillates_where_the_page_says(told: Callable[[str, str], str]) -> None:
    """Between two strengths of the input the steady state of the MAPK cascade is unstable."""
    names, rates, jacobian = field("mapk_cascade", "V1")
    model = load("mapk_cascade")
    totals = [[0, 1], [2, 3, 4], [5, 6, 7]]
    start = model.simulate(end=20000)
    guess = np.array([float(start[key][len(start.time) // 2 :].mean()) for key in names])
    held = [guess[group].sum() for group in totals]

    def growth(x: float) -> float:
        nonlocal guess

        def residual(y: Array) -> Array:
            d = rates(y, x)
            for group, total in zip(totals, held, strict=True):
                d[group[0]] = y[group].sum() - total
            return d

        guess = solved(residual, guess)
        # The three totals cannot move: their eigenvalues are zero, and are left out.
        values = np.linalg.eigvals(jacobian(guess, x))
        return float(np.sort(values[np.abs(values) > 1e-9].real).max())

    for x in np.linspace(2.5, 0.45, 30):
        growth(x)
    low = brentq(growth, 0.45, 0.3, xtol=1e-8)
    for x in np.linspace(0.45, 6.2, 60):
        growth(x)
    high = brentq(growth, 6.2, 6.3, xtol=1e-8)
    assert (low, high) == (pytest.approx(0.384, abs=5e-4), pytest.approx(6.248, abs=5e-4))
    assert f"V1 {low:.3f} and {high:.2f} nM/s" in told("mapk_cascade", "steady-input")


def test_dose_response_steepens_down_the_cascade(told: Callable[[str, str], str]) -> None:
    said = told("ultrasensitivity", "dose-response")
    hills = [float(each) for each in re.findall(r"Hill coefficient ([\d.]+)", said)]
    assert hills == [0.943, 1.55, 4.82]


def test_two_drugs_that_never_meet_look_synergistic(told: Callable[[str, str], str]) -> None:
    """The combination index of the page is that of Python, solved for drug by drug."""
    from widgets.synergy import PAIR_READOUTS

    said = told("drug_combination", "surface")
    index = re.search(r"combination index goes to ([\d.]+)", said)
    assert index, said
    assert float(index[1]) < 1
    run = load("combination_stat3").simulate(TCZ=4, Rux=164)
    bliss = PAIR_READOUTS["bliss_excess"](run, ("TCZ", "Rux"), "pSTAT3", 15)
    assert bliss > 0
    both = told("combination_stat3", "surface-15")
    assert re.search(r"Tocilizumab alone at 8.08 nM and by Ruxolitinib alone at 328 nM", both), both
