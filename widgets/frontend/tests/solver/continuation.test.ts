import { describe, expect, it } from "vitest";
import { type Problem, branch, passes } from "../../solver/continuation.js";
import { finish, inSlices } from "../../solver/slices.js";

const FOLD = 2 / (3 * Math.sqrt(3));

/** x' = r + x - x^3, r from -1 to 1. */
const cubic: Problem = {
  n: 1, scale: new Float64Array([1]),
  residual: (u, w, f) => { f[0] = 2 * w - 1 + u[0] - u[0] ** 3; },
  jacobian: (u, _, J) => { J[0] = 1 - 3 * u[0] ** 2; },
  allowed: () => true,
  slowest: (u) => ({ re: 1 - 3 * u[0] ** 2, turns: false }),
};

/** The root of r + x - x^3 = 0 that is furthest down. */
function lowest(r: number): number {
  let x = -2;
  for (let k = 0; k < 60; k++) x -= (r + x - x ** 3) / (1 - 3 * x ** 2);
  return x;
}

describe("continuation", () => {
  it("follows a cubic round both its folds", () => {
    const points = finish(branch(cubic, new Float64Array([lowest(-1)]), 0));
    const folds = points.filter((each) => each.mark === "fold");
    expect(folds).toHaveLength(2);
    expect(2 * folds[0].w - 1).toBeCloseTo(FOLD, 9);
    expect(2 * folds[1].w - 1).toBeCloseTo(-FOLD, 9);
    expect(folds[0].u[0]).toBeCloseTo(-1 / Math.sqrt(3), 4);
    expect(points[0].w).toBe(0);
    expect(points[points.length - 1].w).toBeCloseTo(1, 9);
    for (const each of points) {
      expect(2 * each.w - 1 + each.u[0] - each.u[0] ** 3).toBeCloseTo(0, 9);
      if (each.mark === null) expect(each.stable).toBe(Math.abs(each.u[0]) > 1 / Math.sqrt(3));
    }
  });

  it("finds the same branch from its middle, and knows its own points", () => {
    const points = finish(branch(cubic, new Float64Array([0]), 0.5));
    expect(points.filter((each) => each.mark === "fold")).toHaveLength(2);
    expect(passes(points, cubic, new Float64Array([lowest(0)]), 0.5)).toBe(true);
    expect(passes(points, cubic, new Float64Array([0.5]), 0.5)).toBe(false);
  });

  it("does not care about the size of the numbers", () => {
    const k = 1e-5;
    const small: Problem = {
      ...cubic, scale: new Float64Array([k]),
      residual: (u, w, f) => { f[0] = 1e7 * (2 * w - 1 + u[0] / k - (u[0] / k) ** 3); },
      jacobian: (u, _, J) => { J[0] = (1e7 / k) * (1 - 3 * (u[0] / k) ** 2); },
    };
    const folds = finish(branch(small, new Float64Array([k * lowest(-1)]), 0)).filter((each) => each.mark === "fold");
    expect(folds.map((each) => 2 * each.w - 1)).toEqual([expect.closeTo(FOLD, 8), expect.closeTo(-FOLD, 8)]);
  });

  it("closes an isolated ring, and ends where the branch may not go on", () => {
    const ring: Problem = {
      ...cubic,
      residual: (u, w, f) => { f[0] = u[0] ** 2 + (w - 0.5) ** 2 - 0.04; },
      jacobian: (u, _, J) => { J[0] = 2 * u[0]; },
      slowest: (u) => ({ re: u[0], turns: false }),
    };
    const points = finish(branch(ring, new Float64Array([0.2]), 0.5));
    expect(points[0]).toBe(points[points.length - 1]);
    expect(points.filter((each) => each.mark === "fold").map((each) => each.w).sort()).toEqual([expect.closeTo(0.3, 6), expect.closeTo(0.7, 6)]);
    const half = finish(branch({ ...ring, allowed: (u) => u[0] >= 0 }, new Float64Array([0.2]), 0.5));
    expect(half.every((each) => each.u[0] >= 0)).toBe(true);
    expect(half[half.length - 1].u[0]).toBeCloseTo(0, 4);
  });

  it("marks where a steady state begins to oscillate", () => {
    // A spiral that grows for w > 0.4.
    const spiral: Problem = {
      n: 2, scale: new Float64Array([1, 1]),
      residual: (u, w, f) => { f[0] = (w - 0.4) * u[0] - u[1]; f[1] = u[0] + (w - 0.4) * u[1]; },
      jacobian: (_, w, J) => { J.set([w - 0.4, -1, 1, w - 0.4]); },
      allowed: () => true,
      slowest: (_, w) => ({ re: w - 0.4, turns: true }),
    };
    const marks = finish(branch(spiral, new Float64Array([0, 0]), 0)).filter((each) => each.mark !== null);
    expect(marks.map((each) => each.mark)).toEqual(["oscillation"]);
    expect(marks[0].w).toBeCloseTo(0.4, 8);
  });
});

describe("slices", () => {
  it("give the same in slices, and stop when nobody wants the result any more", async () => {
    const work = (): Generator<null, number, undefined> => (function* () {
      for (let k = 0; k < 40; k++) {
        const until = performance.now() + 1;
        while (performance.now() < until);
        yield null;
      }
      return 7;
    })();
    const done = await inSlices(work(), () => true);
    expect(done?.value).toBe(7);
    expect(done?.time).toBeGreaterThan(35);
    expect(done?.longest).toBeLessThan(done!.time);
    expect(await inSlices(work(), () => false)).toBe(null);
  });
});
