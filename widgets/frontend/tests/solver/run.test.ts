import { describe, expect, it } from "vitest";
import { ModelSolver } from "../../solver/run.js";
import { decay, dosing, parameter, problemSpec, pulse, resting } from "../problems.js";

const METHODS = ["dopri", "rodas"] as const;

describe.each(METHODS)("events with %s", (method) => {
  const solver = new ModelSolver(problemSpec({ ...pulse, method }));
  const exact = (t: number, input: number, stop: number): number =>
    t <= stop ? input * (1 - Math.exp(-t)) : input * (1 - Math.exp(-stop)) * Math.exp(-(t - stop));

  it.each([[2, 3.3], [2, 3], [5, 0.05], [1, 0], [1, 10], [1, 500]])("a pulse of %d for %d", (input, stop) => {
    const run = solver.simulate({ input, pulse: stop });
    run.time.forEach((t, k) => { expect(Math.abs(run.series.y0[k] - exact(t, input, stop))).toBeLessThan(2e-5 * input); });
  });

  it("gives the value after the event at the time of the event, also at 0", () => {
    const run = new ModelSolver(problemSpec({ ...dosing, method })).simulate();
    const exactDose = (t: number): number => {
      let sum = 0;
      for (let at = 0; at <= t + 1e-9; at += 4) sum += Math.exp(-0.5 * (t - at));
      return sum;
    };
    run.time.forEach((t, k) => { expect(run.series.y0[k]).toBeCloseTo(exactDose(t), 4); });
    expect(run.series.y0[0]).toBe(1);
    expect(run.series.y0[80]).toBeCloseTo(exactDose(20), 4);
  });

  it("lands on awkward event times exactly", () => {
    const run = new ModelSolver(problemSpec({ ...dosing, method })).simulate({ interval: 0.1 });
    // 201 doses up to and with time 20, counted through the sum of a long-lived state.
    expect(run.series.y0[80]).toBeCloseTo(Array.from({ length: 201 }, (_, i) => Math.exp(-0.05 * i)).reduce((a, b) => a + b), 3);
  });
});

describe("events", () => {
  it("fire in their order at one time, and are spent when their time does not move", () => {
    const order: string[] = [];
    const spec = problemSpec({
      ...decay,
      events: [
        { time: () => 2, apply: () => { order.push("first"); } },
        { time: () => 2, apply: (_, y) => { order.push("second"); y[0] = 5; } },
        { time: () => -1, apply: () => { order.push("never"); } },
        { time: () => NaN, apply: () => { order.push("never"); } },
      ],
    });
    const run = new ModelSolver(spec).simulate();
    expect(order).toEqual(["first", "second"]);
    expect(run.series.y0[40]).toBe(5);
    expect(run.series.y0[39]).toBeCloseTo(Math.exp(-1.95), 4);
  });

  it("an event that arms itself at the same time for ever is an error", () => {
    let at = 1;
    const spec = problemSpec({ ...decay, events: [{ time: () => at, apply: () => { at += 1e-16 + Number.EPSILON; } }] });
    expect(() => new ModelSolver(spec).simulate()).toThrow(/more than 10000 events at time 1/);
  });
});

describe("rest", () => {
  const solver = new ModelSolver(problemSpec(resting));

  it("starts from the given state where nothing moved it", () => {
    const run = solver.simulate({ s: 1 });
    expect(run.rested).toBe(false);
    expect(run.series.y0[0]).toBe(100);
    expect(run.series.y0[100]).toBeCloseTo(200 - 100 * Math.exp(-0.5), 3);
  });

  it("solves the rest state without the stimulus where a parameter moved it", () => {
    const run = solver.simulate({ k: 3, s: 1 });
    expect(run.rested).toBe(true);
    expect(run.series.y0[0]).toBeCloseTo(300, 2);
    expect(run.series.y0[100]).toBeCloseTo(400 - 100 * Math.exp(-0.5), 2);
  });

  it("keeps the rest state for the same setting and renews it for another", () => {
    expect(solver.simulate({ k: 3, s: 9 }).series.y0[0]).toBe(solver.simulate({ k: 3, s: 1 }).series.y0[0]);
    expect(solver.simulate({ k: 5 }).series.y0[0]).toBeCloseTo(500, 2);
    expect(solver.simulate({ k: 1 }).rested).toBe(false);
    expect(solver.simulate({ k: 1 }).series.y0[0]).toBe(100);
  });
});

describe("output", () => {
  it("has the points asked for, ends exactly, and shares nothing between runs", () => {
    const solver = new ModelSolver(problemSpec({ ...decay, points: 7 }));
    const first = solver.simulate({ end: 0.7 });
    const kept = first.series.y0[6];
    const second = solver.simulate({ end: 3 });
    expect(first.time).toHaveLength(7);
    expect(first.time[6]).toBe(0.7);
    expect(second.time[6]).toBe(3);
    expect(first.series.y0[6]).toBe(kept);
  });

  it("takes a hair below zero off, and no more", () => {
    const falling = { ...decay, rhs: (_: number, __: ArrayLike<number>, ___: Float64Array, d: ArrayLike<number> & { [n: number]: number }) => { d[0] = -1e-9; }, jac: (_: number, __: ArrayLike<number>, ___: Float64Array, J: Float64Array) => { J[0] = 0; } };
    const run = new ModelSolver(problemSpec({ ...falling, y0: [0], end: 20, points: 3 })).simulate();
    expect(Array.from(run.series.y0)).toEqual([0, 0, expect.closeTo(-2e-8, 12)]);
  });
});

describe("errors", () => {
  const solver = new ModelSolver(problemSpec({
    ...pulse,
    parameters: [
      parameter("IL6", 10, { min: 0.01, max: 1000, unit: "ng/mL" }),
      parameter("pulse", 1, { choices: [{ value: 0, label: "closed" }, { value: 1, label: "open" }] }),
    ],
  }));

  it.each([
    [{ IL_6: 1 }, 'pulse has no parameter "IL_6"; the nearest name is "IL6".'],
    [{ ends: 1 }, 'pulse has no parameter "ends"; the nearest name is "end".'],
    [{ IL6: 1001 }, "IL6 = 1001 is out of range; allowed: 0.01 to 1000 ng/mL."],
    [{ IL6: NaN }, "IL6 = NaN is not a finite number; allowed: 0.01 to 1000 ng/mL."],
    [{ IL6: "5" as unknown as number }, "IL6 = 5 is not a finite number; allowed: 0.01 to 1000 ng/mL."],
    [{ pulse: 2 }, "pulse = 2 is out of range; allowed: 0 (closed), 1 (open)."],
    [{ end: 0 }, "end = 0 is out of range; allowed: 0.01 to 10000 min."],
    [{ end: Infinity }, "end = Infinity is not a finite number; allowed: 0.01 to 10000 min."],
  ])("%j", (values, message) => {
    expect(() => solver.simulate(values as Record<string, number>)).toThrow(message);
  });

  it("lets a value pass that missed the end of its range by rounding", () => {
    expect(solver.simulate({ IL6: 10 ** Math.log10(1000) * (1 + 1e-15) }).values.IL6).toBeCloseTo(1000, 9);
  });
});
