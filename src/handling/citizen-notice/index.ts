/**
 * Citizen notice (告知短信): the short messages by which whoever spoke hears how it goes on: the number, that an
 * answer stands, that it takes longer, that the limit nears or has passed, and that a mended rating may be
 * given a second time. Never what was said or answered: that stands on the follow page. Each goes out once,
 * outside the quiet hours, to nobody who said no, and the order's story says that it did.
 */
export {
  noticeAnswered,
  noticeClock,
  noticeMoved,
  noticeReceived,
} from './actions.ts';
