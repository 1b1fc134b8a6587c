/** The Plotly figure of a plot: pure functions from a run to traces and layout. */

import { formatUnit } from "../format.js";
import { type ModelSpec, type Plot, findSeries } from "../spec.js";
import type { Run } from "../solver/run.js";
import type { Theme } from "../theme.js";
import { linearRange, logRange, timeTick } from "./axis.js";

/** Dashes besides colours, so that colour is never the only cue. Dots are kept for the pinned run. */
export const DASHES = ["solid", "dash", "dashdot", "longdash", "longdashdot", "8px,3px,2px,3px,2px,3px"] as const;

export interface Size {
  width: number;
  height: number;
}

export interface Frame {
  spec: ModelSpec;
  plot: Plot;
  run: Run;
  pinned: Run | null;
  theme: Theme;
  size: Size;
  /** Range of the y axis drawn last for this plot. */
  previous: [number, number] | null;
}

export function traces({ spec, plot, run, pinned, theme }: Frame): unknown[] {
  const line = (each: Run, id: string, i: number, reference: boolean): unknown => {
    const series = findSeries(spec, id);
    const name = series?.label ?? id;
    return {
      type: "scatter", mode: "lines", x: each.time, y: each.series[id], name: reference ? `${name}, pinned` : name,
      line: {
        simplify: false, color: theme.palette[i % theme.palette.length],
        dash: reference ? "dot" : DASHES[i % DASHES.length], width: reference ? 1.75 : 2.5,
      },
      opacity: reference ? 0.8 : 1,
      hovertemplate: `%{y:.3~g} ${formatUnit(series?.unit ?? "")}`,
    };
  };
  const reference = pinned ? plot.series.map((id, i) => line(pinned, id, i, true)) : [];
  return [...reference, ...plot.series.map((id, i) => line(run, id, i, false))];
}

/** Range of the y axis; exponents on a log axis. */
export function yRange({ plot, run, pinned, previous }: Frame): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  let positive = Infinity;
  for (const each of pinned ? [run, pinned] : [run]) {
    for (const id of plot.series) {
      for (const value of each.series[id]) {
        if (value < low) low = value;
        if (value > high) high = value;
        if (value > 0 && value < positive) positive = value;
      }
    }
  }
  return plot.log ? logRange(Number.isFinite(positive) ? positive : 0, high) : linearRange(low, high, previous);
}

export function layout(frame: Frame, range: [number, number]): Record<string, unknown> {
  const { spec, plot, run, theme, size } = frame;
  const end = run.time[run.time.length - 1];
  const dtick = timeTick(end, spec.time.unit, size.width < 420 ? 5 : 8);
  const base = baseLayout(theme, size);
  return {
    ...base,
    margin: { ...base.margin, l: base.margin.l + (plot.log ? 0 : extraRoom(range)) },
    xaxis: {
      ...axis(theme), title: { text: `${spec.time.label} (${formatUnit(spec.time.unit)})`, standoff: 8 }, range: [0, end],
      unifiedhovertitle: { text: `%{x:.4~g} ${formatUnit(spec.time.unit)}` },
      ...(dtick === null ? { nticks: 7 } : { tick0: 0, dtick }),
    },
    yaxis: {
      ...axis(theme), title: { text: formatUnit(plot.y), standoff: 6 }, range,
      ...(plot.log ? { type: "log", dtick: 1, exponentformat: "power" } : { nticks: 6 }),
    },
  };
}

/** Room for labels such as 1.5×10⁴ and 0.0005 beside the axis, in pixels. */
function extraRoom(range: [number, number]): number {
  const size = Math.max(Math.abs(range[0]), Math.abs(range[1]));
  return size >= 1e4 || (size > 0 && size < 0.01) ? 18 : 0;
}

/** A chart wider than this fills a screen, in pixels. */
const WIDE = 800;

/** What every chart shares: transparent, themed, redrawn at once (see `transition`), no dragging. */
export function baseLayout(theme: Theme, size: Size) {
  return {
    width: size.width, height: size.height, margin: { l: 62, r: 14, t: 10, b: 52 },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", colorway: theme.palette,
    font: { family: theme.font, size: size.width > WIDE ? 17 : 13, color: theme.text }, showlegend: false, dragmode: false,
    hovermode: "x unified", hoverlabel: { bgcolor: theme.surface, bordercolor: theme.muted, font: { color: theme.text, family: theme.font } },
    // Zero duration makes Plotly.react take its short way: half the time, same picture.
    transition: { duration: 0 },
  };
}

export function axis(theme: Theme): Record<string, unknown> {
  return {
    fixedrange: true, gridcolor: theme.grid, zeroline: false, linecolor: theme.muted, tickcolor: theme.muted,
    ticks: "outside", ticklen: 4, showline: true, exponentformat: "power", hoverformat: ".4~g",
  };
}

export const CONFIG = { displayModeBar: false, displaylogo: false, responsive: false, showTips: false, staticPlot: false };
