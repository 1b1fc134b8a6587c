"""Writes a page for every model: for lecturers who want to know what it claims and where it ends.

The pages are made before Sphinx looks for documents, into ``models/`` of the book's folder, and are
not in git. `_toc.yml` takes them in with a glob.
"""

from __future__ import annotations

import hashlib
import html
import math
from pathlib import Path
from typing import TYPE_CHECKING

from widgets.book.backlinks import Chapter, chapters
from widgets.check import Result, measured
from widgets.equations import equations, sides
from widgets.explorer import Explorer
from widgets.model import Model, Parameter, catalogue, load
from widgets.references import bibliography
from widgets.schema import Quantity
from widgets.system import system

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

FOLDER = "models"


def register(app: Sphinx) -> None:
    """Write the pages before the table of contents is read (priority 900)."""
    app.connect("config-inited", write_pages, priority=400)


def write_pages(app: Sphinx, config: Config) -> None:
    """Write the page of each model; pages that are the same, and folders not ours, stay as they are."""
    folder = Path(app.srcdir, FOLDER)
    toc = Path(app.srcdir, config["external_toc_path"])
    if f"glob: {FOLDER}/*" not in toc.read_text(encoding="utf-8"):
        return
    folder.mkdir(exist_ok=True)
    # Every page solves its model once for a picture, so pages are made again only when they could differ.
    known = chapters(Path(app.srcdir))
    digest, kept = _digest(known), folder / ".digest"
    if kept.exists() and kept.read_text(encoding="utf-8") == digest:
        return
    wanted = {folder / f"{name}.md": page(load(name), known) for name in catalogue()}
    for file in folder.glob("*.md"):
        if file not in wanted:
            file.unlink()
    for file, text in wanted.items():
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
    kept.write_text(digest, encoding="utf-8")


def _digest(known: list[Chapter]) -> str:
    """Sum up everything that a page is made from: the models, their chapters, the package and the bibliography."""
    package = Path(__file__).parent.parent
    files = [*package.glob("models/*"), *package.glob("*.py"), Path(__file__), bibliography()]
    sums = [hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(files) if file.is_file()]
    sums += [repr((one.document, one.title, sorted(one.models))) for one in known]
    return hashlib.sha256("".join(sums).encode()).hexdigest()


def page(model: Model, known: list[Chapter]) -> str:
    """Return the page of one model as MyST Markdown, with links to those of the chapters that use it."""
    about = model.about
    parts = [f"# {about.title}", f"**{about.question}**"]
    if about.designed:
        parts.append(f":::{{admonition}} Designed for teaching\n{about.designed}\n:::")
    parts += [
        "```{raw} html\n" + Explorer(model.name).element() + "\n```",
        *_used(model, known),
        "## What it claims",
        about.claims,
        "It follows " + ", ".join(f"{{cite:t}}`{key}`" for key in about.reference) + ".",
        "## What it simplifies",
        "\n".join(f"- {limit}" for limit in about.limits),
        "## Does it hold?",
        "The brackets say where each target comes from. Where they say *computed*, it is what these equations gave "
        "when they were first checked, and no measurement: it shows that nothing has changed since. *Ours* is read "
        "off our own runs and measured anew whenever the tests run.",
        _targets(model),
        *_conserved(model),
        "## Equations",
        *("$$\n" + " = ".join(sides(one)) + "\n$$" for one in equations(model)),
        "## Every number and its source",
        _parameters(model),
        "### Starting values",
        _starts(model),
        "## Take it with you",
        _downloads(model),
    ]
    return "\n\n".join(parts) + "\n"


def _used(model: Model, known: list[Chapter]) -> list[str]:
    links = [f"[{one.title}](/{one.document}.md)" for one in known if model.name in one.models]
    return [f"Taught in: {', '.join(links)}."] if links else []


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [" | ".join(head), "|".join(["---"] * len(head)), *(" | ".join(row) for row in rows)]
    return "\n".join(f"| {line} |" for line in lines)


def _number(value: float | None) -> str:
    return "none" if value is None or math.isnan(value) else f"{value:.6g}"


def _targets(model: Model) -> str:
    found = measured().get(model.name, [])
    rows = [(target, row) for target in model.about.targets for row in target.rows]
    results = [
        Result(model, target, row, math.nan if value is None else value)
        for (target, row), value in zip(rows, found, strict=True)
    ]
    lines = []
    for target in model.about.targets:
        own = [result for result in results if result.target is target]
        lines.append(f"**{target.claim}** ({{cite:t}}`{target.source}`; {target.origin}).")
        lines.append(
            _table(
                ["What is read", "Unit", "Target", "Ours", "Deviation", "Allowed"],
                [
                    [
                        one.what.replace("_", r"\_"),
                        one.unit,
                        _number(one.row.value),
                        _number(one.found),
                        _number(abs(one.found - one.row.value)).replace("none", "–"),
                        f"{one.row.tolerance:g}",
                    ]
                    for one in own
                ],
            )
        )
    return "\n\n".join(lines)


def _conserved(model: Model) -> list[str]:
    rows = []
    for total in model.about.conserved:
        when = ", ".join(f"{key} = {value:g}" for key, value in total.when.items()) or "always"
        value = f"{total.value:g} {total.unit}" if total.value is not None else "its start"
        rows.append([total.name, f"`{total.expression}`", value, when])
    if not rows:
        return []
    return [
        "These sums stay what they are, to a millionth, in every engine:",
        _table(["Sum", "Expression", "Stays at", "When"], rows),
    ]


def _origin(about: Quantity | Parameter) -> str:
    """Say where a value comes from, with a citation that links to the bibliography."""
    if about.source:
        return f"{{cite:t}}`{about.source}`" + (f"; {about.where}" if about.where else "")
    return f"**designed**: {about.designed}"


def _parameters(model: Model) -> str:
    rows = []
    for one in model.parameters.values():
        span = f"{one.min:g} to {one.max:g}" if one.min is not None and one.max is not None else ""
        rows.append([f"`{one.id}`", one.meaning, f"{one.value:.6g}", one.unit, span, _origin(one)])
    return _table(["Name", "Meaning", "Value", "Unit", "Slider", "Where from"], rows)


def _starts(model: Model) -> str:
    one, rows = system(model), []
    for key in model.states:
        about, start = model.about.species[key], one.initial[key]
        if start.is_number:
            rows.append([f"`{key}`", about.meaning, f"{float(start):.6g}", about.unit, _origin(about)])
        else:
            rows.append([f"`{key}`", about.meaning, "from the settings", about.unit, "see the equations"])
    return _table(["State", "Meaning", "Start", "Unit", "Where from"], rows)


def _downloads(model: Model) -> str:
    links = "".join(
        f'<li><a download href="../_static/il6/models/{model.name}.{suffix}">{html.escape(label)}</a></li>'
        for suffix, label in (("xml", "SBML, for COPASI and others"), ("ant", "Antimony, for Tellurium"))
    )
    return (
        "```{raw} html\n<ul>" + links + "</ul>\n```\n\n"
        f'In Python: `widgets.load("{model.name}").simulate()`. In a notebook: '
        f'`widgets.explore("{model.name}")`.'
    )
