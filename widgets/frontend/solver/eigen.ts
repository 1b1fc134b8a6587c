/**
 * Eigenvalues of a small dense real matrix: balancing, reduction to Hessenberg form by elimination, and the
 * QR method with double shifts. After Wilkinson & Reinsch, Handbook for Automatic Computation II (Springer,
 * 1971), procedures balance, elmhes and hqr.
 */

export interface Eigenvalues {
  re: Float64Array;
  im: Float64Array;
}

const MAX_SWEEPS = 60;

/** Eigenvalues of the n by n row-major matrix `a`, which is left as it was. Throws where they do not settle. */
export function eigenvalues(a: Float64Array, n: number): Eigenvalues {
  const h = a.slice();
  balance(h, n);
  hessenberg(h, n);
  return qr(h, n);
}

/** The largest real part: below zero, small disturbances die out. */
export function abscissa(values: Eigenvalues): number {
  return values.re.reduce((most, each) => Math.max(most, each), -Infinity);
}

/** Scale rows and columns by powers of two until they are alike: rates differ by many powers of ten. */
function balance(a: Float64Array, n: number): void {
  for (let done = false; !done;) {
    done = true;
    for (let i = 0; i < n; i++) {
      let row = 0, column = 0;
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        column += Math.abs(a[j * n + i]);
        row += Math.abs(a[i * n + j]);
      }
      if (column === 0 || row === 0) continue;
      const before = column + row;
      let factor = 1;
      while (column < row / 2) { factor *= 2; column *= 4; }
      while (column >= row * 2) { factor /= 2; column /= 4; }
      if ((column + row) / factor >= 0.95 * before) continue;
      done = false;
      for (let j = 0; j < n; j++) a[i * n + j] /= factor;
      for (let j = 0; j < n; j++) a[j * n + i] *= factor;
    }
  }
}

function hessenberg(a: Float64Array, n: number): void {
  for (let m = 1; m < n - 1; m++) {
    let pivot = 0;
    let at = m;
    for (let i = m; i < n; i++) {
      if (Math.abs(a[i * n + m - 1]) > Math.abs(pivot)) {
        pivot = a[i * n + m - 1];
        at = i;
      }
    }
    if (pivot === 0) continue;
    if (at !== m) {
      for (let j = m - 1; j < n; j++) swap(a, at * n + j, m * n + j);
      for (let j = 0; j < n; j++) swap(a, j * n + at, j * n + m);
    }
    for (let i = m + 1; i < n; i++) {
      const factor = a[i * n + m - 1] / pivot;
      if (factor === 0) continue;
      a[i * n + m - 1] = 0;
      for (let j = m; j < n; j++) a[i * n + j] -= factor * a[m * n + j];
      for (let j = 0; j < n; j++) a[j * n + m] += factor * a[j * n + i];
    }
  }
}

function swap(a: Float64Array, i: number, j: number): void {
  const kept = a[i];
  a[i] = a[j];
  a[j] = kept;
}

function qr(a: Float64Array, n: number): Eigenvalues {
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  let norm = 0;
  for (let i = 0; i < n; i++) for (let j = Math.max(0, i - 1); j < n; j++) norm += Math.abs(a[i * n + j]);
  let last = n - 1;
  let shifted = 0;
  let sweeps = 0;
  while (last >= 0) {
    let low = last;
    for (; low > 0; low--) {
      const near = Math.abs(a[(low - 1) * n + low - 1]) + Math.abs(a[low * n + low]) || norm;
      if (Math.abs(a[low * n + low - 1]) <= Number.EPSILON * near) {
        a[low * n + low - 1] = 0;
        break;
      }
    }
    let x = a[last * n + last];
    if (low === last) {
      re[last] = x + shifted;
      last -= 1;
      sweeps = 0;
      continue;
    }
    let y = a[(last - 1) * n + last - 1];
    let w = a[last * n + last - 1] * a[(last - 1) * n + last];
    if (low === last - 1) {
      pair(re, im, last, x, y, w, shifted);
      last -= 2;
      sweeps = 0;
      continue;
    }
    if (sweeps === MAX_SWEEPS) throw new Error("The eigenvalues did not settle.");
    if (sweeps > 0 && sweeps % 10 === 0) {
      // An exceptional shift breaks a cycle.
      shifted += x;
      for (let i = 0; i <= last; i++) a[i * n + i] -= x;
      const s = Math.abs(a[last * n + last - 1]) + Math.abs(a[(last - 1) * n + last - 2]);
      x = y = 0.75 * s;
      w = -0.4375 * s * s;
    }
    sweeps += 1;
    sweep(a, n, low, last, x, y, w);
  }
  return { re, im };
}

function pair(re: Float64Array, im: Float64Array, last: number, x: number, y: number, w: number, shifted: number): void {
  const p = (y - x) / 2;
  const q = p * p + w;
  const z = Math.sqrt(Math.abs(q));
  if (q >= 0) {
    const far = p + (p >= 0 ? z : -z);
    re[last - 1] = x + shifted + far;
    re[last] = far === 0 ? re[last - 1] : x + shifted - w / far;
  } else {
    re[last - 1] = re[last] = x + shifted + p;
    im[last - 1] = z;
    im[last] = -z;
  }
}

/** One double QR step on rows and columns low to last. */
function sweep(a: Float64Array, n: number, low: number, last: number, x: number, y: number, w: number): void {
  let p = 0, q = 0, r = 0;
  let m = last - 2;
  for (; m >= low; m--) {
    const z = a[m * n + m];
    const rest = x - z;
    const other = y - z;
    p = (rest * other - w) / a[(m + 1) * n + m] + a[m * n + m + 1];
    q = a[(m + 1) * n + m + 1] - z - rest - other;
    r = a[(m + 2) * n + m + 1];
    const s = Math.abs(p) + Math.abs(q) + Math.abs(r);
    p /= s; q /= s; r /= s;
    if (m === low) break;
    const small = Math.abs(a[m * n + m - 1]) * (Math.abs(q) + Math.abs(r));
    const large = Math.abs(p) * (Math.abs(a[(m - 1) * n + m - 1]) + Math.abs(z) + Math.abs(a[(m + 1) * n + m + 1]));
    if (small <= Number.EPSILON * large) break;
  }
  for (let i = m + 2; i <= last; i++) {
    a[i * n + i - 2] = 0;
    if (i !== m + 2) a[i * n + i - 3] = 0;
  }
  for (let k = m; k < last; k++) {
    let scale = 0;
    const more = k !== last - 1;
    if (k !== m) {
      p = a[k * n + k - 1];
      q = a[(k + 1) * n + k - 1];
      r = more ? a[(k + 2) * n + k - 1] : 0;
      scale = Math.abs(p) + Math.abs(q) + Math.abs(r);
      if (scale === 0) continue;
      p /= scale; q /= scale; r /= scale;
    }
    const length = Math.hypot(p, q, r);
    const s = p >= 0 ? length : -length;
    if (k !== m) a[k * n + k - 1] = -s * scale;
    else if (low !== m) a[k * n + k - 1] = -a[k * n + k - 1];
    p += s;
    const ux = p / s, uy = q / s, uz = r / s;
    q /= p;
    r /= p;
    for (let j = k; j <= last; j++) {
      const sum = a[k * n + j] + q * a[(k + 1) * n + j] + (more ? r * a[(k + 2) * n + j] : 0);
      a[k * n + j] -= sum * ux;
      a[(k + 1) * n + j] -= sum * uy;
      if (more) a[(k + 2) * n + j] -= sum * uz;
    }
    const end = Math.min(last, k + 3);
    for (let i = low; i <= end; i++) {
      const sum = ux * a[i * n + k] + uy * a[i * n + k + 1] + (more ? uz * a[i * n + k + 2] : 0);
      a[i * n + k] -= sum;
      a[i * n + k + 1] -= sum * q;
      if (more) a[i * n + k + 2] -= sum * r;
    }
  }
}
