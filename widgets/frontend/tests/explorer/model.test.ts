import { describe, expect, it } from "vitest";
import { peakIndex, compileSummary } from "../../explorer/summary.js";
import { toCsv } from "../../explorer/csv.js";
import { doses, readOut } from "../../views/sweep.js";
import { Session } from "../../explorer/session.js";
import { register } from "../../registry.js";
import { ModelSolver } from "../../solver/run.js";
import { parameter } from "../problems.js";
import { exactToy, toySpec } from "./toy.js";

const spec = toySpec();
const solver = new ModelSolver(spec);

describe.each(["dopri", "rodas"] as const)("the toy model with %s", (method) => {
  it("follows Bateman's formula and keeps its total", () => {
    const run = new ModelSolver(toySpec({ solver: { method, rtol: 1e-6, atol: 1e-9 } })).simulate({ dose: 20 });
    run.time.forEach((t, k) => {
      const exact = exactToy(t, 20);
      ["A", "B", "C"].forEach((id, i) => { expect(Math.abs(run.series[id][k] - exact[i])).toBeLessThan(20 * 2e-5); });
      if (t >= 5) expect(Math.abs(run.series.A[k] + run.series.B[k] + run.series.C[k] - 20)).toBeLessThan(20e-6);
    });
  });

  it("starts from its rest state where `make` is on", () => {
    const run = new ModelSolver(toySpec({ solver: { method, rtol: 1e-6, atol: 1e-9 } })).simulate({ make: 2 });
    expect(run.rested).toBe(true);
    expect(run.series.A[0]).toBeCloseTo(10, 4);
    expect(run.series.B[0]).toBeCloseTo(40, 3);
    expect(run.series.C[0]).toBeCloseTo(20, 3);
  });
});

describe("summary", () => {
  it("fills the template with three figures and units", () => {
    const sentence = compileSummary(spec)(solver.simulate());
    expect(sentence).toBe("B peaks at 6.3 nM after 14 min and is 0.852 nM at 60 min; the dose is 10 nM.");
  });

  it("shows what is below the solver's tolerance as nothing", () => {
    const tiny = compileSummary(toySpec({ summary: "{peak:B}" }));
    const run = solver.simulate();
    run.series.B.fill(2e-45);
    expect(tiny(run)).toBe("0 nM");
  });

  it("names the beginning of a plateau as its peak", () => {
    expect(peakIndex(new Float64Array([0, 5, 9, 10, 10.000001, 9.999999]))).toBe(3);
    expect(peakIndex(new Float64Array([0, 0, 0]))).toBe(0);
    expect(peakIndex(new Float64Array([-3, -1, -2]))).toBe(1);
  });

  it.each([
    ["{peak:X}", 'no series "X"'], ["{value:X}", 'no parameter "X"'], ["{mean:B}", "is not peak"], ["{peak:B", "a brace is not closed"],
  ])("refuses %s when the model is registered", (summary, message) => {
    expect(() => { register(toySpec({ summary })); }).toThrow(message);
  });
});

describe("register", () => {
  it("refuses parts that do not fit together", () => {
    expect(() => { register(toySpec({ sliders: ["nope"] })); }).toThrow('the slider "nope" is no parameter');
    expect(() => { register(toySpec({ plots: [] })); }).toThrow("there is no plot");
    expect(() => { register(toySpec({ plots: [{ ...spec.plots[0], series: ["Z"] }] })); }).toThrow('draws "Z"');
    expect(() => { register(toySpec({ scenarios: [{ id: "s", label: "", note: "", set: { Q: 1 } }] })); }).toThrow('sets "Q"');
  });
});

describe("session", () => {
  it("undoes gestures, not single events", () => {
    const session = new Session(spec, {});
    session.set("dose", 20, 0);
    session.set("dose", 30, 100);
    session.set("k1", 0.5, 200);
    session.set("k1", 0.6, 5000);
    expect(session.canUndo).toBe(true);
    session.undo();
    expect(session.values.k1).toBe(0.5);
    session.undo();
    expect(session.values).toMatchObject({ k1: 0.2, dose: 30 });
    session.undo();
    expect(session.values.dose).toBe(10);
    expect(session.canUndo).toBe(false);
  });

  it("puts everything else to its default with a scenario, and resets to the author's start", () => {
    const session = new Session(spec, { set: { k1: 0.4 } });
    session.set("make", 3);
    session.apply(session.scenario("high"));
    expect(session.values).toMatchObject({ dose: 100, end: 120, make: 0, k1: 0.2 });
    expect(session.isActive(session.scenario("high"))).toBe(true);
    session.reset();
    expect(session.values).toMatchObject({ dose: 10, end: 60, k1: 0.4 });
    expect(session.changes).toEqual({});
    session.undo();
    expect(session.values.dose).toBe(100);
  });

  it("shows the sliders and whatever else was set", () => {
    expect(Object.keys(new Session(spec, {}).shown)).toEqual(["dose", "k1", "open", "make", "end"]);
    expect(new Session(spec, { set: { k2: 0.1 } }).shown.k2).toBe(0.1);
    expect(() => new Session(spec, { scenario: "hi" })).toThrow('no scenario "hi"; it has normal, high');
  });
});

describe("CSV", () => {
  it("says what was run and keeps the numbers", () => {
    const lines = toCsv(spec, solver.simulate({ dose: 20 })).trim().split("\n");
    expect(lines[0]).toBe("# A toy chain (model toy)");
    expect(lines).toContain("# dose = 20 nM (What dose means.)");
    expect(lines).toContain("# end = 60 min (time shown)");
    const head = lines.findIndex((line) => !line.startsWith("#"));
    expect(lines[head]).toBe("time (min),A (nM),B (nM),C (nM),share (%)");
    expect(lines).toHaveLength(head + 1 + 121);
    expect(lines[head + 1 + 10]).toBe("5,20,0,0,0");
  });
});

describe("dose-response", () => {
  it("spaces the doses on the slider's own scale", () => {
    const log = doses(parameter("x", 1, { min: 0.01, max: 100, scale: "log" }), 5);
    [0.01, 0.1, 1, 10, 100].forEach((value, i) => { expect(log[i]).toBeCloseTo(value, 12); });
    expect(doses(parameter("x", 1, { min: 0, max: 4 }), 5)).toEqual([0, 1, 2, 3, 4]);
  });

  it("reads a run out at its peak, at the end and between points", () => {
    const run = solver.simulate();
    expect(readOut(run, "B", "end", 0)).toBe(run.series.B[120]);
    expect(readOut(run, "B", "peak", 0)).toBeCloseTo(Math.max(...run.series.B), 4);
    expect(readOut(run, "B", "value", 20.25)).toBeCloseTo((run.series.B[40] + run.series.B[41]) / 2, 12);
    expect(readOut(run, "B", "value", 60)).toBe(run.series.B[120]);
  });
});
