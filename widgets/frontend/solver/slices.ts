/** Long computations as generators: run to the end at once, or in slices that leave the page its frames. */

export type Work<T> = Generator<unknown, T, undefined>;

/** Milliseconds before the browser gets its turn. */
export const SLICE = 6;

export interface Sliced<T> {
  value: T;
  /** Milliseconds of work in all, and in the longest slice. */
  time: number;
  longest: number;
}

export function finish<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Run in slices; null where `wanted` says no between two of them. */
export async function inSlices<T>(work: Work<T>, wanted: () => boolean): Promise<Sliced<T> | null> {
  let time = 0;
  let longest = 0;
  for (;;) {
    const began = performance.now();
    let spent = 0;
    while (spent < SLICE) {
      const step = work.next();
      spent = performance.now() - began;
      if (step.done) return { value: step.value, time: time + spent, longest: Math.max(longest, spent) };
    }
    time += spent;
    longest = Math.max(longest, spent);
    await turn();
    if (!wanted()) return null;
  }
}

/** Give way to input and drawing. A message comes back sooner than a timer, which browsers hold for 4 ms. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
