/** The whole protocol of a run: rest, events with exact restarts, the grid of output times. */

import { END, type Inputs, type ModelSpec, type Series, type Values } from "../spec.js";
import { Dopri, type DopriLimits, DOPRI_LIMITS } from "./dopri.js";
import { type Integrator, SolverError } from "./integrator.js";
import { Rodas } from "./rodas.js";
import { complete } from "./values.js";

export type Method = "dopri" | "rodas" | "dopri, then rodas";

export interface Run {
  /** Every parameter and `end`, as used. */
  values: Values;
  time: Float64Array;
  series: Record<string, Float64Array>;
  /** Milliseconds. */
  solveTime: number;
  /** Was the state before time 0 solved anew, because a parameter that moves it was changed? */
  rested: boolean;
  method: Method;
  steps: number;
}

const MAX_FIRINGS = 10000;

/** Solves one model again and again; everything it needs is allocated once. */
export class ModelSolver {
  private readonly p: Float64Array;
  private readonly q: Float64Array;
  private readonly y: Float64Array;
  private readonly point: Float64Array;
  private readonly derived: Float64Array;
  private readonly fired: Float64Array;
  private readonly dopri: Dopri;
  private readonly rodas: Rodas;
  private readonly resting: Rodas;
  private readonly rest: { q: Float64Array; start: Float64Array; end: Float64Array };

  constructor(private readonly spec: ModelSpec, limits: DopriLimits = DOPRI_LIMITS) {
    const n = spec.states.length;
    const { rtol, atol } = spec.solver;
    const p = (this.p = new Float64Array(spec.np));
    const q = (this.q = new Float64Array(spec.np));
    this.y = new Float64Array(n);
    this.point = new Float64Array(n);
    this.derived = new Float64Array(spec.outputs.length);
    this.fired = new Float64Array(spec.events.length);
    this.dopri = new Dopri((t, y, d) => { spec.rhs(t, y, p, d); }, n, rtol, atol, limits);
    this.rodas = new Rodas((t, y, d) => { spec.rhs(t, y, p, d); }, (t, y, J) => { spec.jac(t, y, p, J); }, n, rtol, atol);
    this.resting = new Rodas((t, y, d) => { spec.rhs(t, y, q, d); }, (t, y, J) => { spec.jac(t, y, q, J); }, n, rtol, atol);
    this.rest = { q: new Float64Array(spec.np).fill(NaN), start: new Float64Array(n), end: new Float64Array(n) };
  }

  /** Solve with `given` on top of the defaults. Throws a ValueError or a SolverError with one line. */
  simulate(given: Values = {}): Run {
    const { spec } = this;
    const values = complete(spec, given);
    const began = performance.now();
    const rested = this.prepare(values);

    const points = Math.max(2, Math.round(spec.time.points));
    const end = values[END];
    const time = new Float64Array(points);
    for (let i = 0; i < points; i++) time[i] = (end * i) / (points - 1);
    time[points - 1] = end;
    const states = columns(spec.states, points);
    const outputs = columns(spec.outputs, points);

    const { method, steps } = this.integrate(time, states, outputs);
    const series: Record<string, Float64Array> = {};
    spec.states.forEach((each, i) => { series[each.id] = states[i]; });
    spec.outputs.forEach((each, i) => { series[each.id] = outputs[i]; });
    return { values, time, series, solveTime: performance.now() - began, rested, method, steps };
  }

  /** The parameters and the state at the start of a run, or after it, or the quiet parameters before it. */
  held(given: Values, inputs: Inputs): { p: Float64Array; y: Float64Array } {
    const { spec } = this;
    const values = inputs === "end" ? this.simulate(given).values : complete(spec, given);
    const after = this.p.slice();
    this.prepare(values);
    const start = this.y.slice();
    if (inputs === "end") return { p: after, y: start };
    if (inputs === "rest") {
      const p = this.p.slice();
      spec.rest?.apply(p);
      return { p, y: start };
    }
    this.fired.fill(-Infinity);
    this.fire(0, 0);
    return { p: this.p.slice(), y: this.y.slice() };
  }

  /** Put the values into `p` and the start into `y`; says whether rest was solved anew. */
  private prepare(values: Values): boolean {
    const { spec, p, y } = this;
    for (let i = 0; i < spec.parameters.length; i++) p[i] = values[spec.parameters[i].id];
    spec.init(p, y);
    return this.settle(values);
  }

  /** Bring `y` to rest where a parameter that moves the rest state was changed. */
  private settle(values: Values): boolean {
    const { spec, p, q, y, rest, resting } = this;
    if (!spec.rest) return false;
    const moved = spec.rest.moves.some((id) => spec.parameters.some((each) => each.id === id && values[id] !== each.value));
    if (!moved) return false;
    q.set(p);
    spec.rest.apply(q);
    // While another slider is dragged the rest state stays the same, so the last one is kept.
    if (!same(q, rest.q) || !same(y, rest.start)) {
      rest.q.fill(NaN);
      resting.reset();
      resting.start(0, y, spec.rest.duration);
      while (resting.t < spec.rest.duration) resting.step(spec.rest.duration);
      rest.start.set(y);
      rest.end.set(resting.y);
      rest.q.set(q);
    }
    y.set(rest.end);
    return true;
  }

  private integrate(time: Float64Array, states: Float64Array[], outputs: Float64Array[]): { method: Method; steps: number } {
    const { spec, y, point, dopri, rodas } = this;
    const end = time[time.length - 1];
    // Grid times and event times that differ by rounding only are one time.
    const tiny = 1e-12 * end;
    this.fired.fill(-Infinity);
    dopri.reset();
    rodas.reset();
    let integrator: Integrator = spec.solver.method === "rodas" ? rodas : dopri;
    let t = 0;
    let next = 0;
    for (;;) {
      this.fire(t, tiny);
      while (next < time.length && time[next] <= t + tiny) {
        point.set(y);
        this.record(next++, t, states, outputs);
      }
      if (t >= end) break;
      const stop = Math.min(this.nextEvent(t), end);
      integrator.start(t, y, stop);
      while (integrator.t < stop) {
        try {
          integrator.step(stop);
        } catch (error) {
          if (!(error instanceof SolverError) || integrator === rodas) throw error;
          // A reachable corner of the sliders is stiff: the stiff method carries on from here.
          rodas.start(integrator.t, integrator.y, stop);
          integrator = rodas;
          continue;
        }
        while (next < time.length && time[next] <= integrator.t && time[next] < stop - tiny) {
          integrator.at(time[next], point);
          this.record(next, time[next], states, outputs);
          next++;
        }
      }
      y.set(integrator.y);
      t = stop;
    }
    const method = integrator === dopri ? "dopri" : spec.solver.method === "rodas" ? "rodas" : "dopri, then rodas";
    return { method, steps: dopri.steps + rodas.steps };
  }

  /** Apply every event due at `t`, in their order, until none is due. */
  private fire(t: number, tiny: number): void {
    const { spec, fired, p, y } = this;
    let firings = 0;
    let again = spec.events.length > 0;
    while (again) {
      again = false;
      for (let i = 0; i < spec.events.length; i++) {
        const due = spec.events[i].time(p);
        if (!(due >= 0 && due > fired[i] && due >= t - tiny && due <= t + tiny)) continue;
        fired[i] = due;
        spec.events[i].apply(t, y, p);
        again = true;
        if (++firings > MAX_FIRINGS) throw new SolverError(`more than ${MAX_FIRINGS} events at time ${t}`);
      }
    }
  }

  /** The earliest event after `t`. One whose time has passed without firing is spent. */
  private nextEvent(t: number): number {
    let earliest = Infinity;
    for (let i = 0; i < this.spec.events.length; i++) {
      const due = this.spec.events[i].time(this.p);
      if (due > t && due > this.fired[i] && due < earliest) earliest = due;
    }
    return earliest;
  }

  private record(index: number, t: number, states: Float64Array[], outputs: Float64Array[]): void {
    const { spec, point, derived, p } = this;
    const noise = 10 * spec.solver.atol;
    for (let i = 0; i < states.length; i++) {
      // Rounding may leave a concentration a hair below zero; only that hair is taken off.
      if (point[i] < 0 && point[i] >= -noise && spec.states[i].nonnegative) point[i] = 0;
      states[i][index] = point[i];
    }
    spec.out(t, point, p, derived);
    for (let i = 0; i < outputs.length; i++) {
      let value = derived[i];
      if (value < 0 && value >= -noise && spec.outputs[i].nonnegative) value = 0;
      if (!Number.isFinite(value)) throw new SolverError(`${spec.outputs[i].id} is not a finite number at time ${t}`);
      outputs[i][index] = value;
    }
  }
}

function columns(series: Series[], points: number): Float64Array[] {
  return series.map(() => new Float64Array(points));
}

function same(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
