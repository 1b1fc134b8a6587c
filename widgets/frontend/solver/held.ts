/** A model with its inputs held still, so that it has steady states: which it reaches, and at which setting. */

import type { Inputs, ModelSpec, Values } from "../spec.js";
import { SolverError } from "./integrator.js";
import { Rodas } from "./rodas.js";
import type { ModelSolver } from "./run.js";
import type { Work } from "./slices.js";
import { type Field, Steady, fieldOf } from "./steady.js";

export class Held {
  /** Parameters and inputs; rewritten by `set`. */
  readonly p: Float64Array;
  /** Start of the model at the given values, rest included. */
  readonly start: Float64Array;
  /** Start of the model's file at the present `p`: its conserved sums hold. */
  readonly first: Float64Array;
  readonly field: Field;
  private readonly outputs: Float64Array;
  /** Inputs that events have changed, by their place. */
  private readonly changed: { at: number; value: number }[] = [];

  constructor(readonly spec: ModelSpec, solver: ModelSolver, values: Values, private readonly inputs: Inputs) {
    const { p, y } = solver.held(values, inputs);
    this.p = p;
    this.start = y;
    this.first = new Float64Array(y.length);
    this.outputs = new Float64Array(spec.outputs.length);
    this.field = fieldOf(spec, p);
    const wanted = p.slice();
    spec.init(p, this.first);
    for (let at = spec.parameters.length; at < p.length; at++) if (p[at] !== wanted[at]) this.changed.push({ at, value: wanted[at] });
    p.set(wanted);
  }

  /** Move one parameter, and what is computed from it. */
  set(index: number, value: number): void {
    const { p, spec } = this;
    if (p[index] === value) return;
    p[index] = value;
    spec.init(p, this.first);
    if (this.inputs === "rest") spec.rest?.apply(p);
    else for (const each of this.changed) p[each.at] = each.value;
  }

  /** A state or a derived quantity at the state `y`. */
  read(id: string, y: Float64Array): number {
    const state = this.spec.states.findIndex((each) => each.id === id);
    if (state >= 0) return y[state];
    this.spec.out(0, y, this.p, this.outputs);
    return this.outputs[this.spec.outputs.findIndex((each) => each.id === id)];
  }

  /** The states that a series depends on directly. */
  under(id: string): number[] {
    const state = this.spec.states.findIndex((each) => each.id === id);
    if (state >= 0) return [state];
    const y = this.start.map((each, i) => (each || 1) * (1 + 0.1 * Math.sin(i + 1)));
    const before = this.read(id, y);
    return [...y.keys()].filter((i) => {
      const moved = y.slice();
      moved[i] = y[i] * 1.01;
      return this.read(id, moved) !== before;
    });
  }

  /** The values of `steady`'s unknowns that a run from `y` comes to; null where it comes to none. */
  *arrive(steady: Steady, y: Float64Array): Work<Float64Array | null> {
    const { spec, field } = this;
    const { rtol, atol } = spec.solver;
    const rodas = new Rodas((_, at, d) => { field.rhs(at as Float64Array, d as Float64Array); },
      (_, at, J) => { field.jac(at as Float64Array, J); }, field.n, Math.max(rtol, 1e-6), atol, STEPS);
    const long = 1000 * spec.time.max;
    rodas.start(0, y, long);
    const middle = new Float64Array(field.n);
    let since = 0;
    try {
      for (let round = 1; rodas.t < long; round++) {
        const before = rodas.t;
        rodas.step(long);
        if (round > STEPS / 2) {
          since += rodas.t - before;
          for (let i = 0; i < field.n; i++) middle[i] += (rodas.t - before) * rodas.y[i];
        }
        if (round % 10 > 0) continue;
        yield null;
        const u = steady.gather(rodas.y);
        const rest = u.slice();
        if (steady.relax(rest) && close(u, rest) && steady.slowest(rest).re < 0) return rest;
      }
    } catch (error) {
      // It oscillates, or something else keeps it from settling: look for the steady state in its middle.
      if (!(error instanceof SolverError)) throw error;
    }
    for (const from of since > 0 ? [middle.map((each) => each / since), rodas.y] : [rodas.y]) {
      const u = steady.gather(from);
      if (steady.relax(u) || steady.relax(u, true)) return u;
    }
    return null;
  }
}

const STEPS = 1500;

function close(a: Float64Array, b: Float64Array): boolean {
  const size = a.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  return a.every((each, i) => Math.abs(each - b[i]) <= 0.01 * Math.abs(b[i]) + 1e-6 * size);
}
