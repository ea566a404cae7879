import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** Complaints have been found at fault and confirmed: the months of their receipt, once an import. */
export const complaintUpheld = defineFact(
  'complaint.upheld',
  z.object({ cityCode: z.string(), months: z.array(z.string()) }),
);
