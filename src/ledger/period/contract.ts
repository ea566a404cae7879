import { z } from 'zod';

/** How far a month of assessment has come. */
export const PERIOD_STATES = ['open', 'provisional', 'objection', 'sealed'] as const;
export const periodStateSchema = z.enum(PERIOD_STATES);
export type PeriodState = (typeof PERIOD_STATES)[number];
