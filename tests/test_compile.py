"""The generated JavaScript computes what the model says, and is written only when it changes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import sympy as sp

from widgets.book.formulas import find_node
from widgets.compile import javascript, module, write_assets
from widgets.equations import equations, latex, mathml
from widgets.model import catalogue, load
from widgets.system import system

FILES = {"sbml": {"name": "x.xml"}, "antimony": {"name": "x.ant"}}
PROBE = """
const spec = %s;
const p = new Float64Array(spec.np), n = spec.states.length;
spec.parameters.forEach((one, i) => { p[i] = one.value; });
const y = new Float64Array(n), d = new Float64Array(n), J = new Float64Array(n * n);
spec.init(p, y);
const start = Array.from(y);
for (let i = 0; i < n; i++) y[i] = y[i] * (1 + 0.1 * i) + 0.01 * (i + 1);
spec.rhs(0, y, p, d);
spec.jac(0, y, p, J);
const numeric = [];
for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) {
  const h = 1e-4 * Math.max(y[j], 1e-3), up = y.slice(), down = y.slice();
  up[j] += h; down[j] -= h;
  const a = new Float64Array(n), b = new Float64Array(n);
  spec.rhs(0, up, p, a); spec.rhs(0, down, p, b);
  numeric.push((a[i] - b[i]) / (2 * h));
}
const o = new Float64Array(spec.outputs.length);
spec.out(0, y, p, o);
const events = spec.events.map((event) => event.time(p));
const list = Array.from;
console.log(JSON.stringify({start, y: list(y), d: list(d), J: list(J), numeric, o: list(o), events}));
"""


def probe(name: str) -> dict[str, list[float]]:
    script = PROBE % javascript(load(name), FILES)
    done = subprocess.run([find_node(), "-e", script], capture_output=True, encoding="utf-8", check=True)
    answer: dict[str, list[float]] = json.loads(done.stdout)
    return answer


def at(expression: sp.Expr, values: dict[str, float]) -> float:
    return float(expression.xreplace({sp.Symbol(k, real=True): sp.Float(v, 17) for k, v in values.items()}))


@pytest.mark.parametrize("name", catalogue())
def test_javascript_computes_what_sympy_says(name: str) -> None:
    model, found = load(name), probe(name)
    one = system(model)
    values = {key: parameter.value for key, parameter in model.parameters.items()}
    start = {key: at(one.initial[key], values) for key in (*one.inputs, *one.states)}
    assert found["start"] == pytest.approx([start[key] for key in one.states], rel=1e-12)
    values |= {key: start[key] for key in one.inputs}
    values |= dict(zip(one.states, found["y"], strict=True))
    rates = [at(one.rates[key], values) for key in one.states]
    assert found["d"] == pytest.approx(rates, rel=1e-9, abs=1e-12)
    outputs = [at(one.inlined[key], values) for key in model.derived]
    assert found["o"] == pytest.approx(outputs, rel=1e-9)
    assert found["events"] == [at(event.when, values) for event in one.events]


@pytest.mark.parametrize("name", catalogue())
def test_the_jacobian_is_the_derivative_of_the_right_hand_side(name: str) -> None:
    found = probe(name)
    exact, numeric = np.array(found["J"]), np.array(found["numeric"])
    assert np.abs(exact - numeric).max() <= 1e-5 * np.abs(exact).max()


@pytest.mark.parametrize("name", catalogue())
def test_nothing_generated_needs_eval(name: str) -> None:
    text = module(load(name))
    assert not re.search(r"\beval\s*\(|new\s+Function|import\s*\(", text)


def test_assets_are_written_once(tmp_path: Path) -> None:
    first = write_assets(tmp_path, ["jak_stat3"])
    assert sorted(path.name for path in first) == ["jak_stat3.ant", "jak_stat3.js", "jak_stat3.xml"]
    before = {path: path.stat().st_mtime_ns for path in first}
    assert write_assets(tmp_path, ["jak_stat3"]) == first
    assert {path: path.stat().st_mtime_ns for path in first} == before
    assert first[0].read_text(encoding="utf-8").startswith("window.il6.register({")


@pytest.mark.parametrize("name", catalogue())
def test_equations_are_readable_and_name_what_they_use(name: str) -> None:
    model = load(name)
    rows = equations(model)
    assert {row.quantity for row in rows if row.kind == "rate"} == set(model.states)
    used = {key for row in rows for key in row.uses}
    assert set(model.sliders) <= used
    for row in rows:
        assert f"<mi>{row.quantity}</mi>" in mathml(row)
    assert latex(model).count("&=") == len(rows)
    assert model.equations() == latex(model)


def test_node_is_found() -> None:
    assert shutil.which(find_node()) or Path(find_node()).exists()
