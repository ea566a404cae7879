/**
 * 邀评: the invitation to rate. Each ratable step has a link that anybody who holds it may rate with, once: a
 * short token that names the record, the channel it was sent through and a keyed code, and nothing about a
 * person. The link stands in the answer to the other system, on the slip as a QR code and in the short
 * message; a sign at each window has a code of its own, by which people find their case. At a window a clerk
 * asks and a device shows: which service was shown on which device when stands in the log, by the server's
 * clock. A message goes out once a service at most, outside the quiet hours, and to nobody who said no.
 */

export { portalLink, tokenOfEntry } from './entry-actions.ts';
export { channelOf, linkChannels, qrSvg, ratingUrl } from './link-actions.ts';
export { framingOrigin, mayReturn } from './origin-actions.ts';
export { issueSigns, type PrintedSign, type Sign, signByCode, signsToPrint } from './sign-actions.ts';
export { SIGN_POLICY, signSheets } from './sign-pages.ts';
export { afterQuiet, tryAgainAt } from './sms.ts';
export { inviteBySms, wantsNoSms } from './sms-actions.ts';
export { type Invitation, readToken, secondTokenFor, tokenFor } from './token.ts';
export {
  answered,
  askAtWindow,
  invitationsById,
  isShown,
  lastAskedAt,
  pressInvitation,
  type ShownInvitation,
  showInvitation,
  waitingInvitations,
} from './window-actions.ts';
