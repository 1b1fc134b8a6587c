import { describe, expect, it } from "vitest";
import { factorise, solve } from "../../solver/lu.js";

describe("LU", () => {
  it("solves a system that needs pivoting", () => {
    const a = new Float64Array([0, 2, 1, 1, 1, 0, 3, 0, 1]);
    const x = [2, -1, 3];
    const b = new Float64Array([0 * 2 + 2 * -1 + 3, 2 - 1, 3 * 2 + 3]);
    const pivots = new Int32Array(3);
    expect(factorise(a, 3, pivots)).toBe(true);
    solve(a, 3, pivots, b);
    x.forEach((value, i) => { expect(b[i]).toBeCloseTo(value, 12); });
  });

  it("solves a random 14 by 14 system to rounding", () => {
    const n = 14;
    let seed = 1;
    const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647 - 0.5;
    const a = Float64Array.from({ length: n * n }, random);
    const x = Float64Array.from({ length: n }, random);
    const b = new Float64Array(n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) b[i] += a[i * n + j] * x[j];
    const pivots = new Int32Array(n);
    expect(factorise(a, n, pivots)).toBe(true);
    solve(a, n, pivots, b);
    for (let i = 0; i < n; i++) expect(b[i]).toBeCloseTo(x[i], 10);
  });

  it("refuses a singular matrix and one that is not finite", () => {
    const pivots = new Int32Array(2);
    expect(factorise(new Float64Array([1, 2, 2, 4]), 2, pivots)).toBe(false);
    expect(factorise(new Float64Array([NaN, 1, 1, 1]), 2, pivots)).toBe(false);
    expect(factorise(new Float64Array([Infinity, 1, 1, 1]), 2, pivots)).toBe(false);
  });
});
