/** Lines of equal value on a grid: marching squares with linear interpolation, joined into long lines. */

/** A point of the grid; whole numbers are its nodes. */
export interface GridPoint {
  i: number;
  j: number;
}

/** Values on a grid of nx by ny nodes, `values[j * nx + i]`. */
export interface Grid {
  nx: number;
  ny: number;
  values: ArrayLike<number>;
}

/** The lines where the values cross `level`. Squares with a corner that is no number are left out. */
export function contour({ nx, ny, values }: Grid, level: number): GridPoint[][] {
  /** Which two edges each square's line joins; every edge belongs to two squares at most. */
  const joins = new Map<number, number[]>();
  const join = (from: number, to: number): void => {
    for (const [a, b] of [[from, to], [to, from]]) {
      const known = joins.get(a);
      if (known) known.push(b);
      else joins.set(a, [b]);
    }
  };
  // Edge 2k runs from node k to the right, edge 2k + 1 upwards.
  for (let j = 0; j + 1 < ny; j++) {
    for (let i = 0; i + 1 < nx; i++) {
      const k = j * nx + i;
      const corners = [values[k], values[k + 1], values[k + nx + 1], values[k + nx]];
      if (!corners.every(Number.isFinite)) continue;
      const above = corners.map((each) => each >= level);
      const edges = [2 * k, 2 * (k + 1) + 1, 2 * (k + nx), 2 * k + 1];
      const crossed = edges.filter((_, e) => above[e] !== above[(e + 1) % 4]);
      if (crossed.length === 2) join(crossed[0], crossed[1]);
      if (crossed.length === 4) {
        // A saddle: the middle decides which corners belong together.
        const middle = corners.reduce((sum, each) => sum + each, 0) / 4 >= level;
        const first = middle === above[0] ? 1 : 3;
        join(edges[0], edges[first]);
        join(edges[2], edges[4 - first]);
      }
    }
  }
  const place = (edge: number): GridPoint => {
    const k = edge >> 1;
    const i = k % nx;
    const j = (k - i) / nx;
    const to = edge & 1 ? k + nx : k + 1;
    const share = (level - values[k]) / (values[to] - values[k]);
    return edge & 1 ? { i, j: j + share } : { i: i + share, j };
  };
  return chain(joins).map((edges) => edges.map(place));
}

/** Walk along the joins: open lines from their ends, then the closed ones. */
function chain(joins: Map<number, number[]>): number[][] {
  const lines: number[][] = [];
  const done = new Set<number>();
  const walk = (start: number): void => {
    const line = [start];
    done.add(start);
    for (let at = start; ;) {
      const next = joins.get(at)?.find((each) => !done.has(each));
      if (next === undefined) {
        if (line.length > 2 && joins.get(at)?.includes(start)) line.push(start);
        break;
      }
      line.push(next);
      done.add(next);
      at = next;
    }
    lines.push(line);
  };
  for (const [edge, others] of joins) if (others.length === 1 && !done.has(edge)) walk(edge);
  for (const edge of joins.keys()) if (!done.has(edge)) walk(edge);
  return lines;
}

/** Squares (by their lower left node) in which both grids change sign: candidates for a common zero. */
export function crossings(a: Grid, b: Grid): GridPoint[] {
  const found: GridPoint[] = [];
  for (let j = 0; j + 1 < a.ny; j++) {
    for (let i = 0; i + 1 < a.nx; i++) {
      const k = j * a.nx + i;
      const corners = [k, k + 1, k + a.nx, k + a.nx + 1];
      if ([a, b].every((grid) => changes(corners.map((each) => grid.values[each])))) found.push({ i, j });
    }
  }
  return found;
}

function changes(values: number[]): boolean {
  return values.every(Number.isFinite) && Math.min(...values) <= 0 && Math.max(...values) >= 0;
}
