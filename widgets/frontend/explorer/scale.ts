/** Between the position of a slider and the value of its parameter. */

import type { Parameter } from "../spec.js";

export interface Scale {
  /** Attributes of the range input. */
  min: number;
  max: number;
  step: number;
  toPosition(value: number): number;
  toValue(position: number): number;
}

/** A log slider's range holds the base-10 logarithm; a linear slider's range holds the value. */
export function scaleOf(parameter: Parameter): Scale {
  const low = parameter.min ?? 0;
  const high = parameter.max ?? Math.max(2 * parameter.value, low + 1);
  return parameter.scale === "log" && low > 0 ? logScale(parameter, low, high) : linearScale(parameter, low, high);
}

function linearScale(parameter: Parameter, min: number, max: number): Scale {
  return {
    min, max, step: parameter.step ?? niceStep((max - min) / 200),
    toPosition: (value) => value,
    toValue: (position) => position,
  };
}

function logScale(parameter: Parameter, low: number, high: number): Scale {
  const step = parameter.step ?? 0.01;
  // Whole multiples of the step, so that positions are short numbers; the ends still give the exact limits.
  const min = tidy(Math.floor(tidy(Math.log10(low) / step)) * step);
  const max = tidy(Math.ceil(tidy(Math.log10(high) / step)) * step);
  return {
    min, max, step,
    toPosition: (value) => Math.log10(value),
    toValue: (position) => {
      if (position <= min) return low;
      if (position >= max) return high;
      return Math.min(high, Math.max(low, Number((10 ** position).toPrecision(3))));
    },
  };
}

/** 1, 2 or 5 times a power of ten, not above `rough`. */
export function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return tidy((lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power);
}

/** Takes the rounding error of a decimal step away: 0.30000000000000004 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
