"""Turns a model into the JavaScript that the browser solves: derived with SymPy, never transcribed.

The result is the text of one object literal (see ``frontend/model.ts`` for its type). On a page
it is written to a file of its own; in a kernel it travels with the widget. It is never passed to
``eval``.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import sympy as sp
from platformdirs import user_cache_path
from sympy.printing.jscode import JavascriptCodePrinter

from widgets.equations import equations, mathml
from widgets.model import Model, Parameter, catalogue, load
from widgets.references import references
from widgets.schema import Quantity
from widgets.system import TIME, System, rest_constants, system
from widgets.views import check_autonomous, view_facts

# What a compiled model is made by: a change in any of them makes it anew.
SOURCES = ("compile.py", "equations.py", "system.py", "views.py")


class _Printer(JavascriptCodePrinter):  # type: ignore[misc]
    """SymPy's JavaScript printer, with small whole powers written as products."""

    def _print_Pow(self, expr: sp.Pow) -> str:
        base, exponent = expr.as_base_exp()
        if exponent.is_Integer and 2 <= abs(int(exponent)) <= 4 and base.is_Symbol:
            product = "*".join([self._print(base)] * abs(int(exponent)))
            return f"({product})" if exponent > 0 else f"(1/({product}))"
        return str(super()._print_Pow(expr))


_PRINTER = _Printer({"precision": 17})


def javascript(model: Model, files: dict[str, Any]) -> str:
    """Return the model as a JavaScript object literal.

    Parameters
    ----------
    model
        The model.
    files
        Where the downloads are: ``{"sbml": {"name": ..., "href" or "text": ...}, "antimony": ...}``.
    """
    facts, code = json.loads(_compiled(model)), {"files": files}
    functions = facts.pop("functions")
    rest = facts.pop("rest")
    if rest:
        apply = rest.pop("apply")
        literal = f'{json.dumps(rest)[:-1]}, "apply": {apply}}}'
    else:
        literal = "null"
    body = json.dumps(facts | code, ensure_ascii=False)[1:-1]
    return "{" + ",\n".join([body, f'"rest": {literal}', *functions]) + "}"


def write_assets(folder: Path, names: list[str] | None = None) -> list[Path]:
    """Write ``NAME.js``, ``NAME.xml`` (SBML) and ``NAME.ant`` for a site; leave same files alone.

    Parameters
    ----------
    folder
        Where to write; made if it is missing.
    names
        Models; all of them by default.

    Returns
    -------
    list of pathlib.Path
        Every file of these models, written now or before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for model in map(load, catalogue() if names is None else names):
        files = {
            "sbml": {"name": f"{model.name}.xml", "href": f"models/{model.name}.xml"},
            "antimony": {"name": f"{model.name}.ant", "href": f"models/{model.name}.ant"},
        }
        script = f"window.il6.register({javascript(model, files)});\n"
        for suffix, text in (("js", script), ("xml", model.sbml()), ("ant", model.antimony)):
            path = folder / f"{model.name}.{suffix}"
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
            paths.append(path)
    return paths


def module(model: Model) -> str:
    """Return the text that registers the model in a notebook, with its downloads inside."""
    files = {
        "sbml": {"name": f"{model.name}.xml", "text": model.sbml()},
        "antimony": {"name": f"{model.name}.ant", "text": model.antimony},
    }
    return f"globalThis.__il6_register({javascript(model, files)});\n"


@functools.cache
def _compiled(model: Model) -> str:
    """Everything but the downloads, as JSON; kept on disk, because SymPy takes its time."""
    here = Path(__file__).parent
    known = references()
    used = [known[key] for key in _sources(model)]
    parts = [model.sbml(), repr(model.about), repr(used)]
    parts += [(here / name).read_text(encoding="utf-8") for name in SOURCES]
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]
    path = user_cache_path("il6book") / f"{model.name}-{digest}.json"
    if path.exists():
        return path.read_text(encoding="utf-8")
    text = json.dumps(_facts(model), ensure_ascii=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and renamed: two builds at once must not read half a file.
    aside = path.with_suffix(f".{id(text)}.part")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)
    return text


def _sources(model: Model) -> list[str]:
    about = model.about
    described = (*about.parameters.values(), *about.species.values())
    keys = {*about.reference, *(q.source for q in described if q.source)}
    return sorted(keys)


def _facts(model: Model) -> dict[str, Any]:
    about, one = model.about, system(model)
    check_autonomous(model, one)
    known = references()
    return {
        "name": model.name,
        "title": about.title,
        "question": about.question,
        "designed": about.designed,
        "time": _record(about.time),
        "solver": _record(about.solver),
        "parameters": [_parameter(p) for p in model.parameters.values()],
        "np": len(one.constants) + len(one.inputs),
        "states": [_series(key, about.species[key], _start(one, key)) for key in one.states],
        "outputs": [_series(key, about.derived[key], None) for key in model.derived],
        "sliders": model.sliders,
        "plots": [_record(plot) for plot in about.plots],
        "views": [view_facts(view) for view in about.views],
        "scenarios": [_record(scenario) for scenario in about.scenarios],
        "summary": about.summary,
        "limits": about.limits,
        "equations": [{"id": one.quantity, "mathml": mathml(one), "uses": one.uses} for one in equations(model)],
        "references": {key: _record(known[key]) for key in _sources(model)},
        "rest": _rest(model, one),
        "functions": _functions(model, one),
    }


def _record(record: Any) -> dict[str, Any]:
    return dataclasses.asdict(record)


def _parameter(parameter: Parameter) -> dict[str, Any]:
    facts = _record(parameter)
    facts["choices"] = [{"label": label, "value": value} for label, value in parameter.choices]
    return facts


def _start(one: System, key: str) -> float | None:
    """Return a state's start where it is a number of the file, not computed from settings."""
    start = one.initial[key]
    return float(start) if start.is_number else None


def _series(key: str, about: Quantity, initial: float | None) -> dict[str, Any]:
    return {
        "id": key,
        "label": about.label or key,
        "unit": about.unit,
        "meaning": about.meaning,
        "nonnegative": about.nonnegative,
        "initial": initial,
        "source": about.source,
        "where": about.where,
        "designed": about.designed,
    }


def _rest(model: Model, one: System) -> dict[str, Any] | None:
    rest = model.about.rest
    if rest is None:
        return None
    places = _places(one)
    lines = [f"{places[key]} = {value!r};" for key, value in rest.set.items()]
    return {
        "moves": rest_constants(model),
        "duration": rest.duration,
        "note": rest.note,
        "apply": f"function(p) {{ {' '.join(lines)} }}",
    }


def _places(one: System) -> dict[str, str]:
    """Where each quantity lives: ``p[i]`` for constants and inputs, ``y[i]`` for states."""
    places = {key: f"p[{i}]" for i, key in enumerate((*one.constants, *one.inputs))}
    return places | {key: f"y[{i}]" for i, key in enumerate(one.states)} | {str(TIME): "t"}


def _functions(model: Model, one: System) -> list[str]:
    """Write the functions of the object literal."""
    places, rates = _places(one), one.rates
    begin = [(places[key], one.initial[key]) for key in (*one.inputs, *one.states)]
    right = [(f"d[{i}]", rates[key]) for i, key in enumerate(one.states)]
    symbols = [sp.Symbol(key, real=True) for key in one.states]
    size = len(symbols)
    slopes = [
        (f"J[{i * size + j}]", slope)
        for i, key in enumerate(one.states)
        for j, symbol in enumerate(symbols)
        if (slope := sp.diff(rates[key], symbol)) != 0
    ]
    outs = [(f"o[{i}]", one.inlined[key]) for i, key in enumerate(model.derived)]
    events = ",\n".join(
        f"{{time: function(p) {{ {_body([('return', event.when)], places)} }},\n"
        f"apply: function(t, y, p) {{ {_apply(event.assignments.items(), places)} }}}}"
        for event in one.events
    )
    return [
        f"init: function(p, y) {{\n{_body(begin, places)}\n}}",
        f"rhs: function(t, y, p, d) {{\n{_body(right, places)}\n}}",
        f"jac: function(t, y, p, J) {{\nJ.fill(0);\n{_body(slopes, places)}\n}}",
        f"out: function(t, y, p, o) {{\n{_body(outs, places)}\n}}",
        f"events: [{events}]",
    ]


def _apply(assignments: Iterable[tuple[str, sp.Expr]], places: dict[str, str]) -> str:
    """Event assignments happen at once: every right side is computed before any is stored."""
    pairs = list(assignments)
    first = _body([(f"const n{i}", value) for i, (_, value) in enumerate(pairs)], places)
    return first + " " + " ".join(f"{places[key]} = n{i};" for i, (key, _) in enumerate(pairs))


def _body(assignments: Sequence[tuple[str, sp.Expr]], places: dict[str, str]) -> str:
    """Write assignments, with shared subexpressions computed once."""
    table = {sp.Symbol(key, real=True): sp.Symbol(place, real=True) for key, place in places.items()}
    names = sp.numbered_symbols("x", cls=sp.Symbol, real=True)
    shared, values = sp.cse([value for _, value in assignments], symbols=names, order="none")
    lines = [f"const {name} = {_js(value, table)};" for name, value in shared]
    for (place, _), value in zip(assignments, values, strict=True):
        sign = " " if place == "return" else " = "
        lines.append(f"{place}{sign}{_js(value, table)};")
    return "\n".join(lines)


def _js(expression: sp.Expr, table: dict[sp.Symbol, sp.Symbol]) -> str:
    return str(_PRINTER.doprint(expression.xreplace(table)))
