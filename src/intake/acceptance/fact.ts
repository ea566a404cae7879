import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** A case was refused at the counter: the register of every no (否决报备) takes it. */
export const applicationRefused = defineFact(
  'application.refused',
  z.object({
    cityCode: z.string(),
    id: z.uuid(),
    windowCode: z.string(),
    itemName: z.string(),
    reason: z.string(),
    ground: z.string(),
    by: z.string(),
    byName: z.string(),
    at: z.string(),
  }),
);

/** A one-time notice was given: messages take it to the applicant. */
export const noticeGiven = defineFact(
  'application.notice_given',
  z.object({ cityCode: z.string(), projectNo: z.string(), noticeNo: z.string() }),
);
