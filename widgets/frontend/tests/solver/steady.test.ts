import { describe, expect, it } from "vitest";
import { type Field, Steady, fieldOf, structure } from "../../solver/steady.js";
import { problemSpec, robertson } from "../problems.js";

/** E + S <-> ES -> E + P, P -> S, with a counter of what was made; y = [E, S, ES, P, made]. */
const enzyme: Field = {
  n: 5,
  rhs: (y, d) => {
    const bind = 2 * y[0] * y[1], free = y[2], make = 3 * y[2], back = 0.5 * y[3];
    d[0] = -bind + free + make; d[1] = -bind + free + back; d[2] = bind - free - make; d[3] = make - back; d[4] = make;
  },
  jac: (y, J) => {
    J.fill(0);
    const [a, b] = [2 * y[1], 2 * y[0]];
    J[0] = -a; J[1] = -b; J[2] = 4;
    J[5] = -a; J[6] = -b; J[7] = 1; J[8] = 0.5;
    J[10] = a; J[11] = b; J[12] = -4;
    J[17] = 3; J[18] = -0.5;
    J[22] = 3;
  },
};
const START = new Float64Array([1, 10, 0, 0, 0]);

describe("the structure of a question", () => {
  it("leaves out what is only counted, and finds the conserved sums", () => {
    const found = structure(enzyme, START, [3]);
    expect(found.laws).toHaveLength(2);
    expect([...found.free, ...found.laws.map((each) => each.state)].sort()).toEqual([0, 1, 2, 3]);
  });

  it("keeps the states of a plane free", () => {
    const found = structure(enzyme, START, [0, 1], [0, 3]);
    expect(found.free.slice().sort()).toEqual([0, 3]);
  });

  it("does not take steady growth for a conserved sum", () => {
    const growth: Field = { n: 1, rhs: (_, d) => { d[0] = 1; }, jac: (_, J) => { J[0] = 0; } };
    expect(structure(growth, new Float64Array([1]), [0]).laws).toEqual([]);
  });
});

describe("relaxing", () => {
  it("finds the steady state of an enzyme with its totals kept", () => {
    const steady = new Steady(enzyme, structure(enzyme, START, [3]), [true, true, true, true, true]);
    steady.hold(START);
    const u = steady.gather(START);
    expect(steady.relax(u)).toBe(true);
    steady.spread(u);
    const [E, S, ES, P] = steady.y;
    expect(E + ES).toBeCloseTo(1, 12);
    expect(S + ES + P).toBeCloseTo(10, 12);
    expect(2 * E * S).toBeCloseTo(4 * ES, 9);
    expect(0.5 * P).toBeCloseTo(3 * ES, 9);
    const { re, turns } = steady.slowest(u);
    expect(re).toBeLessThan(0);
    expect(turns).toBe(false);
  });

  it("keeps to its basin, and leaves a conserved sum where it is", () => {
    const spec = problemSpec(robertson);
    const field = fieldOf(spec, new Float64Array(0));
    const shape = structure(field, new Float64Array([1, 0, 0]), [0]);
    expect(shape.laws).toHaveLength(1);
    const bistable: Field = {
      n: 1,
      rhs: (y, d) => { d[0] = 0.02 + y[0] ** 4 / (1 + y[0] ** 4) - 0.45 * y[0]; },
      jac: (y, J) => { J[0] = (4 * y[0] ** 3) / (1 + y[0] ** 4) ** 2 - 0.45; },
    };
    const one = new Steady(bistable, structure(bistable, new Float64Array([1]), [0]), [true]);
    for (const [start, low] of [[0.3, true], [0.6, true], [1.5, false], [8, false]] as const) {
      const u = new Float64Array([start]);
      expect(one.relax(u, true)).toBe(true);
      expect(u[0] < 0.5).toBe(low);
      expect(one.slowest(u).re).toBeLessThan(0);
    }
  });

  it("holds what is fixed", () => {
    const shape = structure(enzyme, START, [3], [3]);
    const steady = new Steady(enzyme, shape, [true, true, true, true, true], [3]);
    steady.hold(START);
    steady.y[3] = 4;
    const u = steady.gather(START);
    expect(steady.relax(u)).toBe(true);
    steady.spread(u);
    expect(steady.y[3]).toBe(4);
    expect(2 * steady.y[0] * steady.y[1]).toBeCloseTo(4 * steady.y[2], 9);
  });
});
