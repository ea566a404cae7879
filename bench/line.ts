/**
 * One figure of a benchmark, as `npm run bench` prints it: one JSON object a line on standard output, with
 * the ratio of value and baseline.
 */
export interface Figure {
  bench: string;
  metric: string;
  value: number;
  unit: string;
  /** What the same machine does in the same run without us; null where there is nothing to compare with. */
  baseline?: number | null;
  /** Circumstances of this figure. */
  note?: string;
}

export function print(figure: Figure): void {
  const { bench, metric, value, unit, note } = figure;
  const baseline = figure.baseline ?? null;
  const line = {
    bench,
    metric,
    value: rounded(value),
    unit,
    baseline: rounded(baseline),
    ratio: rounded(baseline === null ? null : value / baseline),
    ...(note ? { note } : {}),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** What happens on the way goes beside the figures. */
export function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** Four digits are as many as a measurement is worth. */
function rounded<N extends number | null>(value: N): N {
  return (value === null ? null : Number(value.toPrecision(4))) as N;
}

/** Seconds that `work` takes, with what it answers. */
export async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { seconds: (performance.now() - start) / 1000, result };
}

/** The value below which the given share (0 to 1) of the values lies; NaN for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1))] ?? Number.NaN;
}

/** Something that a benchmark can't go on with; the message is the sentence that is shown. */
export class BenchError extends Error {}
