import { describe, expect, it } from "vitest";
import { abscissa, eigenvalues } from "../../solver/eigen.js";

function sorted(a: number[], n: number): [number, number][] {
  const { re, im } = eigenvalues(new Float64Array(a), n);
  return [...re].map((each, i): [number, number] => [each, im[i]]).sort((x, y) => x[0] - y[0] || x[1] - y[1]);
}

describe("eigenvalues", () => {
  it("reads a triangular matrix off its diagonal", () => {
    expect(sorted([3, 1, 2, 0, -1, 5, 0, 0, 7], 3).map((each) => each[0])).toEqual([-1, 3, 7]);
  });

  it("finds a rotation's conjugate pair", () => {
    const [low, high] = sorted([-0.1, -2, 2, -0.1], 2);
    expect(low[0]).toBeCloseTo(-0.1, 12);
    expect([low[1], high[1]].map(Math.abs)).toEqual([2, 2]);
  });

  it.each([3, 5, 9, 18])("finds the roots of a companion matrix, 1 to %i", (n) => {
    // (x - 1)(x - 2)...(x - n), divided by the largest root so that the coefficients stay small.
    let coefficients = [1];
    for (let root = 1; root <= n; root++) {
      const next = [...coefficients, 0];
      coefficients.forEach((each, i) => { next[i + 1] -= (each * root) / n; });
      coefficients = next;
    }
    const a = new Array<number>(n * n).fill(0);
    for (let j = 0; j < n; j++) a[j] = -coefficients[j + 1];
    for (let i = 1; i < n; i++) a[i * n + i - 1] = 1;
    const accuracy = n > 10 ? 0 : n > 6 ? 5 : 9;
    sorted(a, n).forEach(([re], i) => { expect(re).toBeCloseTo((i + 1) / n, accuracy); });
  });

  it("keeps sum and sum of squares of a full badly scaled matrix", () => {
    const n = 12;
    const a = new Float64Array(n * n);
    let seed = 1;
    for (let k = 0; k < a.length; k++) {
      seed = (seed * 16807) % 2147483647;
      a[k] = (seed / 2147483647 - 0.5) * 10 ** ((Math.floor(k / n) - (k % n)) / 3);
    }
    let trace = 0, squares = 0;
    for (let i = 0; i < n; i++) {
      trace += a[i * n + i];
      for (let j = 0; j < n; j++) squares += a[i * n + j] * a[j * n + i];
    }
    const { re, im } = eigenvalues(a, n);
    expect(re.reduce((sum, each) => sum + each, 0)).toBeCloseTo(trace, 10);
    expect(re.reduce((sum, each, i) => sum + each * each - im[i] * im[i], 0)).toBeCloseTo(squares, 10);
    expect(abscissa({ re, im })).toBe(Math.max(...re));
  });
});
