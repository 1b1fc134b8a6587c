/** Colours of a surface, mixed from the theme's own. */

/** Red, green and blue of a colour as themes write them: #abc, #aabbcc or rgb(r, g, b). */
export function parse(colour: string): [number, number, number] {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(colour.trim())?.[1];
  if (hex) {
    const wide = hex.length < 6 ? hex.replace(/./g, "$&$&") : hex;
    return [0, 2, 4].map((at) => parseInt(wide.slice(at, at + 2), 16)) as [number, number, number];
  }
  const numbers = colour.match(/[\d.]+/g)?.map(Number) ?? [];
  return numbers.length >= 3 ? [numbers[0], numbers[1], numbers[2]] : [128, 128, 128];
}

/** `share` of the second colour in the first. */
export function mix(from: string, to: string, share: number): string {
  const [a, b] = [parse(from), parse(to)];
  return `rgb(${a.map((each, i) => Math.round(each + (b[i] - each) * share)).join(", ")})`;
}

/** From a hint of the colour to most of it; text stays readable on all of it. */
export function tint(surface: string, colour: string, share: number): string {
  return mix(surface, colour, 0.04 + 0.66 * Math.min(1, Math.max(0, share)));
}
