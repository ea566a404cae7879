import { crc32, deflateSync } from 'node:zlib';

const ACCENT = [0x14, 0x56, 0xb8] as const;
const WHITE = [255, 255, 255] as const;

/** Chromium of old installs no page without a PNG: a white ring with a tick on the accent, drawn here. */
export function iconPng(size: number): Buffer {
  const rows: Buffer[] = [];
  for (let y = 0; y < size; y += 1) {
    const row = Buffer.alloc(1 + size * 3);
    for (let x = 0; x < size; x += 1) {
      row.set(isInk((x + 0.5) / size, (y + 0.5) / size) ? WHITE : ACCENT, 1 + x * 3);
    }
    rows.push(row);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  // Eight bits a channel, red, green and blue.
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function isInk(x: number, y: number): boolean {
  const radius = Math.hypot(x - 0.5, y - 0.5);
  if (radius > 0.3 && radius < 0.36) return true;
  return isNearLine(x, y, [0.37, 0.51, 0.46, 0.6]) || isNearLine(x, y, [0.46, 0.6, 0.64, 0.41]);
}

function isNearLine(
  x: number,
  y: number,
  [x1, y1, x2, y2]: readonly [number, number, number, number],
): boolean {
  const along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2);
  const at = Math.min(Math.max(along, 0), 1);
  return Math.hypot(x - x1 - at * (x2 - x1), y - y1 - at * (y2 - y1)) < 0.03;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  out.set(body, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}
