import { readToken } from '../../intake/invitation/index.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Recorded, Submission } from './actions.ts';
import type { Level } from './rating.ts';

/** Takes in that whoever rates wants to be contacted; downstream answers it. */
export interface ContactDesk {
  /**
   * What was left to be contacted by; undefined when nothing was.
   * @throws Refusal `contact.phone`, `say.name_long`
   */
  check(given: { name: string; phone: string }): { name: string; phone: string } | undefined;
  /** Registers it once for a rating; answers the number under which it is followed. */
  ask(asked: {
    cityCode: string;
    stepId: string;
    receipt: string;
    level: Level;
    contact: { name: string; phone: string };
  }): Promise<string>;
}

/** Who asked to be contacted is registered after the rating, so that ratings never wait for it. */
export async function askContact(
  { keys }: Deps,
  contact: ContactDesk,
  given: { submission: Submission; recorded: Recorded; wanted: { name: string; phone: string } },
): Promise<string | undefined> {
  const { submission, recorded, wanted } = given;
  const invitation = readToken(keys, submission.token);
  if (invitation === null) return undefined;
  const { cityCode, stepId } = invitation;
  const { satisfaction: level } = submission;
  return await contact.ask({ cityCode, stepId, receipt: recorded.receipt, level, contact: wanted });
}
