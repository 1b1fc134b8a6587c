import { describe, expect, it } from "vitest";
import { leadingNumber, sortedOrder } from "../../table/order.js";

describe("leadingNumber", () => {
  it.each([
    ["1.74 (1.3-2.2)", 1.74], ["<0.001", 0.001], ["≥ 65", 65], ["−3.5", -3.5], ["-2", -2], ["1,020", 1020], ["1,02", 1],
    ["63%", 63], ["2.1e-3 nM", 0.0021], [".5", 0.5], ["(12)", 12], ["10 to 24", 10],
  ])("%s", (text, number) => { expect(leadingNumber(text)).toBe(number); });

  it.each(["", "n.r.", "JAK1", "–", "e3"])("has none in %j", (text) => { expect(leadingNumber(text)).toBeNaN(); });
});

describe("sortedOrder", () => {
  const sorted = (cells: string[], descending = false): string[] => sortedOrder(cells, descending).map((i) => cells[i]);

  it("goes by the leading numbers, and puts what has none last both ways", () => {
    const cells = ["12.5 (2-60)", "n.r.", "0.92 (0.5-1.7)", "", "1.1"];
    expect(sorted(cells)).toEqual(["0.92 (0.5-1.7)", "1.1", "12.5 (2-60)", "n.r.", ""]);
    expect(sorted(cells, true)).toEqual(["12.5 (2-60)", "1.1", "0.92 (0.5-1.7)", "n.r.", ""]);
  });

  it("goes by the text where most cells are text, with the numbers in it counted as numbers", () => {
    expect(sorted(["phase 10", "Phase 2", "", "5-FU", "Adjuvant"])).toEqual(["5-FU", "Adjuvant", "Phase 2", "phase 10", ""]);
    expect(sorted(["b", "", "A"], true)).toEqual(["b", "A", ""]);
  });

  it("keeps equal cells in their order", () => {
    expect(sortedOrder(["1", "0", "1"], false)).toEqual([1, 0, 2]);
    expect(sortedOrder(["1", "0", "1"], true)).toEqual([0, 2, 1]);
  });
});
