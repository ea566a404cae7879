import type { Screen, ScreenPlace } from '../../../../src/uses/dashboard/contract.ts';

/** Where a good rate belongs, the best first; the words stand in the legend. */
export const CLASSES = [
  { from: 0.98, color: '#4fb3a5' },
  { from: 0.95, color: '#8cc66d' },
  { from: 0.9, color: '#e8c14d' },
  { from: 0, color: '#e8894d' },
] as const;
export const SILENT = '#8494a6';

/** Where a place belongs among the classes; beyond the last where nothing is told. */
function classOf({ state, good_rate: rate }: ScreenPlace): number {
  if (state !== 'shown' || rate === null || rate.value === null) return CLASSES.length;
  const value = Number(rate.value);
  return CLASSES.findIndex(({ from }) => value >= from);
}

interface Words {
  none: string;
  withheld: string;
  percent: (numerator: number, denominator: number) => string;
}

/**
 * A schematic of the city: a block for each county in the order of its code, in it a tile for each township.
 * There is no geometry in the register, and none is claimed: places say nothing about where anything lies.
 */
export function tilesOf(
  counties: Screen['counties'],
  { width, height, em }: { width: number; height: number; em: number },
  words: Words,
): object {
  const columns = Math.max(1, Math.min(4, Math.floor(width / (9 * em))));
  const rows = Math.max(1, Math.ceil(counties.length / columns));
  const [w, h] = [width / columns, height / rows];
  const gap = em * 0.4;
  const most = Math.max(1, ...counties.map(({ townships }) => townships.length));
  const side = sideOf(most, { width: w - gap - 1.2 * em, height: h - gap - 3.4 * em });
  const elements = counties.flatMap((county, at) => {
    const [x, y] = [(at % columns) * w, Math.floor(at / columns) * h];
    const box = { x: x + gap / 2, y: y + gap / 2, width: w - gap, height: h - gap };
    return blockOf(county, box, { em, side }, words);
  });
  return { graphic: { elements } };
}

function blockOf(
  county: Screen['counties'][number],
  box: { x: number; y: number; width: number; height: number },
  { em, side }: { em: number; side: number },
  words: Words,
): object[] {
  const pad = em * 0.5;
  const head = em * 2.9;
  const tiles = county.townships;
  const across = Math.max(1, Math.floor((box.width - 1.2 * em) / side));
  const rate = county.good_rate;
  const said =
    county.state === 'withheld'
      ? words.withheld
      : rate === null
        ? words.none
        : words.percent(rate.numerator, rate.denominator);
  return [
    { type: 'rect', shape: { ...box, r: 4 }, style: { fill: '#16202c' } },
    {
      type: 'rect',
      shape: { x: box.x, y: box.y, width: em * 0.25, height: box.height },
      style: { fill: CLASSES[classOf(county)]?.color ?? SILENT },
    },
    text(county.name, box.x + pad + em * 0.2, box.y + pad, {
      font: `${em}px sans-serif`,
      fill: '#dfe7f0',
      width: box.width - 2 * pad,
      overflow: 'truncate',
    }),
    text(said, box.x + pad + em * 0.2, box.y + pad + em * 1.25, {
      font: `600 ${em}px sans-serif`,
      fill: county.state === 'shown' ? '#ffffff' : '#aebccb',
      width: box.width - 2 * pad,
      overflow: 'truncate',
    }),
    ...tiles.flatMap((tile, at) =>
      tileOf(classOf(tile), {
        x: box.x + pad + em * 0.2 + (at % across) * side,
        y: box.y + head + Math.floor(at / across) * side,
        side: side - 4,
      }),
    ),
  ];
}

/** A tile of its class: the lower ones bear a mark, so that colour is not all there is. */
function tileOf(of: number, { x, y, side }: { x: number; y: number; side: number }): object[] {
  const color = CLASSES[of]?.color;
  const shape = { x, y, width: side, height: side, r: 2 };
  const style = color === undefined ? { fill: 'none', stroke: SILENT, lineWidth: 2 } : { fill: color };
  const mark = { fill: '#0b1017' };
  const tile = { type: 'rect', shape, style };
  if (of === 2) {
    const bar = { x: x + side / 4, y: y + side * 0.42, width: side / 2, height: side * 0.16 };
    return [tile, { type: 'rect', shape: bar, style: mark }];
  }
  if (of !== 3) return [tile];
  const dot = { cx: x + side / 2, cy: y + side / 2, r: side / 5 };
  return [tile, { type: 'circle', shape: dot, style: mark }];
}

function text(said: string, x: number, y: number, style: object): object {
  return { type: 'text', style: { text: said, x, y, ...style } };
}

/** The largest square of which so many fit. */
function sideOf(count: number, { width, height }: { width: number; height: number }): number {
  for (let side = Math.min(44, height, width); side > 8; side -= 1) {
    if (Math.floor(width / side) * Math.floor(height / side) >= count) return side;
  }
  return 8;
}
