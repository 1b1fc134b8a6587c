/** Two drugs on one response: lines of equal effect, Loewe additivity, Bliss independence. */

export interface Dose {
  x: number;
  y: number;
}

/** Where a response along one axis first crosses a level, between its values; no number where it never does. */
export function firstCrossing(doses: number[], values: ArrayLike<number>, level: number, position: (dose: number) => number, value: (position: number) => number): number {
  for (let k = 1; k < doses.length; k++) {
    const [a, b] = [values[k - 1], values[k]];
    if (a >= level === b >= level) continue;
    const share = (level - a) / (b - a);
    return value(position(doses[k - 1]) + share * (position(doses[k]) - position(doses[k - 1])));
  }
  return NaN;
}

/** Doses that add up to the same effect when each drug only replaces the other: a straight line. */
export function loeweLine(x50: number, y50: number, count = 60): Dose[] {
  // Denser near both ends, which a log axis pulls apart.
  return Array.from({ length: count + 1 }, (_, k) => {
    const t = k / count;
    const share = t ** 3 / (t ** 3 + (1 - t) ** 3);
    return { x: x50 * share, y: y50 * (1 - share) };
  });
}

/** Combination index of a pair of doses with the effect of x50 or y50 alone: below 1 they need less together. */
export function loeweIndex({ x, y }: Dose, x50: number, y50: number): number {
  return x / x50 + y / y50;
}

/**
 * Excess of the effect over Bliss independence at each node, as a share of the response without drugs.
 * `values[j * nx + i]`; node 0 is no drug. Above 0: more effect together than two independent drugs have.
 */
export function blissExcess(values: ArrayLike<number>, nx: number, ny: number): Float64Array {
  const none = values[0];
  const effect = (k: number): number => 1 - values[k] / none;
  return Float64Array.from({ length: nx * ny }, (_, k) => {
    const [a, b] = [effect(k % nx), effect(Math.floor(k / nx) * nx)];
    return effect(k) - (a + b - a * b);
  });
}
