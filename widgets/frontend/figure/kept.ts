/** A figure with some of its points: those whose rows the linked table shows. */

type Trace = Record<string, unknown>;

/** Hold what is no list of points, however long it is. */
const WHOLE = new Set(["colorscale", "colorbar", "selectedpoints"]);

/** Every trace with Plotly `ids` keeps the points with these ids; null keeps all. */
export function keptPoints(data: readonly unknown[], ids: ReadonlySet<string> | null): unknown[] {
  return data.map((trace) => {
    const own = (trace as Trace).ids;
    if (!ids || !Array.isArray(own)) return trace;
    const at = [...own.keys()].filter((i) => ids.has(String(own[i])));
    return part(withFixedColours(trace as Trace), own.length, at);
  });
}

/** The ids in a figure, each once. */
export function pointIds(data: readonly unknown[]): string[] {
  return [...new Set(data.flatMap((trace) => ((trace as Trace).ids ?? []) as unknown[]).map(String))];
}

/** Each list that has a value for every point, cut to the points kept. */
function part(object: Trace, length: number, at: number[]): Trace {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => {
    if (WHOLE.has(key)) return [key, value];
    if (Array.isArray(value)) return [key, value.length === length ? at.map((i) => value[i] as unknown) : value];
    return [key, value !== null && typeof value === "object" ? part(value as Trace, length, at) : value];
  }));
}

/** A colour keeps its meaning when the points with the lowest and the highest value go. */
function withFixedColours(trace: Trace): Trace {
  const marker = trace.marker as Trace | undefined;
  const numbers = Array.isArray(marker?.color) ? (marker.color as unknown[]).filter((each) => typeof each === "number") : [];
  if (!marker || numbers.length === 0 || marker.coloraxis) return trace;
  return { ...trace, marker: { cmin: Math.min(...numbers), cmax: Math.max(...numbers), ...marker } };
}
