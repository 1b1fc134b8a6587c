"""The equations of a model, for reading: as LaTeX and as MathML, with the names of the code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from xml.dom.minidom import Element

import sympy as sp
from sympy.printing.mathml import MathMLPresentationPrinter

from widgets.model import Model
from widgets.system import system


@dataclass(frozen=True)
class Equation:
    """One equation.

    Attributes
    ----------
    quantity : str
        What stands on the left.
    kind : {"rate", "rule", "event", "start"}
        A rate of change, a definition, a value taken at a moment, a value at time 0.
    right : sympy.Expr
        The right side.
    moment : sympy.Expr or None
        For an event, when it happens.
    uses : list of str
        The constants on the right.
    """

    quantity: str
    kind: Literal["rate", "rule", "event", "start"]
    right: sp.Expr
    moment: sp.Expr | None
    uses: list[str]


def equations(model: Model) -> list[Equation]:
    """List the equations of a model in reading order: rates, definitions, events, starts."""
    one = system(model)

    def make(
        quantity: str,
        kind: Literal["rate", "rule", "event", "start"],
        right: sp.Expr,
        moment: sp.Expr | None = None,
    ) -> Equation:
        symbols = right.free_symbols | (moment.free_symbols if moment is not None else set())
        uses = sorted({str(symbol) for symbol in symbols} & {*one.constants})
        return Equation(quantity, kind, right, moment, uses)

    rows = [make(key, "rate", sp.Add(*terms)) for key, terms in one.terms.items()]
    rows += [make(key, "rule", rule) for key, rule in one.rules.items()]
    settable = [key for key in one.states if one.initial[key].free_symbols]
    rows += [make(key, "start", one.initial[key]) for key in (*one.inputs, *settable)]
    rows += [make(key, "event", value, event.when) for event in one.events for key, value in event.assignments.items()]
    return rows


def latex(model: Model) -> str:
    """Write the equations as one LaTeX ``aligned`` block."""
    rows = [" &= ".join(sides(one)) for one in equations(model)]
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"


def sides(one: Equation) -> tuple[str, str]:
    """Write the left and the right side of one equation as LaTeX."""
    left = _roman(one.quantity)
    if one.kind == "rate":
        left = rf"\frac{{\mathrm{{d}}\,{left}}}{{\mathrm{{d}}t}}"
    right = _tex(one.right)
    if one.moment is not None:
        right += rf"\quad\text{{from }} t = {_tex(one.moment)}"
    elif one.kind == "start":
        right += r"\quad\text{at } t = 0"
    return left, right


def mathml(one: Equation) -> str:
    """Write one equation as presentation MathML, which browsers draw and screen readers read."""
    left = f"<mi>{one.quantity}</mi>"
    if one.kind == "rate":
        left = f"<mfrac><mrow><mi>d</mi><mspace width='0.15em'/>{left}</mrow><mi>dt</mi></mfrac>"
    right = _xml(one.right)
    if one.moment is not None:
        right += f"<mtext>&#160; from time </mtext>{_xml(one.moment)}"
    elif one.kind == "start":
        right += "<mtext>&#160; at time 0</mtext>"
    return f"<math><mrow>{left}<mo>=</mo>{right}</mrow></math>"


def _roman(name: str) -> str:
    # As text, which a screen reader says as a word; in \mathrm it would spell the letters.
    return rf"\text{{{name}}}".replace("_", r"\_")


def _tex(expression: sp.Expr) -> str:
    names = {symbol: _roman(str(symbol)) for symbol in expression.free_symbols}
    return str(sp.latex(expression, symbol_names=names, mul_symbol="dot"))


class _Printer(MathMLPresentationPrinter):  # type: ignore[misc]
    """SymPy's printer, with every name kept whole instead of split at its underscores."""

    def _print_Symbol(self, sym: sp.Symbol, style: str = "plain") -> Element:
        item: Element = self.dom.createElement("mi")
        item.appendChild(self.dom.createTextNode(sym.name))
        return item


def _xml(expression: sp.Expr) -> str:
    printer = _Printer({"mul_symbol": "dot"})
    return str(printer.doprint(expression)).replace("&#xB7;", "·")
