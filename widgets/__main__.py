"""Command line: ``python -m widgets list | show | simulate | export | check``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from widgets.model import Model, ModelError, catalogue, load


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without repeating the usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 where a check fails. Bad input exits with 2."""
    parser = _Parser(prog="python -m widgets", description="Mini-models of IL-6 biology.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    commands.add_parser("list", help="name every model")
    show = commands.add_parser("show", help="print a model's values and their sources")
    run = commands.add_parser("simulate", help="solve a model and write the run as CSV")
    run.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a setting; may be repeated")
    run.add_argument("--end", help="horizon, in the model's time unit")
    run.add_argument("--points", type=int, help="number of time points")
    run.add_argument("--csv", type=Path, metavar="FILE", help="write here instead of the screen")
    export = commands.add_parser("export", help="write a model as SBML or Antimony")
    kind = export.add_mutually_exclusive_group(required=True)
    kind.add_argument("--sbml", type=Path, metavar="FILE")
    kind.add_argument("--antimony", type=Path, metavar="FILE")
    for one in (show, run, export):
        one.add_argument("name", help="name of a model")
    test = commands.add_parser("check", help="hold models to the numbers of their papers")
    test.add_argument("name", nargs="?", help="one model; all by default")
    test.add_argument("--record", action="store_true", help="keep the results for the pages of the models")
    given = parser.parse_args(arguments)
    try:
        if given.command == "list":
            for name in catalogue():
                print(f"{name:24} {load(name).about.title}")
        elif given.command == "show":
            print(_show(load(given.name)))
        elif given.command == "simulate":
            _simulate(given)
        elif given.command == "export":
            model = load(given.name)
            _write(given.sbml or given.antimony, model.sbml() if given.sbml else model.antimony)
        else:
            names = [given.name] if given.name else catalogue()
            if given.record:
                from widgets.check import record

                record(map(load, names))
                return 0
            return _check(names)
    except (ModelError, OSError) as error:
        print(f"python -m widgets: {error}", file=sys.stderr)
        return 2
    return 0


def _show(model: Model) -> str:
    about = model.about
    lines = [f"{about.title}: {about.question}", "", about.claims, ""]
    for parameter in model.parameters.values():
        origin = f"designed: {parameter.designed}"
        if parameter.source:
            origin = parameter.source + (f" ({parameter.where})" if parameter.where else "")
        span = f" [{parameter.min:g} to {parameter.max:g}]" if parameter.max is not None else ""
        lines.append(f"{parameter.id} = {parameter.value:g} {parameter.unit}{span}".rstrip())
        lines.append(f"    {parameter.meaning}; {origin}")
    lines += ["", "What this model leaves out:", *(f"- {limit}" for limit in about.limits)]
    return "\n".join(lines)


def _simulate(given: argparse.Namespace) -> None:
    model = load(given.name)
    settings = {}
    for text in given.set:
        name, equals, value = text.partition("=")
        if not equals or not name or not value:
            raise ModelError(f"--set {text}: must be NAME=VALUE, as in --set IL6=10")
        settings[name.strip()] = value.strip()
    if "end" in settings and given.end is None:
        given.end = settings.pop("end")
    run = model.simulate(end=given.end, points=given.points, **settings)
    text = run.to_dataframe().to_csv(lineterminator="\n")
    if given.csv is None:
        print(text, end="")
    else:
        _write(given.csv, text)


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    if not path.parent.is_dir():
        raise ModelError(f"{path}: there is no folder {path.parent}; make it first, or name another")
    if path.is_dir():
        raise ModelError(f"{path}: this is a folder; name a file in it")
    aside = path.with_name(path.name + ".part")
    try:
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _check(names: Sequence[str]) -> int:
    # The solvers take a second to load, which the other commands need not wait for.
    from widgets.check import check
    from widgets.invariants import invariants

    failed = 0
    for model in map(load, names):
        print(f"{model.name}: {model.about.title}")
        print(f"  {'target':>10} {'ours':>12} {'allowed':>10}")
        for result in check(model):
            failed += not result.passed
            mark = "ok  " if result.passed else "FAIL"
            row = result.row
            numbers = f"{row.value:10.4g} {result.found:12.6g} {row.tolerance:10.2g}"
            print(f"  {numbers} {mark} {result.what} ({result.unit or '-'})")
        for one in invariants(model):
            failed += not one.passed
            print(f"  {0:10} {one.worst:12.2g} {one.allowed:10.2g} {'ok  ' if one.passed else 'FAIL'} {one.what}")
    print("everything holds" if not failed else f"{failed} checks fail")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
