/** How the corners of the mouth stand for each level, from 1 to 5. */
const MOUTHS = [
  'M30 74 Q50 50 70 74',
  'M32 70 Q50 58 68 70',
  'M32 66 H68',
  'M32 62 Q50 74 68 62',
  'M30 60 Q50 84 70 60',
];

/** A plain face: the same for every level but for its mouth, in the colour of the text. */
export function face(level: number): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const shape = (tag: string, attributes: Readonly<Record<string, string>>): void => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    svg.append(made);
  };
  svg.setAttribute('viewBox', '0 0 100 100');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'face');
  const line = { fill: 'none', stroke: 'currentColor', 'stroke-width': '6', 'stroke-linecap': 'round' };
  shape('circle', { ...line, cx: '50', cy: '50', r: '43' });
  shape('circle', { fill: 'currentColor', cx: '36', cy: '40', r: '5' });
  shape('circle', { fill: 'currentColor', cx: '64', cy: '40', r: '5' });
  shape('path', { ...line, d: MOUTHS[level - 1] ?? '' });
  return svg;
}
