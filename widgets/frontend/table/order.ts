/** Order of cells: by the number that they start with, or as text. */

const NUMBER = /^[\s<>≤≥≈~=±(]*([-+−]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)?(?:\.\d+)?(?:e[-+]?\d+)?)/i;
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** The number a cell starts with, as 1.74 of "1.74 (1.3-2.2)" and 0.001 of "<0.001"; NaN without one. */
export function leadingNumber(text: string): number {
  const digits = NUMBER.exec(text)?.[1] ?? "";
  return digits === "" ? NaN : Number(digits.replace(/,/g, "").replace("−", "-"));
}

/** Indices of the cells of a column in ascending or descending order; what has no value comes last in both. */
export function sortedOrder(cells: readonly string[], descending: boolean): number[] {
  const numbers = cells.map(leadingNumber);
  const filled = cells.filter((cell) => cell !== "").length;
  const numeric = 2 * numbers.filter((each) => !Number.isNaN(each)).length > filled;
  const sign = descending ? -1 : 1;
  const lacks = (i: number): number => Number(numeric ? Number.isNaN(numbers[i]) : cells[i] === "");
  return cells.map((_, i) => i).sort((a, b) => {
    if (lacks(a) || lacks(b)) return lacks(a) - lacks(b) || a - b;
    const difference = numeric ? numbers[a] - numbers[b] : collator.compare(cells[a], cells[b]);
    return sign * difference || a - b;
  });
}
