import type { Board } from '../../../../src/uses/dashboard/contract.ts';

const WIDTH = 720;
const HEIGHT = 160;
const EDGE = { left: 56, right: 16, top: 16, bottom: 28 };

/**
 * Good rates by month as a line; months that nobody rated in leave a gap. The scale begins where the lowest
 * month lies, and says so; the same numbers stand in the table below, which is what a screen reader gets.
 */
export function TrendLine({ label, months }: { label: string; months: Board['trend'] }) {
  const rates = months.map(({ good_rate: { value } }) => (value === null ? null : Number(value)));
  const step = months.length > 6 ? 3 : 1;
  const known = rates.filter((one) => one !== null);
  if (known.length < 2) return null;
  const low = Math.min(0.95, Math.floor(Math.min(...known) * 20) / 20);
  const x = (at: number): number =>
    EDGE.left + ((WIDTH - EDGE.left - EDGE.right) * at) / Math.max(1, months.length - 1);
  const y = (value: number): number =>
    EDGE.top + ((HEIGHT - EDGE.top - EDGE.bottom) * (1 - value)) / (1 - low);
  const path = rates
    .map((value, at) => {
      if (value === null) return '';
      const begins = at === 0 || rates[at - 1] === null;
      return `${begins ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join('');
  return (
    <svg className="yp-trend" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {[low, (1 + low) / 2, 1].map((value) => (
        <g key={value}>
          <line
            x1={EDGE.left}
            x2={WIDTH - EDGE.right}
            y1={y(value)}
            y2={y(value)}
            className="yp-trend-grid"
          />
          <text x={EDGE.left - 8} y={y(value) + 4} textAnchor="end">
            {(value * 100).toFixed(value * 100 === Math.round(value * 100) ? 0 : 1)} %
          </text>
        </g>
      ))}
      <path d={path} className="yp-trend-line" />
      {rates.map((value, at) =>
        value === null ? null : (
          <circle key={months[at]?.month} cx={x(at)} cy={y(value)} r={3} className="yp-trend-dot" />
        ),
      )}
      {months.map(({ month }, at) =>
        at % step === (months.length - 1) % step ? (
          <text key={month} x={x(at)} y={HEIGHT - 8} textAnchor={anchorOf(at, months.length)}>
            {month}
          </text>
        ) : null,
      )}
    </svg>
  );
}

/** The outermost months stay within the drawing. */
function anchorOf(at: number, count: number): 'start' | 'middle' | 'end' {
  if (at === count - 1) return 'end';
  return at === 0 ? 'start' : 'middle';
}
