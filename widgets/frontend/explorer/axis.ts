/** Ranges and ticks of the chart's axes. */

const TOPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The next round number at or above `value`. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const lead = value / power;
  const top = TOPS.find((each) => each >= lead * (1 - 1e-9)) ?? 10;
  return Number((top * power).toPrecision(6));
}

/**
 * Range of a linear axis for data between `low` and `high`.
 * The previous range stays while the data fill it reasonably, so that the axis does not jump while a slider moves.
 */
export function linearRange(low: number, high: number, previous: [number, number] | null): [number, number] {
  const top = side(Math.max(0, high), previous ? previous[1] : 0);
  const bottom = side(Math.max(0, -low), previous ? -previous[0] : 0);
  if (top === 0 && bottom === 0) return [0, 1];
  return [bottom === 0 ? 0 : -bottom, top];
}

function side(extent: number, kept: number): number {
  if (extent === 0) return 0;
  const wanted = extent * 1.04;
  return kept >= wanted && wanted >= 0.45 * kept ? kept : roundUp(wanted);
}

/** Range of a log axis in whole decades, as exponents; at most `decades` below the top. */
export function logRange(low: number, high: number, decades = 6): [number, number] {
  if (!(high > 0)) return [-1, 0];
  const top = Math.ceil(Math.log10(high) - 1e-9);
  const bottom = low > 0 ? Math.floor(Math.log10(low) + 1e-9) : top - decades;
  return [Math.max(Math.min(bottom, top - 1), top - decades), top];
}

const STEPS: Record<string, number[] | undefined> = {
  s: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600],
  min: [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440],
  h: [0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 72, 96, 168],
  d: [1, 2, 7, 14, 28, 56, 84, 168, 364],
};
STEPS.day = STEPS.days = STEPS.d;

/** Distance of time ticks, as clocks and calendars divide time; null leaves it to the chart. */
export function timeTick(end: number, unit: string, atMost = 6): number | null {
  return STEPS[unit]?.find((step) => end / step <= atMost && end / step >= 2) ?? null;
}
