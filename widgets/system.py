"""The differential equations of a model, derived from its SBML with SymPy.

Nothing is transcribed by hand: the browser's code (:mod:`widgets.compile`), the equations on
screen and the initial state used in Python all come from here.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

import libsbml
import sympy as sp
from sbmlmath import TimeSymbol, sbml_math_to_sympy

from widgets.model import Model
from widgets.schema import ModelError

TIME = sp.Symbol("time", real=True)


@dataclass(frozen=True)
class Event:
    """``at (time >= when)``: quantities that take a new value at that moment."""

    when: sp.Expr
    assignments: dict[str, sp.Expr]


@dataclass(frozen=True)
class System:
    """A model as mathematics. Names are those of the Antimony file; expressions are SymPy.

    Attributes
    ----------
    constants, inputs, states
        Names: what the reader may set; what is computed from it at the start or changed by
        events; what evolves.
    initial
        Start value of every input and state, in terms of constants.
    terms
        For each state, the terms of its rate of change, one a reaction, in the state's unit per
        time; assignment rules stand as symbols.
    rules
        Assignment rules as written, and in ``inlined`` in terms of states, constants and inputs.
    events
        What happens at given times.
    """

    constants: list[str]
    inputs: list[str]
    states: list[str]
    initial: dict[str, sp.Expr]
    terms: dict[str, list[sp.Expr]]
    rules: dict[str, sp.Expr]
    inlined: dict[str, sp.Expr]
    events: list[Event]

    @property
    def rates(self) -> dict[str, sp.Expr]:
        """Rate of change of each state in terms of states, constants and inputs."""
        table = {sp.Symbol(key, real=True): value for key, value in self.inlined.items()}
        return {key: sp.Add(*terms).xreplace(table) for key, terms in self.terms.items()}


@functools.cache
def system(model: Model) -> System:
    """Derive the equations of a model.

    Raises
    ------
    ModelError
        For an event that is not of the form ``at (time >= ...)``, the only one the browser knows.
    """
    document = libsbml.readSBMLFromString(model.sbml())  # owns what its model refers to
    sbml = document.getModel()
    rules = {r.getVariable(): _sympy(r) for r in sbml.getListOfRules() if r.isAssignment()}
    inlined = _inline(rules)
    assigned = {a.getSymbol(): _sympy(a) for a in sbml.getListOfInitialAssignments()}
    parameters = [p.getId() for p in sbml.getListOfParameters()]
    inputs = [key for key in parameters if key in assigned]
    initial = {key: assigned[key] for key in inputs}
    for species in sbml.getListOfSpecies():
        key = species.getId()
        initial[key] = assigned.get(key, sp.Float(species.getInitialConcentration(), 17))
    return System(
        constants=list(model.parameters),
        inputs=inputs,
        states=model.states,
        initial=_inline(initial, inlined),
        terms=_terms(sbml),
        rules=rules,
        inlined=inlined,
        events=[_event(model.name, event) for event in sbml.getListOfEvents()],
    )


@functools.cache
def rest_constants(model: Model) -> list[str]:
    """List the constants that move the resting state: those in the rates without the stimulus."""
    one, rest = system(model), model.about.rest
    if rest is None:
        return []
    quiet = {sp.Symbol(key, real=True): sp.Float(value) for key, value in rest.set.items()}
    # A plain zero, so that a product with it vanishes together with its other factors.
    quiet = {key: sp.S.Zero if value == 0 else value for key, value in quiet.items()}
    used = {str(symbol) for rate in one.rates.values() for symbol in sp.expand(rate.xreplace(quiet)).free_symbols}
    starts = {str(symbol) for key in one.states for symbol in one.initial[key].free_symbols}
    return [key for key in one.constants if key in used | starts]


@functools.cache
def initializer(model: Model) -> Callable[..., list[float]]:
    """Return a function from all constants (in order) to the start of inputs, then states."""
    one = system(model)
    symbols = [sp.Symbol(key, real=True) for key in one.constants]
    expressions = [one.initial[key] for key in (*one.inputs, *one.states)]
    return sp.lambdify(symbols, expressions, modules="math", cse=True)  # type: ignore[no-any-return]


def _sympy(element: libsbml.SBase) -> sp.Expr:
    """Read the mathematics of an SBML element, with every name a real symbol."""
    expression = sbml_math_to_sympy(element)
    table = {
        symbol: TIME if isinstance(symbol, TimeSymbol) else sp.Symbol(symbol.name, real=True)
        for symbol in expression.atoms(sp.Symbol)
    }
    return expression.xreplace(table)


def _inline(rules: dict[str, sp.Expr], known: dict[str, sp.Expr] | None = None) -> dict[str, sp.Expr]:
    """Replace rules inside rules until only states, constants and inputs are left."""
    table = {sp.Symbol(key, real=True): rule for key, rule in {**(known or {}), **rules}.items()}
    done = {}
    for key, rule in rules.items():
        own = {symbol: rule for symbol, rule in table.items() if str(symbol) != key}
        flat = rule
        while flat.free_symbols & own.keys():
            flat = flat.xreplace(own)
        done[key] = flat
    return done


def _terms(sbml: libsbml.Model) -> dict[str, list[sp.Expr]]:
    """Collect each state's terms: stoichiometry times rate over the compartment's volume."""
    terms: dict[str, list[sp.Expr]] = {s.getId(): [] for s in sbml.getListOfSpecies()}
    for reaction in sbml.getListOfReactions():
        rate = _sympy(reaction.getKineticLaw())
        sides = [(-1, r) for r in reaction.getListOfReactants()]
        sides += [(1, r) for r in reaction.getListOfProducts()]
        for sign, reference in sides:
            key = reference.getSpecies()
            volume = sp.Symbol(sbml.getSpecies(key).getCompartment(), real=True)
            amount = sp.nsimplify(reference.getStoichiometry())
            terms[key].append(sign * amount * rate / volume)
    for rule in sbml.getListOfRules():
        if rule.isRate():
            terms[rule.getVariable()] = [_sympy(rule)]
    return terms


def _event(name: str, event: libsbml.Event) -> Event:
    trigger = _sympy(event.getTrigger())
    # SymPy may turn ``time >= pulse`` round to ``pulse <= time``.
    if not isinstance(trigger, (sp.Ge, sp.Le)) or TIME not in trigger.args:
        raise ModelError(f"{name}.ant: an event must read 'at (time >= ...)', not {trigger}")
    when = trigger.gts if trigger.lts == TIME else trigger.lts
    later = trigger.gts == TIME
    if not later or when.has(TIME):
        raise ModelError(f"{name}.ant: an event must read 'at (time >= ...)', not {trigger}")
    assignments = {a.getVariable(): _sympy(a) for a in event.getListOfEventAssignments()}
    return Event(when, assignments)
