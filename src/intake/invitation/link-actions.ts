import QRCode from 'qrcode';
import type { StepId } from '../../kernel/ids.ts';
import type { Deps } from '../../platform/deps.ts';
import { tokenFor } from './token.ts';

/** National channel codes (pf) of the links that intake hands out. */
export const linkChannels = { pc: 1, mobile: 2, qr: 3, sms: 6 } as const;

/** The channel of a record's own link: the web for an online step, the QR code for one at a window. */
export function channelOf(proChannel: number): number {
  return proChannel === 1 ? linkChannels.pc : linkChannels.qr;
}

/** The address at which a step is rated. */
export function ratingUrl(deps: Pick<Deps, 'config' | 'keys'>, stepId: StepId, channel: number): string {
  return `${deps.config.publicUrl}/r/${tokenFor(deps.keys, stepId, channel)}`;
}

/** QR code of an address as SVG text, error correction M: readable on a slip that was folded once. */
export async function qrSvg(url: string): Promise<string> {
  return QRCode.toString(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
}
