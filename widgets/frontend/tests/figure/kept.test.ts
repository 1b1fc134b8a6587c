import { describe, expect, it } from "vitest";
import { keptPoints, pointIds } from "../../figure/kept.js";

const trace = {
  type: "scatter", ids: ["a", "b", "c"], x: [1, 2, 3], y: ["p", "q", "r"], text: ["A", "B", "C"], customdata: [[1, 2], [3, 4], [5, 6]],
  error_x: { type: "data", array: [0.1, 0.2, 0.3], arrayminus: [1, 2, 3], color: "red" },
  marker: {
    color: [10, 20, 30], size: [4, 5, 6], symbol: ["circle", "square", "x"], line: { width: [0, 1, 2] },
    colorscale: [[0, "#000"], [0.5, "#888"], [1, "#fff"]],
  },
};
const line = { type: "scatter", x: [0, 1, 2], y: [1, 1, 1] };

describe("keptPoints", () => {
  it("cuts every list of points and leaves the rest", () => {
    expect(keptPoints([trace, line], new Set(["c", "a", "elsewhere"]))).toEqual([{
      type: "scatter", ids: ["a", "c"], x: [1, 3], y: ["p", "r"], text: ["A", "C"], customdata: [[1, 2], [5, 6]],
      error_x: { type: "data", array: [0.1, 0.3], arrayminus: [1, 3], color: "red" },
      marker: {
        color: [10, 30], size: [4, 6], symbol: ["circle", "x"], line: { width: [0, 2] }, cmin: 10, cmax: 30,
        colorscale: trace.marker.colorscale,
      },
    }, line]);
  });

  it("gives back the figure itself without a filter, and changes nothing in it", () => {
    const before = JSON.stringify(trace);
    keptPoints([trace], new Set());
    expect(JSON.stringify(trace)).toBe(before);
    expect(keptPoints([trace, line], null)[0]).toBe(trace);
  });

  it("leaves the colour range that an author has set", () => {
    const own = { ids: ["a", "b"], marker: { color: [1, 2], cmin: 0 } };
    expect(keptPoints([own], new Set(["a"]))).toEqual([{ ids: ["a"], marker: { color: [1], cmin: 0, cmax: 2 } }]);
  });
});

describe("pointIds", () => {
  it("names each point once", () => {
    expect(pointIds([trace, line, { ids: ["c", "d"] }])).toEqual(["a", "b", "c", "d"]);
  });
});
