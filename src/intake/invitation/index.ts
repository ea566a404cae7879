/**
 * 邀评: the invitation to rate. Each ratable step has a link that anybody who holds it may rate with, once: a
 * short token that names the record, the channel it was sent through and a keyed code, and nothing about a
 * person. The link stands in the answer to the other system, on the slip as a QR code and in the short
 * message. A message goes out once a service at most, outside the quiet hours, and to nobody who said no.
 */
import QRCode from 'qrcode';

export { channelOf, linkChannels, ratingUrl } from './link-actions.ts';
export { inviteBySms } from './sms-actions.ts';
export { type Invitation, readToken, tokenFor } from './token.ts';

/** QR code of an address as SVG text, error correction M: readable on a slip that was folded once. */
export async function qrSvg(url: string): Promise<string> {
  return QRCode.toString(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
}
