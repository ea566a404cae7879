import { z } from 'zod';
import { defineFact } from '../../platform/facts.ts';

/** Somebody wrote into a questionnaire what has to be answered like a suggestion. */
export const suggestionWritten = defineFact(
  'questionnaire.suggestion_written',
  z.object({ cityCode: z.string(), textId: z.string() }),
);
