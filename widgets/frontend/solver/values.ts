/** Checks of what a caller asks for: one-line errors that say what was given and what is allowed. */

import { nearest } from "../nearest.js";
import { END, type ModelSpec, type Parameter, type Values, findParameter } from "../spec.js";

export class ValueError extends Error {
  override name = "ValueError";
}

/** Every parameter and the horizon at its default. */
export function defaults(spec: ModelSpec): Values {
  const values: Values = {};
  for (const each of spec.parameters) values[each.id] = each.value;
  values[END] = spec.time.end;
  return values;
}

/** The defaults with `given` on top; throws a ValueError on an unknown name or a value that is not allowed. */
export function complete(spec: ModelSpec, given: Values): Values {
  const values = defaults(spec);
  for (const [id, value] of Object.entries(given)) {
    values[id] = checked(spec, id, value);
  }
  return values;
}

/** One value, checked. */
export function checked(spec: ModelSpec, id: string, value: unknown): number {
  const parameter = findParameter(spec, id);
  if (!parameter) {
    const known = [...spec.parameters.map((each) => each.id), END];
    const near = nearest(id, known);
    throw new ValueError(`${spec.name} has no parameter "${id}"; the nearest name is "${near ?? ""}".`);
  }
  const problem = complaint(parameter, value, `${id} = ${String(value)}`);
  if (problem) throw new ValueError(problem);
  return value as number;
}

/** What is wrong with a value, called `given`, and what is allowed; null where it is allowed. */
export function complaint(parameter: Parameter, value: unknown, given: string): string | null {
  if (typeof value !== "number" || !Number.isFinite(value)) return `${given} is not a finite number; allowed: ${allowed(parameter)}.`;
  if (!within(parameter, value)) return `${given} is out of range; allowed: ${allowed(parameter)}.`;
  return null;
}

function within(parameter: Parameter, value: number): boolean {
  if (parameter.choices?.length) return parameter.choices.some((each) => each.value === value);
  // A value that went through a slider's logarithm may miss the end of the range by a rounding error.
  const slack = 1e-9;
  const low = parameter.min ?? -Infinity;
  const high = parameter.max ?? Infinity;
  return value >= low - slack * Math.abs(low) && value <= high + slack * Math.abs(high);
}

function allowed(parameter: Parameter): string {
  if (parameter.choices?.length) return parameter.choices.map((each) => `${each.value} (${each.label})`).join(", ");
  const unit = parameter.unit ? ` ${parameter.unit}` : "";
  const { min, max } = parameter;
  if (min !== null && max !== null) return `${min} to ${max}${unit}`;
  if (min !== null) return `${min}${unit} or more`;
  if (max !== null) return `${max}${unit} or less`;
  return `any finite number${unit}`;
}
