/** Axis titles that would run off a narrow chart are broken into lines, and given the room for them. */

type Layout = Record<string, unknown>;

interface Title {
  text?: string;
  font?: { size?: number };
  standoff?: number;
}

interface Axis {
  title?: Title | string;
  domain?: [number, number];
}

const AXIS = /^([xy])axis\d*$/;
/** What Plotly does: lines this many font sizes apart, titles this much larger than the rest, a font of this size. */
const LINE = 1.3;
const TITLE = 1.2;
const FONT = 12;
/** Between axis and title where the layout leaves it open; Plotly then moves a title of several lines outwards. */
const STANDOFF = 8;
/** Kept free at the edge of the chart, in pixels. */
const EDGE = 4;

/** Width of a text in pixels. */
export type Measure = (text: string, font: string) => number;

/** The layout with titles that fit; the same object where they all do. */
export function fitTitles(layout: Layout, measure: Measure = measured): Layout {
  // The vertical titles first: what they take from the width is missing for the others.
  return fitted(fitted(layout, "y", measure), "x", measure);
}

function fitted(layout: Layout, which: "x" | "y", measure: Measure): Layout {
  const margin = { l: 0, r: 0, t: 0, b: 0, ...(layout.margin as Partial<Record<"l" | "r" | "t" | "b", number>>) };
  const font = layout.font as { size?: number; family?: string } | undefined;
  const changed: Layout = {};
  let more = 0;
  for (const [key, value] of Object.entries(layout)) {
    if (AXIS.exec(key)?.[1] !== which || typeof value !== "object" || value === null) continue;
    const axis = value as Axis;
    const title = typeof axis.title === "string" ? { text: axis.title } : axis.title;
    if (!title?.text) continue;
    const size = title.font?.size ?? Math.round((font?.size ?? FONT) * TITLE);
    const width = (text: string): number => measure(text, `${size}px ${font?.family ?? "sans-serif"}`);
    const whole = which === "x" ? Number(layout.width) - margin.l - margin.r : Number(layout.height) - margin.t - margin.b;
    const [from, to] = axis.domain ?? [0, 1];
    // A title stands at the middle of its axis; where that is the only one, it may reach into the margins.
    const [before, after] = which === "x" ? [margin.l, margin.r] : [margin.t, margin.b];
    const room = whole * (to - from) + (to - from > 0.9 ? 2 * Math.max(0, Math.min(before, after) - EDGE) : 0);
    const given = title.text.split("<br>");
    const lines = given.every((each) => width(each) <= room) ? given : broken(given.join(" "), room, width);
    if (lines.length === given.length && lines.every((each, k) => each === given[k])) continue;
    more = Math.max(more, Math.round((lines.length - given.length) * size * LINE));
    changed[key] = { ...axis, title: { standoff: STANDOFF, ...title, text: lines.join("<br>") } };
  }
  if (Object.keys(changed).length === 0) return layout;
  return { ...layout, ...changed, margin: which === "x" ? { ...margin, b: margin.b + more } : { ...margin, l: margin.l + more } };
}

/** The text in as few lines as fit, of about one length; a word is never cut, and a unit stays whole. */
export function broken(text: string, room: number, width: (text: string) => number): string[] {
  if (!(room > 0) || width(text) <= room) return [text];
  const words = text.match(/\([^()]*\)|[^\s()]+(?:\([^()]*\))?\S*/g) ?? [text];
  for (let count = 2; count < words.length; count++) {
    // Aim at equal lines, and let them grow until they fit into this many.
    for (let share = width(text) / count; share <= room; share *= 1.1) {
      const lines = filled(words, share, width);
      if (lines.length <= count && lines.every((each) => width(each) <= room)) return lines;
    }
    const lines = filled(words, room, width);
    if (lines.length <= count && lines.every((each) => width(each) <= room)) return lines;
  }
  return filled(words, room, width);
}

function filled(words: string[], room: number, width: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.length - 1;
    const longer = last < 0 ? word : `${lines[last]} ${word}`;
    if (last >= 0 && width(longer) <= room) lines[last] = longer;
    else lines.push(word);
  }
  return lines;
}

let canvas: CanvasRenderingContext2D | null = null;
const widths = new Map<string, number>();

/** Measured by the browser, and remembered: a chart is drawn many times with the same titles. */
function measured(text: string, font: string): number {
  const key = `${font}|${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  canvas ??= document.createElement("canvas").getContext("2d");
  if (!canvas) return 0;
  canvas.font = font;
  const { width } = canvas.measureText(text);
  widths.set(key, width);
  return width;
}
