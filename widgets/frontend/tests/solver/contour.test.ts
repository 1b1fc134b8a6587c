import { describe, expect, it } from "vitest";
import { type Grid, contour, crossings } from "../../solver/contour.js";

function grid(n: number, f: (x: number, y: number) => number, span = 2): Grid {
  const at = (k: number): number => -span + (2 * span * k) / (n - 1);
  const values = Float64Array.from({ length: n * n }, (_, k) => f(at(k % n), at(Math.floor(k / n))));
  return { nx: n, ny: n, values };
}

const back = (n: number, k: number, span = 2): number => -span + (2 * span * k) / (n - 1);

describe("marching squares", () => {
  it("draws a circle as one closed line", () => {
    const lines = contour(grid(61, (x, y) => x * x + y * y), 1.69);
    expect(lines).toHaveLength(1);
    const [line] = lines;
    expect(line[0]).toEqual(line[line.length - 1]);
    for (const point of line) expect(Math.hypot(back(61, point.i), back(61, point.j))).toBeCloseTo(1.3, 3);
    let length = 0;
    for (let k = 1; k < line.length; k++) length += Math.hypot(line[k].i - line[k - 1].i, line[k].j - line[k - 1].j);
    expect(length * (4 / 60)).toBeCloseTo(2 * Math.PI * 1.3, 1);
  });

  it("draws a straight line exactly, from edge to edge", () => {
    const [line] = contour(grid(21, (x, y) => x + 2 * y), 0.3);
    expect(line).toHaveLength(31);
    for (const point of line) expect(back(21, point.i) + 2 * back(21, point.j)).toBeCloseTo(0.3, 12);
  });

  it("keeps the two branches of a hyperbola apart, and tells a saddle by its middle", () => {
    const branches = contour(grid(40, (x, y) => x * y), 0.5);
    expect(branches).toHaveLength(2);
    for (const line of branches) expect(new Set(line.map((point) => Math.sign(back(40, point.i)))).size).toBe(1);
    const saddle = { nx: 2, ny: 2, values: [1, 0, 0, 1] };
    expect(contour(saddle, 0.4).map((line) => line.length)).toEqual([2, 2]);
    // The middle is 0.5: at 0.4 the high corners are joined, so each line cuts off one low corner.
    for (const [a, b] of contour(saddle, 0.4)) expect(a.i + a.j + b.i + b.j).toBeCloseTo(2, 12);
  });

  it("leaves out what is no number, and finds nothing where there is nothing", () => {
    const holed = grid(21, (x, y) => (x > 0 && y > 0 ? NaN : x * x + y * y));
    const lines = contour(holed, 1);
    expect(lines).toHaveLength(1);
    expect(lines[0].every((point) => back(21, point.i) <= 0.001 || back(21, point.j) <= 0.001)).toBe(true);
    expect(contour(grid(5, () => 1), 2)).toEqual([]);
  });

  it("names the squares where two lines may cross", () => {
    const found = crossings(grid(40, (x, y) => x * x + y * y - 1), grid(40, (x, y) => y - x));
    const near = found.map((each) => [back(40, each.i + 0.5), back(40, each.j + 0.5)]);
    expect(near.some(([x, y]) => Math.hypot(x - Math.SQRT1_2, y - Math.SQRT1_2) < 0.1)).toBe(true);
    expect(near.every(([x, y]) => Math.abs(Math.hypot(x, y) - 1) < 0.15 && Math.abs(x - y) < 0.11)).toBe(true);
  });
});
