import { describe, expect, it } from "vitest";
import { finish } from "../../solver/slices.js";
import { ModelSolver } from "../../solver/run.js";
import type { ScanSpec } from "../../spec.js";
import { Scale } from "../../views/scale.js";
import { ScanView, characterise } from "../../views/scan.js";
import { crossing } from "../../views/sweep.js";
import { toySpec } from "../explorer/toy.js";
import { parameter } from "../problems.js";

const hillCurve = (n: number, k: number) => (dose: number): number => (100 * dose ** n) / (k ** n + dose ** n);

describe("the effective Hill coefficient", () => {
  it.each([[1, 1], [3, 1], [4.8, 0.02]])("of a Hill curve with n = %d is n", (n, k) => {
    const scale = new Scale(true, k * 1e-6, k * 1e6);
    const f = hillCurve(n, k);
    const doses = scale.grid(41);
    const curve = finish(characterise(doses, doses.map(f), scale, (x) => f(scale.value(x))));
    expect(curve.hill).toBeCloseTo(n, 2);
    expect(curve.half / k).toBeCloseTo(1, 2);
  });

  it("is the same for inhibition, and no number where the curve does not pass both levels", () => {
    const scale = new Scale(true, 1e-4, 1e4);
    const doses = scale.grid(41);
    const fall = (dose: number): number => 100 - hillCurve(3, 1)(dose);
    expect(finish(characterise(doses, doses.map(fall), scale, (x) => fall(scale.value(x)))).hill).toBeCloseTo(3, 3);
    const flat = finish(characterise(doses, doses.map(() => 5), scale, () => 5));
    expect([flat.hill, flat.half]).toEqual([NaN, NaN]);
  });
});

describe("a crossing", () => {
  it("is solved for, and is no number on one side of the level", () => {
    expect(finish(crossing((x) => x ** 3, 2, 0, 0, 2, 8, 1e-9))).toBeCloseTo(Math.cbrt(2), 8);
    expect(finish(crossing((x) => x, 5, 0, 0, 1, 1, 1e-9))).toBe(NaN);
  });
});

describe("scales", () => {
  it("put zero before the decades of a log axis, and find their way back", () => {
    const scale = Scale.ofSlider(parameter("drug", 0, { min: 0, max: 5000 }), true);
    expect([scale.log, scale.fromZero, scale.low]).toEqual([true, true, 5]);
    expect(scale.position(0)).toBeCloseTo(Math.log10(5) - 0.24, 9);
    for (const value of [0, 2, 5, 80, 5000]) expect(scale.value(scale.position(value))).toBeCloseTo(value, 6);
    expect(scale.grid(4)).toEqual([0, 5, expect.closeTo(158.1, 1), 5000]);
    const { tickvals, ticktext } = scale.layout({ palette: [] } as never, "x") as { tickvals: number[]; ticktext: string[] };
    expect(ticktext).toEqual(["0", "10", "100", "1000"]);
    expect(tickvals[1]).toBeCloseTo(1, 9);
  });

  it("are linear for a linear slider", () => {
    const scale = Scale.ofSlider(parameter("k", 0, { min: 0, max: 2 }), false);
    expect(scale.grid(5)).toEqual([0, 0.5, 1, 1.5, 2]);
    expect(scale.layout({ palette: [] } as never, "x")).toMatchObject({ range: [0, 2], nticks: 6 });
  });
});

describe("a scan", () => {
  const spec: ScanSpec = {
    kind: "scan", id: "dose", title: "Dose", description: "Response to the dose.", set: { k1: 0.4 }, parameter: "dose", series: ["A", "B"],
    quantity: "peak", at: null, normalise: true, hill: true, x_log: false, y_log: false,
  };

  it("reads a run for each dose, in proportion to it", () => {
    const model = toySpec();
    const view = new ScanView(spec, { model, solver: new ModelSolver(model), redraw: () => undefined });
    const result = finish(view.compute({ dose: 10, k1: 0.2, open: 0, k2: 0.05, make: 0, end: 60 }));
    result.doses.forEach((dose, k) => { expect(result.curves[0].values[k]).toBeCloseTo(dose, 6); });
    // A straight line: 10 and 90 % lie at 10 and 90 % of the highest dose.
    expect(result.curves[0].hill).toBeCloseTo(2, 2);
    expect(view.sentence(result)).toContain("A at 50 nM (effective Hill coefficient 2)");
    expect(view.depends({ dose: 1, k1: 0.3, make: 2 })).toEqual({ make: 2 });
    const sheet = view.sheet(result);
    expect(sheet.heads.map((each) => each.id)).toEqual(["dose", "A", "B", "A_normalised", "B_normalised"]);
    expect(sheet.rows).toHaveLength(41);
    expect(sheet.rows[40][3]).toBeCloseTo(100, 9);
  });
});
