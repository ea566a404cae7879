/** Both ends of an interval, as shares with four decimals. */
interface Interval {
  readonly low: string;
  readonly high: string;
}

/** The quantile of the normal distribution that leaves 2.5 % on either side. */
const Z = 1.959_963_984_540_054;

/**
 * Wilson's interval: where the rate of all who could have answered lies with 95 % confidence, if those who
 * did were drawn by chance; null where nobody did.
 */
export function wilson(good: number, rated: number): Interval | null {
  if (rated === 0) return null;
  const share = good / rated;
  const square = (Z * Z) / rated;
  const middle = (share + square / 2) / (1 + square);
  const half = (Z / (1 + square)) * Math.sqrt((share * (1 - share)) / rated + square / (4 * rated));
  return {
    low: Math.max(0, middle - half).toFixed(4),
    high: Math.min(1, middle + half).toFixed(4),
  };
}
