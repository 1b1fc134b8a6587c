import { describe, expect, it } from "vitest";
import { DASHES, type Frame, layout, traces, yRange } from "../../explorer/figure.js";
import { ModelSolver } from "../../solver/run.js";
import { PAPER } from "../../theme.js";
import { toySpec } from "./toy.js";

const spec = toySpec();
const solver = new ModelSolver(spec);
const frame: Frame = {
  spec, plot: spec.plots[0], run: solver.simulate(), pinned: null, theme: PAPER, size: { width: 700, height: 400 }, previous: null,
};

interface Trace { name: string; line: { color: string; dash: string } }

describe("the figure", () => {
  it("gives every curve its own colour and dash", () => {
    const drawn = traces(frame) as Trace[];
    expect(drawn.map((each) => each.name)).toEqual(["A", "B, active", "C"]);
    expect(new Set(drawn.map((each) => each.line.color)).size).toBe(3);
    expect(drawn.map((each) => each.line.dash)).toEqual(DASHES.slice(0, 3));
  });

  it("puts the pinned run behind, dotted in the same colours", () => {
    const drawn = traces({ ...frame, pinned: solver.simulate({ dose: 50 }) }) as Trace[];
    expect(drawn).toHaveLength(6);
    expect(drawn.slice(0, 3).every((each) => each.line.dash === "dot")).toBe(true);
    expect(drawn[0].line.color).toBe(drawn[3].line.color);
  });

  it("leaves room for the pinned run and keeps a range that still fits", () => {
    expect(yRange(frame)).toEqual([0, 12]);
    expect(yRange({ ...frame, pinned: solver.simulate({ dose: 50 }) })).toEqual([0, 60]);
    expect(yRange({ ...frame, previous: [0, 20] })).toEqual([0, 20]);
  });

  it("names both axes with their units, and divides minutes as a clock does", () => {
    expect(layout(frame, [0, 12])).toMatchObject({
      transition: { duration: 0 }, showlegend: false, width: 700,
      xaxis: { title: { text: "Time (min)" }, range: [0, 60], dtick: 10 }, yaxis: { title: { text: "Concentration (nM)" }, range: [0, 12] },
    });
  });

  it("draws a log axis in whole decades", () => {
    const logFrame = { ...frame, plot: { ...spec.plots[0], log: true } };
    const range = yRange(logFrame);
    expect(range.every(Number.isInteger)).toBe(true);
    expect(layout(logFrame, range)).toMatchObject({ yaxis: { type: "log", dtick: 1 } });
  });
});
