/** Numbers and units as a reader sees them. */

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Significant figures, no thousands separators; powers of ten where plain digits would be hard to read. */
export function formatNumber(value: number, figures = 3): string {
  if (!Number.isFinite(value)) return "not a number";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 99950) return String(Number(value.toPrecision(figures))).replace("-", "−");
  const [mantissa, exponent] = value.toExponential(figures - 1).split("e");
  const power = exponent.replace("+", "").replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]).replace("-", "⁻");
  return `${String(Number(mantissa)).replace("-", "−")}×10${power}`;
}

/** A unit as printed: the letter u of model files stands for micro. */
export function formatUnit(unit: string): string {
  return unit.replace(/\bu(?=(?:M|g|m|L|mol)\b)/g, "µ");
}

/** "15.1 nM", "45 %", "3". */
export function formatQuantity(value: number, unit: string, figures = 3): string {
  const number = formatNumber(value, figures);
  if (!unit || unit === "1" || unit === "dimensionless") return number;
  return `${number} ${formatUnit(unit)}`;
}

/** "pSTAT3 (nM)"; the bare label where there is no unit. */
export function withUnit(label: string, unit: string): string {
  return unit && unit !== "1" && unit !== "dimensionless" ? `${label} (${formatUnit(unit)})` : label;
}

/** A value that the reader has set, as set: 1095 d, not 1100 d. */
export function formatSetting(value: number, unit: string): string {
  return formatQuantity(value, unit, 6);
}

/** What stands in a number field: exact to six figures, in plain JavaScript notation. */
export function formatInput(value: number): string {
  return String(Number(value.toPrecision(6)));
}
