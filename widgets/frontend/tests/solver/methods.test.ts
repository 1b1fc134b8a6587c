import { describe, expect, it } from "vitest";
import { Dopri } from "../../solver/dopri.js";
import type { Integrator } from "../../solver/integrator.js";
import { Rodas } from "../../solver/rodas.js";
import { ModelSolver } from "../../solver/run.js";
import { type Problem, decay, driven, oscillator, problemSpec, robertson, vanDerPol } from "../problems.js";

const METHODS = ["dopri", "rodas"] as const;
const EXACT: [Problem, (t: number) => number[]][] = [
  [decay, (t) => [Math.exp(-t)]],
  [oscillator, (t) => [Math.cos(t), -Math.sin(t)]],
  [driven, (t) => [Math.sin(t)]],
];

describe.each(METHODS)("%s against closed forms", (method) => {
  it.each(EXACT)("$name", (problem, exact) => {
    const run = new ModelSolver(problemSpec({ ...problem, method })).simulate();
    const errors = Array.from(run.time, (t, k) => exact(t).map((value, i) => Math.abs(value - run.series[`y${i}`][k]))).flat();
    expect(Math.max(...errors)).toBeLessThan(2e-5);
    expect(run.method).toBe(method);
  });

  it("gets better with a tighter tolerance, also between steps", () => {
    const worst = (rtol: number): number => {
      const run = new ModelSolver(problemSpec({ ...oscillator, method, rtol, atol: rtol, points: 997 })).simulate();
      return Math.max(...Array.from(run.time, (t, k) => Math.abs(Math.cos(t) - run.series.y0[k])));
    };
    expect(worst(1e-6)).toBeLessThan(1e-4);
    expect(worst(1e-9)).toBeLessThan(worst(1e-6) / 50);
  });
});

/** Error at time 1 of the oscillator with a forced number of equal steps. */
function errorWithSteps(make: (rtol: number) => Integrator, count: number): number {
  const integrator = make(100);
  let y: ArrayLike<number> = [1, 0];
  for (let k = 0; k < count; k++) {
    integrator.start(k / count, y, (k + 1) / count);
    integrator.step((k + 1) / count);
    y = Array.from(integrator.y);
  }
  return Math.hypot(y[0] - Math.cos(1), y[1] + Math.sin(1));
}

describe("order of convergence", () => {
  const p = new Float64Array(0);
  it.each([
    ["dopri", 5, (tol: number) => new Dopri((t, y, d) => { oscillator.rhs(t, y, p, d); }, 2, tol, tol)],
    ["rodas", 4, (tol: number) => new Rodas((t, y, d) => { oscillator.rhs(t, y, p, d); }, (t, y, J) => { oscillator.jac(t, y, p, J); }, 2, tol, tol)],
  ] as [string, number, (tol: number) => Integrator][])("%s has order %d", (_, order, make) => {
    const measured = Math.log2(errorWithSteps(make, 8) / errorWithSteps(make, 16));
    expect(measured).toBeGreaterThan(order - 0.4);
    expect(measured).toBeLessThan(order + 1.2);
  });

  it("the dense output of rodas has order 3 or more", () => {
    const middle = (h: number): number => {
      const rodas = new Rodas((t, y, d) => { oscillator.rhs(t, y, p, d); }, (t, y, J) => { oscillator.jac(t, y, p, J); }, 2, 1e10, 1e10);
      rodas.start(0, [1, 0], h);
      rodas.step(h);
      const at = new Float64Array(2);
      rodas.at(h / 2, at);
      return Math.hypot(at[0] - Math.cos(h / 2), at[1] + Math.sin(h / 2));
    };
    expect(Math.log2(middle(0.2) / middle(0.1))).toBeGreaterThan(3.5);
  });
});

describe("stiff problems", () => {
  it("Robertson: published values at time 40", () => {
    // Hairer & Wanner II, IV.1, and the CVODE example cvRoberts at t = 40.
    const run = new ModelSolver(problemSpec({ ...robertson, method: "rodas" })).simulate();
    const last = run.time.length - 1;
    expect(run.series.y0[last]).toBeCloseTo(0.7158270688, 5);
    expect(run.series.y1[last] * 1e6).toBeCloseTo(9.185534765, 3);
    expect(run.series.y2[last]).toBeCloseTo(0.2841637457, 5);
    for (let k = 0; k <= last; k++) {
      expect(run.series.y0[k] + run.series.y1[k] + run.series.y2[k]).toBeCloseTo(1, 9);
    }
  });

  it("Robertson: steps grow, time 4e8 is cheap", () => {
    const run = new ModelSolver(problemSpec({ ...robertson, method: "rodas", end: 4e8 })).simulate();
    expect(run.steps).toBeLessThan(600);
    expect(run.series.y2[run.time.length - 1]).toBeGreaterThan(0.999);
  });

  it("van der Pol, mu 1000: value at time 2000", () => {
    // From the test set for IVP solvers (Bari/CWI), scaled back to time 2000 = 2 mu.
    const run = new ModelSolver(problemSpec({ ...vanDerPol, method: "rodas", rtol: 1e-8, atol: 1e-8, points: 3 })).simulate();
    expect(run.series.y0[2]).toBeCloseTo(1.706167732170469, 4);
    expect(run.series.y1[2]).toBeCloseTo(-0.8928097010248e-3, 6);
  });

  it("an explicit run that meets stiffness goes on with rodas and says so", () => {
    const run = new ModelSolver(problemSpec({ ...robertson, end: 4000 })).simulate();
    const reference = new ModelSolver(problemSpec({ ...robertson, end: 4000, method: "rodas", rtol: 1e-10, atol: 1e-14 })).simulate();
    expect(run.method).toBe("dopri, then rodas");
    const last = run.time.length - 1;
    for (const id of ["y0", "y1", "y2"]) {
      expect(Math.abs(run.series[id][last] / reference.series[id][last] - 1)).toBeLessThan(1e-4);
    }
  });

  it("reports in one line where both methods fail", () => {
    const blowUp: Problem = {
      name: "blow_up", y0: [1], end: 2,
      rhs: (_, y, __, d) => { d[0] = y[0] * y[0]; },
      jac: (_, y, __, J) => { J[0] = 2 * y[0]; },
    };
    expect(() => new ModelSolver(problemSpec(blowUp)).simulate()).toThrow(/^.*implicit step.* at time 1.*$/);
  });

  it("takes a right-hand side that is not finite as a step too long", () => {
    // sqrt of a negative number where a stage overshoots.
    const root: Problem = {
      name: "root", y0: [1], end: 1,
      rhs: (_, y, __, d) => { d[0] = -Math.sqrt(y[0] - 0.0001) * 4 * Math.sqrt(y[0]); },
      jac: (_, y, __, J) => { J[0] = -2 * (2 * y[0] - 0.0001) / Math.sqrt(y[0] * (y[0] - 0.0001)); },
    };
    const run = new ModelSolver(problemSpec({ ...root, end: 0.9 })).simulate();
    expect(run.series.y0.every(Number.isFinite)).toBe(true);
  });
});
